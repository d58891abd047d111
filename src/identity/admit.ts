import { appendEvent } from '../audit/append-event.ts';
import type { Happening } from '../audit/audit-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { email } from '../kernel/input.ts';
import type { TenantTx } from '../storage/storage.ts';
import { insertMember, lockOwners, type Member } from '../teams/member-store.ts';
import { applyGroups } from './apply-groups.ts';
import { groupsIn, rolesByGroups } from './group-roles.ts';
import { lockMemberOfEmail, lockMemberOfSubject, type MemberWithPerson, putIdentity } from './identity-store.ts';
import { joinPerson } from './join-person.ts';
import type { IdentityProvider } from './provider.ts';
import type { Claims } from './provider-client.ts';

/** What OpenID Connect allows in `sub`. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;
/** Values that say who somebody is: what is seen is what it is. */
const PERSON = /^[^\p{Cc}\p{Cf}\p{Cs}]{1,255}$/u;

/** Somebody as their provider speaks of them. */
interface Newcomer {
  readonly provider: IdentityProvider;
  readonly claims: Claims;
  /** Their email in lower case, where the provider has verified it and its domain may sign in. */
  readonly login: string | undefined;
  readonly now: Date;
  /** What happens by their coming goes here: the history takes it in the end, when everything is locked. */
  readonly events: Happening[];
}

/**
 * Who somebody is here, by what their provider says: the member that this subject is; or the one with that verified
 * email of an allowed domain; or, where the organization says so, a new one. Then their person and their groups.
 */
export async function admit(tx: TenantTx, provider: IdentityProvider, claims: Claims, now: Date): Promise<Member> {
  if (!SUBJECT.test(claims.sub))
    throw refused(`${provider.name} does not say who you are as OpenID Connect has it: ask who runs it`);
  const roles =
    provider.groupsClaim === null
      ? undefined
      : rolesByGroups(provider.groupGrants, groupsIn(claims[provider.groupsClaim]));
  // Roles are given one at a time, as everywhere: the owners are locked before anybody else.
  const owners = roles?.orgRole === undefined ? undefined : await lockOwners(tx);
  const events: Happening[] = [];
  const newcomer: Newcomer = { provider, claims, login: verifiedEmail(provider, claims), now, events };
  const known = await knownMember(tx, newcomer);
  if (known?.hasLeft === true) {
    throw refused(`${known.login} has left the organization: an owner can bring them back (addMember)`);
  }
  const member = known ?? (await newMember(tx, newcomer));
  const personKey = personKeyOf(provider, claims);
  await putIdentity(tx, { issuer: provider.issuer, subject: claims.sub, memberId: member.id, personKey }, now);
  const joined = await joinPerson(tx, { issuer: provider.issuer, personKey, memberId: member.id });
  if (joined !== undefined) events.push(joined);
  const admitted =
    roles === undefined ? member : await applyGroups(tx, { member, roles, owners, provider: provider.name, events });
  const doer = { memberId: member.id, login: member.login, tokenId: null };
  for (const event of events) await appendEvent(tx, doer, now, event);
  return admitted;
}

async function knownMember(
  tx: TenantTx,
  { provider, claims, login, events }: Newcomer,
): Promise<MemberWithPerson | undefined> {
  const known = await lockMemberOfSubject(tx, provider.issuer, claims.sub);
  if (known !== undefined) {
    if (claims['email'] !== undefined && allowedEmail(provider, claims['email']) === undefined)
      throw wrongDomain(provider);
    return known;
  }
  if (login === undefined) throw unknownEmail(provider, claims['email']);
  const namesake = await lockMemberOfEmail(tx, login, provider.issuer);
  if (namesake === undefined) return undefined;
  if (namesake.isLinked) {
    throw refused(`${login} is somebody else at ${provider.name} now: ask an owner`);
  }
  // Nobody becomes by a provider of one owner's who signs in by another provider.
  if (namesake.hasIdentity && provider.confirmedBy === null) {
    throw refused(`${login} signs in by another provider already: another owner has to confirm ${provider.name} first`);
  }
  events.push({
    action: 'identity.linked',
    subject: { type: 'member', id: namesake.id },
    payload: { login: namesake.login, provider: provider.name, issuer: provider.issuer, subject: claims.sub },
  });
  return namesake;
}

async function newMember(tx: TenantTx, { provider, claims, login, now, events }: Newcomer): Promise<Member> {
  if (login === undefined) throw unknownEmail(provider, claims['email']);
  if (!provider.admitsUnknown) throw refused(`${login} is no member here: ask an owner to add you`);
  const member: Member = { id: newId(), kind: 'HUMAN', login, orgRole: 'MEMBER' };
  await insertMember(tx, member, now);
  events.push({
    action: 'member.added',
    subject: { type: 'member', id: member.id },
    payload: {
      login,
      orgRole: 'MEMBER',
      provider: provider.name,
      issuer: provider.issuer,
      subject: claims.sub,
    },
  });
  return member;
}

/** The claim that says who the human is, with its name: values of different claims are different things. */
function personKeyOf({ personClaim, name }: IdentityProvider, claims: Claims): string {
  const value = claims[personClaim];
  if (typeof value !== 'string' || !PERSON.test(value)) {
    throw refused(`${name} does not say who you are in the claim ${personClaim}: ask who runs it`);
  }
  return `${personClaim}=${value}`;
}

function verifiedEmail(provider: IdentityProvider, claims: Claims): string | undefined {
  return claims['email_verified'] === true ? allowedEmail(provider, claims['email']) : undefined;
}

/** The email as people are known by it here; undefined where it is none, or its domain may not sign in. */
function allowedEmail({ emailDomains }: IdentityProvider, claim: unknown): string | undefined {
  const { data } = email.safeParse(claim);
  return data !== undefined && emailDomains.includes(data.slice(data.indexOf('@') + 1)) ? data : undefined;
}

function unknownEmail(provider: IdentityProvider, claim: unknown): DomainError {
  if (claim !== undefined && allowedEmail(provider, claim) === undefined) return wrongDomain(provider);
  return refused(`${provider.name} has not verified your email, and knows you by nothing else that is known here`);
}

function wrongDomain({ emailDomains }: IdentityProvider): DomainError {
  return refused(`only emails of ${emailDomains.join(', ')} sign in here`);
}

function refused(why: string): DomainError {
  return new DomainError('FORBIDDEN', why);
}
