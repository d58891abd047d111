import { SCOPES, type Scope } from '../../src/access/scope.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { createOrg } from '../../src/teams/create-org.ts';
import { type Bearer, type Caller, type Client, signIn } from './client.ts';

/** Somebody of a tenant, with a token of every scope unless it says otherwise. */
export interface Person extends Bearer {
  readonly login: string;
  readonly tokenId: string;
}

/**
 * A tenant with somebody in every role. The teams are `payments`, whose people make the requests, and `search`, whose
 * people have nothing to do with them.
 */
export interface Cast {
  readonly orgId: string;
  readonly slug: string;
  /** Has made the tokens of the others but for the approvers; asks for nothing. */
  readonly owner: Bearer & { readonly login: string };
  /** Approvers, with tokens of their own making. */
  readonly approver: Person;
  readonly secondApprover: Person;
  readonly auditor: Person;
  /** Maintainer of `payments`. */
  readonly maintainer: Person;
  /** Members of `payments`. */
  readonly author: Person;
  readonly colleague: Person;
  /** Member of `search`. */
  readonly outsider: Person;
  /** Service account for `payments`. */
  readonly deployer: Person;
  /** Another token for one of them, made by the owner. */
  tokenFor(login: string, options?: TokenOptions): Promise<Person>;
  /** Another owner, with a token that they made for themselves. */
  secondOwner(): Promise<Person>;
  /** A session of one of them, begun with a link that the owner made. */
  sessionFor(login: string, by?: Caller): Promise<Session>;
}

/** Somebody of a tenant, signed in with a browser. */
export interface Session {
  readonly login: string;
  /** What the browser sends along. */
  readonly cookie: string;
  readonly sessionId: string;
}

export interface TokenOptions {
  readonly scopes?: readonly Scope[];
  readonly teams?: readonly string[];
  readonly expiresInDays?: number;
  /** Who makes it; the owner unless it says otherwise. */
  readonly by?: Caller;
}

export const TEAM = 'payments';
export const OTHER_TEAM = 'search';

const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret token { id } } }`;
const ADD_MEMBER = `mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }`;
const CREATE_TEAM = `mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }`;

let tenants = 0;
let owners = 0;

export async function castOf(
  client: Client & { readonly app: { readonly storage: Storage } },
  slug = `tenant-${(tenants += 1)}`,
): Promise<Cast> {
  const login = `owner@${slug}.example`;
  const { organization, token } = await createOrg(
    { storage: client.app.storage, now: systemClock },
    { slug, owner: login },
  );
  const owner = { token, login };
  const asOwner = async (mutation: string, input: object): Promise<void> => {
    (await client.gql(owner, mutation, { input })).ok();
  };
  const tokenFor: Cast['tokenFor'] = async (name, { scopes = SCOPES, teams, expiresInDays, by = owner } = {}) => {
    const input = { name: `of ${name}`, owner: name, scopes, teams, expiresInDays };
    const { createToken } = (
      await client.gql<{ createToken: { secret: string; token: { id: string } } }>(by, CREATE_TOKEN, { input })
    ).ok();
    return { login: name, token: createToken.secret, tokenId: createToken.token.id };
  };
  const person = async (name: string, place: object): Promise<Person> => {
    const email = `${name}@${slug}.example`;
    await asOwner(ADD_MEMBER, { email, ...place });
    return tokenFor(email);
  };
  /** Somebody who has made a token of their own with their first one. */
  const alone = async (name: string, place: object): Promise<Person> => {
    const first = await person(name, place);
    return tokenFor(first.login, { by: first });
  };
  await asOwner(CREATE_TEAM, { slug: TEAM, name: 'Payments' });
  await asOwner(CREATE_TEAM, { slug: OTHER_TEAM, name: 'Search' });
  return {
    orgId: organization.id,
    slug,
    owner,
    tokenFor,
    secondOwner: () => alone(`owner-${(owners += 1)}`, { orgRole: 'OWNER' }),
    sessionFor: (name, by = owner) => signIn(client, by, name),
    approver: await alone('approver', { orgRole: 'APPROVER' }),
    secondApprover: await alone('second', { orgRole: 'APPROVER' }),
    auditor: await person('auditor', { orgRole: 'AUDITOR' }),
    maintainer: await person('maintainer', { team: TEAM, teamRole: 'MAINTAINER' }),
    author: await person('author', { team: TEAM }),
    colleague: await person('colleague', { team: TEAM }),
    outsider: await person('outsider', { team: OTHER_TEAM }),
    deployer: await tokenFor('deployer', { teams: [TEAM] }),
  };
}
