import { appendEvent } from '../audit/append-event.ts';
import { DomainError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import { insertMember, lockOwners, type Member } from '../teams/member-store.ts';
import { applyGroups } from './apply-groups.ts';
import { groupsIn, rolesByGroups } from './group-roles.ts';
import { lockMemberOfEmail, lockMemberOfSubject, putIdentity } from './identity-store.ts';
import { joinPerson } from './join-person.ts';
import type { IdentityProvider } from './provider.ts';
import type { Claims } from './provider-client.ts';

/** Somebody as their provider speaks of them. */
interface Newcomer {
  readonly provider: IdentityProvider;
  readonly claims: Claims;
  /** The email, where the provider has verified it and its domain may sign in. */
  readonly email: string | undefined;
  readonly now: Date;
}

/**
 * Who somebody is here, by what their provider says: the member that this subject is; or the one with that verified
 * email of an allowed domain; or, where the organization says so, a new one. Then their person and their groups.
 */
export async function admit(tx: TenantTx, provider: IdentityProvider, claims: Claims, now: Date): Promise<Member> {
  const roles =
    provider.groupsClaim === null
      ? undefined
      : rolesByGroups(provider.groupGrants, groupsIn(claims[provider.groupsClaim]));
  // Roles are given one at a time, as everywhere: the owners are locked before anybody else.
  const owners = roles?.orgRole === undefined ? undefined : await lockOwners(tx);
  const newcomer: Newcomer = { provider, claims, email: verifiedEmail(provider, claims), now };
  const member = (await knownMember(tx, newcomer)) ?? (await newMember(tx, newcomer));
  const personKey = personKeyOf(provider, claims);
  const doer = { memberId: member.id, login: member.login, tokenId: null };
  await putIdentity(tx, { issuer: provider.issuer, subject: claims.sub, memberId: member.id, personKey }, now);
  await joinPerson(tx, { issuer: provider.issuer, personKey, memberId: member.id, doer, now });
  if (roles === undefined) return member;
  return applyGroups(tx, { member, roles, owners, doer, now, provider: provider.name });
}

async function knownMember(tx: TenantTx, { provider, claims, email, now }: Newcomer): Promise<Member | undefined> {
  const known = await lockMemberOfSubject(tx, provider.issuer, claims.sub);
  if (known !== undefined) {
    if (claims['email'] !== undefined && !isAllowed(provider, claims['email'])) throw wrongDomain(provider);
    return known;
  }
  if (email === undefined) throw unknownEmail(provider, claims['email']);
  const namesake = await lockMemberOfEmail(tx, email, provider.issuer);
  if (namesake === undefined) return undefined;
  if (namesake.isLinked) {
    throw refused(`${email} is somebody else at ${provider.name} now: ask an owner`);
  }
  // Nobody becomes by a provider of one owner's who signs in by another provider.
  if (namesake.hasIdentity && provider.confirmedBy === null) {
    throw refused(`${email} signs in by another provider already: another owner has to confirm ${provider.name} first`);
  }
  await appendEvent(tx, { memberId: namesake.id, login: namesake.login, tokenId: null }, now, {
    action: 'identity.linked',
    subject: { type: 'member', id: namesake.id },
    payload: { login: namesake.login, provider: provider.name, issuer: provider.issuer, subject: claims.sub },
  });
  return namesake;
}

async function newMember(tx: TenantTx, { provider, claims, email, now }: Newcomer): Promise<Member> {
  if (email === undefined) throw unknownEmail(provider, claims['email']);
  if (!provider.admitsUnknown) throw refused(`${email} is no member here: ask an owner to add you`);
  const member: Member = { id: newId(), kind: 'HUMAN', login: email, orgRole: 'MEMBER' };
  await insertMember(tx, member, now);
  await appendEvent(tx, { memberId: member.id, login: email, tokenId: null }, now, {
    action: 'member.added',
    subject: { type: 'member', id: member.id },
    payload: {
      login: email,
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
  if (typeof value !== 'string' || value === '' || value.length > 255) {
    throw refused(`${name} does not say who you are in the claim ${personClaim}: ask who runs it`);
  }
  return `${personClaim}=${value}`;
}

const MAX_EMAIL = 254;

function verifiedEmail(provider: IdentityProvider, claims: Claims): string | undefined {
  const { email } = claims;
  if (typeof email !== 'string' || email.length > MAX_EMAIL || claims['email_verified'] !== true) return undefined;
  return isAllowed(provider, email) ? email.toLowerCase() : undefined;
}

function isAllowed({ emailDomains }: IdentityProvider, email: unknown): boolean {
  if (typeof email !== 'string' || !/^[^\s@"<>]+@[^\s@"<>]+$/.test(email)) return false;
  return emailDomains.includes(email.slice(email.indexOf('@') + 1).toLowerCase());
}

function unknownEmail(provider: IdentityProvider, email: unknown): DomainError {
  if (email !== undefined && !isAllowed(provider, email)) return wrongDomain(provider);
  return refused(`${provider.name} has not verified your email, and knows you by nothing else that is known here`);
}

function wrongDomain({ emailDomains }: IdentityProvider): DomainError {
  return refused(`only emails of ${emailDomains.join(', ')} sign in here`);
}

function refused(why: string): DomainError {
  return new DomainError('FORBIDDEN', why);
}
