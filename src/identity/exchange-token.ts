import type { JWTPayload } from 'jose';
import { mintToken } from '../access/token-secret.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Tenant } from '../storage/storage.ts';
import { readMembers } from '../teams/member-store.ts';
import { insertToken, type Token } from '../teams/token-store.ts';
import { IssuerAway } from './issuer-keys.ts';
import type { IdentityPorts } from './ports.ts';
import { matchedClaims, type WorkloadRule } from './workload-rule.ts';
import { holdRule, readRules } from './workload-rule-store.ts';
import { issuerIn, verifyWorkload } from './workload-token.ts';

/** A short token for a workload. */
export interface Exchanged {
  readonly secret: string;
  readonly token: Token;
  /** Seconds. */
  readonly expiresIn: number;
}

interface Matched {
  readonly rule: WorkloadRule;
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Exchanges the token that a CI platform has signed for a job for a short one of the service account that the
 * organization's rules name. Every way in which it is not taken gives the same answer; the log says why.
 */
export async function exchangeToken(
  ports: IdentityPorts,
  { org, subjectToken }: { readonly org: string; readonly subjectToken: string },
): Promise<Exchanged> {
  const tenant = await ports.storage.tenantOf(org);
  const issuer = issuerIn(subjectToken);
  if (tenant === undefined || issuer === undefined) throw noRule();
  const rules = await readRules(ports.storage.reader(tenant));
  const ofIssuer = rules.filter((rule) => rule.enabled && rule.issuer === issuer);
  const matched = await firstMatch(ports, issuer, ofIssuer, subjectToken);
  if (matched === undefined) throw noRule();
  return issue(ports, tenant, matched);
}

/** The first rule, by name, whose conditions the token meets. Its signature is judged once, before any of them. */
async function firstMatch(
  ports: IdentityPorts,
  issuer: string,
  rules: readonly WorkloadRule[],
  token: string,
): Promise<Matched | undefined> {
  if (rules.length === 0) return undefined;
  const payload = await verified(ports, issuer, token);
  if (payload === undefined) return undefined;
  for (const rule of rules) {
    const claims = [payload.aud].flat().includes(rule.audience) ? matchedClaims(rule, payload) : undefined;
    if (claims !== undefined) return { rule, claims };
  }
  ports.log.info({ rules: rules.map(({ name }) => name), issuer }, "a workload's token fits none of the rules");
  return undefined;
}

async function verified(ports: IdentityPorts, issuer: string, token: string): Promise<JWTPayload | undefined> {
  try {
    return await verifyWorkload(ports.issuerKeys, token, { issuer, now: ports.now() });
  } catch (error) {
    ports.log.warn({ err: error, issuer }, "a workload's token is not taken");
    if (!(error instanceof IssuerAway)) return undefined;
    throw new DomainError('UNAVAILABLE', `${issuer} does not hand out its keys now: try again shortly`);
  }
}

async function issue(ports: IdentityPorts, tenant: Tenant, { rule, claims }: Matched): Promise<Exchanged> {
  const [account] = await readMembers(ports.storage.reader(tenant), [rule.memberId]);
  if (account === undefined) throw new Error('a rule for nobody');
  return ports.storage.inTenant(tenant, async (tx) => {
    const now = ports.now();
    // An owner who changes the rule does so before, or after.
    const current = await holdRule(tx, rule.name);
    if (current?.enabled !== true || current.setAt.getTime() !== rule.setAt.getTime()) throw noRule();
    const { secret, proof } = mintToken(tx.orgId);
    const token: Token = {
      id: newId(),
      kind: 'WORKLOAD',
      name: `workload ${rule.name}`,
      memberId: account.id,
      mintedBy: rule.setBy,
      scopes: rule.scopes,
      teamIds: rule.teamIds,
      createdAt: now,
      expiresAt: new Date(now.getTime() + rule.maxMinutes * 60_000),
      revokedAt: null,
      lastUsedAt: null,
      previousUntil: null,
    };
    insertToken(tx, token, proof.sha256);
    await appendEvent(tx, { memberId: account.id, login: account.login, tokenId: token.id }, now, {
      action: 'token.exchanged',
      subject: { type: 'token', id: token.id },
      payload: {
        rule: rule.name,
        owner: account.login,
        issuer: rule.issuer,
        claims,
        scopes: rule.scopes,
        expiresAt: token.expiresAt?.toISOString() ?? null,
      },
    });
    return { secret, token, expiresIn: rule.maxMinutes * 60 };
  });
}

function noRule(): DomainError {
  return new DomainError(
    'UNAUTHENTICATED',
    'no rule of this organization takes this token: check issuer, audience, claims and times; owners see the rules (workloadRules)',
  );
}
