import type { TenantReader, TenantTx } from '../storage/storage.ts';
import type { IdentityProvider } from './provider.ts';

const FIELDS = `
  name, issuer, client_id AS "clientId", sealed_secret AS "sealedSecret", scopes, person_claim AS "personClaim",
  groups_claim AS "groupsClaim", group_grants AS "groupGrants", email_domains AS "emailDomains",
  admits_unknown AS "admitsUnknown", enabled, set_by AS "setBy", set_at AS "setAt", confirmed_by AS "confirmedBy"`;

const ALL = `SELECT ${FIELDS} FROM identity_providers WHERE org_id = $1 ORDER BY name`;

export async function readProviders(reader: TenantReader): Promise<IdentityProvider[]> {
  return reader.rows<IdentityProvider>({ name: 'identity-providers', text: ALL, values: [reader.orgId] });
}

const COUNT = 'SELECT count(*)::integer AS count FROM identity_providers WHERE org_id = $1::uuid';

export async function countProviders(tx: TenantTx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>({ name: 'count-providers', text: COUNT, values: [tx.orgId] });
  return row?.count ?? 0;
}

const LOCK = `
  SELECT ${FIELDS},
         (SELECT person_id FROM members m WHERE m.org_id = p.org_id AND m.id = p.set_by) AS "setByPersonId"
  FROM identity_providers p WHERE org_id = $1::uuid AND name = $2 FOR UPDATE`;

/** A provider, locked until this transaction ends, with the human who has set it. */
export interface LockedProvider extends IdentityProvider {
  readonly setByPersonId: string;
}

export async function lockProvider(tx: TenantTx, name: string): Promise<LockedProvider | undefined> {
  const [row] = await tx.rows<LockedProvider>({ name: 'lock-provider', text: LOCK, values: [tx.orgId, name] });
  return row;
}

const PUT = `
  INSERT INTO identity_providers (org_id, name, issuer, client_id, sealed_secret, scopes, person_claim, groups_claim,
                                  group_grants, email_domains, admits_unknown, enabled, set_by, set_with, set_at)
  VALUES ($1::uuid, $2, $3, $4, $5::bytea, $6::text[], $7, $8, $9::jsonb, $10::text[], $11::boolean, $12::boolean, $13::uuid,
          $14::uuid, $15::timestamptz)
  ON CONFLICT (org_id, name) DO UPDATE SET
    issuer = excluded.issuer, client_id = excluded.client_id, sealed_secret = excluded.sealed_secret,
    scopes = excluded.scopes, person_claim = excluded.person_claim, groups_claim = excluded.groups_claim,
    group_grants = excluded.group_grants, email_domains = excluded.email_domains,
    admits_unknown = excluded.admits_unknown, enabled = excluded.enabled, set_by = excluded.set_by,
    set_with = excluded.set_with, set_at = excluded.set_at, confirmed_by = NULL, confirmed_with = NULL
  WHERE identity_providers.set_at = $16::timestamptz
  RETURNING name`;

/**
 * Writes what a provider is now; whoever confirmed what it was has not confirmed this.
 * @param how id of the credential that the owner has set it with, and when that was set which it replaces
 * @returns false, and nothing written, where it would replace another one than that
 */
export async function putProvider(
  tx: TenantTx,
  provider: Omit<IdentityProvider, 'confirmedBy'>,
  { setWith, insteadOf }: { readonly setWith: string; readonly insteadOf: Date | undefined },
): Promise<boolean> {
  const { name, issuer, clientId, sealedSecret, scopes, personClaim, groupsClaim, groupGrants, emailDomains } =
    provider;
  const { admitsUnknown, enabled, setBy, setAt } = provider;
  const who = [tx.orgId, name, issuer, clientId, sealedSecret, scopes, personClaim, groupsClaim];
  const what = [JSON.stringify(groupGrants), emailDomains, admitsUnknown, enabled, setBy, setWith, setAt];
  const values = [...who, ...what, insteadOf ?? null];
  return (await tx.rows({ name: 'put-provider', text: PUT, values })).length > 0;
}

const CONFIRM = `
  UPDATE identity_providers SET confirmed_by = $3::uuid, confirmed_with = $4::uuid
  WHERE org_id = $1::uuid AND name = $2`;

export function setConfirmed(tx: TenantTx, name: string, by: string, credential: string): void {
  tx.send({ name: 'confirm-provider', text: CONFIRM, values: [tx.orgId, name, by, credential] });
}
