import { z } from 'zod';
import { type Actor, ORG_ROLES, TEAM_ROLES } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwnCredential, requireOwner, requireUnlimited } from '../access/permissions.ts';
import { appendEvent } from '../audit/append-event.ts';
import { DomainError, invalidInput } from '../kernel/errors.ts';
import { prose, readInput } from '../kernel/input.ts';
import type { TenantTx } from '../storage/storage.ts';
import { requireTeam } from '../teams/require-team.ts';
import { describeViewer } from '../teams/viewer.ts';
import { givenSecretOf, placeOf } from './client-secret.ts';
import { isAskable } from './outbound-fetch.ts';
import type { IdentityPorts } from './ports.ts';
import type { GroupGrant, IdentityProvider } from './provider.ts';
import { countProviders, lockProvider, putProvider } from './provider-store.ts';

/** How many providers an organization has at the most: all of them are read at once. */
const MAX_PROVIDERS = 100;

const claim = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'the name of a claim');
const group = z
  .object({
    group: prose('group', 255),
    orgRole: z.enum(ORG_ROLES).nullish(),
    team: z.string().nullish(),
    teamRole: z.enum(TEAM_ROLES).nullish(),
  })
  .refine(({ orgRole, team }) => (orgRole == null) !== (team == null), 'give a role in the organization, or a team')
  .refine(({ team, teamRole }) => team != null || teamRole == null, { path: ['teamRole'], message: 'say which team' });

const input = z.object({
  name: z.string().regex(/^[a-z0-9]{1,32}$/, '1 to 32 of a-z 0-9'),
  issuer: z.string().trim().max(500),
  clientId: prose('clientId', 500),
  clientSecret: z.string().max(1_000).nullish(),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'no scope'))
    .max(20)
    .refine((scopes) => scopes.includes('openid'), 'the scope openid has to be among them'),
  personClaim: claim,
  groupsClaim: claim.nullish(),
  groups: z.array(group).max(200),
  emailDomains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'a domain, such as acme.example'),
    )
    .min(1, 'say whose emails may sign in')
    .max(50),
  admitsUnknown: z.boolean(),
  enabled: z.boolean(),
});

/**
 * Says which provider an organization trusts, and with what; all of it anew, but for the client secret where that is
 * left out. Owners only. Until another owner confirms it, whoever has set it counts as behind the sessions of that
 * provider: they could be anybody of it.
 */
export async function setProvider(ports: IdentityPorts, actor: Actor, asked: unknown): Promise<IdentityProvider> {
  requireOwner(actor);
  requireUnlimited(actor);
  requireOwnCredential(actor);
  const read = readInput(input, asked);
  if (!isAskable(read.issuer, ports.publicUrl)) throw invalidInput('issuer', 'the https:// address of the provider');
  const { slug } = await describeViewer(ports, actor);
  const ifGiven = givenSecretOf(ports, slug, read) === undefined ? 'none' : 'given';
  return ports.storage.inTenant(actor, async (tx) => {
    const before = await lockProvider(tx, read.name);
    if (before === undefined && (await countProviders(tx)) >= MAX_PROVIDERS) {
      throw invalidInput('name', `there are ${MAX_PROVIDERS} providers already: set one of them anew`);
    }
    const provider: IdentityProvider = {
      name: read.name,
      issuer: read.issuer,
      clientId: read.clientId,
      sealedSecret: sealedSecret(ports, tx, read, before),
      scopes: read.scopes,
      personClaim: read.personClaim,
      groupsClaim: read.groupsClaim ?? null,
      groupGrants: await grantsOf(tx, actor, read.groups),
      emailDomains: read.emailDomains,
      admitsUnknown: read.admitsUnknown,
      enabled: read.enabled,
      setBy: actor.memberId,
      setAt: ports.now(),
      confirmedBy: null,
    };
    const how = { setWith: actor.credential.tokenId, insteadOf: before?.setAt };
    // Where there was none to lock, another owner may have set one meanwhile, with a secret that this one would forget.
    if (!(await putProvider(tx, provider, how))) {
      throw new DomainError(
        'ALREADY_EXISTS',
        `${provider.name} was set by somebody else at this very moment: look at it`,
      );
    }
    await appendEvent(tx, doerOf(actor), provider.setAt, {
      action: 'identityProvider.set',
      subject: { type: 'identityProvider', id: provider.name },
      payload: {
        ...said(provider),
        groups: read.groups.map(({ group: name, orgRole, team, teamRole }) => ({
          group: name,
          orgRole: orgRole ?? null,
          team: team ?? null,
          teamRole: teamRole ?? null,
        })),
        clientKey: provider.sealedSecret !== null ? 'kept' : ifGiven,
      },
    });
    return provider;
  });
}

/** What the history keeps of a provider: all but its secret. */
function said(provider: IdentityProvider) {
  const { name, issuer, clientId, scopes, personClaim, groupsClaim, emailDomains, admitsUnknown, enabled } = provider;
  return { name, issuer, clientId, scopes, personClaim, groupsClaim, emailDomains, admitsUnknown, enabled };
}

/** A secret that is left out stays, as long as it goes to the same client of the same issuer: to nobody else ever. */
function sealedSecret(
  ports: IdentityPorts,
  { orgId }: TenantTx,
  read: z.output<typeof input>,
  before: IdentityProvider | undefined,
): Buffer | null {
  if (read.clientSecret == null) {
    return before?.issuer === read.issuer && before.clientId === read.clientId ? before.sealedSecret : null;
  }
  if (read.clientSecret === '') return null;
  if (ports.vault === undefined) {
    throw invalidInput(
      'clientSecret',
      'no secret can be kept here: whoever runs the service sets CAPWARD_SECRET, or CAPWARD_CLIENT_SECRET_ORG_PROVIDER instead',
    );
  }
  return ports.vault.seal(read.clientSecret, placeOf(orgId, read));
}

async function grantsOf(
  tx: TenantTx,
  actor: Actor,
  groups: z.output<typeof input>['groups'],
): Promise<readonly GroupGrant[]> {
  const grants: GroupGrant[] = [];
  for (const { group: name, orgRole, team, teamRole } of groups) {
    const teamId = team == null ? null : (await requireTeam(tx, actor, team)).id;
    grants.push({
      group: name,
      orgRole: orgRole ?? null,
      teamId,
      teamRole: teamId === null ? null : (teamRole ?? 'MEMBER'),
    });
  }
  return grants;
}
