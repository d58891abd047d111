import pg from 'pg';
import { SCOPES } from '../../src/access/scope.ts';
import { decodeId } from '../../src/kernel/ids.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createOrg } from '../../src/teams/create-org.ts';
import { type Client, clientAt } from '../support/client.ts';
import { type FastTime, fastNow } from './fast-time.ts';

export const TEAM = 'payments';

/** What somebody does all day. */
export type Part = 'author' | 'robot' | 'approver' | 'owner' | 'maintainer' | 'deployer' | 'auditor';

/** Somebody with one token, who does one thing after the other. */
export interface Person {
  readonly login: string;
  readonly part: Part;
  readonly token: string;
}

export interface TenantOnStage {
  readonly orgId: string;
  readonly slug: string;
  readonly people: readonly Person[];
}

const ADD_MEMBER = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
const CREATE_TEAM = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }';
const CREATE_TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }';

const APPROVER = { orgRole: 'APPROVER' };
const IN_TEAM = { team: TEAM };

const PEOPLE: readonly (readonly [name: string, part: Part, place: object])[] = [
  ['owner-2', 'owner', { orgRole: 'OWNER' }],
  ['ann', 'approver', APPROVER],
  ['ann-again', 'approver', APPROVER],
  ['bob', 'approver', APPROVER],
  ['cleo', 'approver', APPROVER],
  ['dan', 'author', IN_TEAM],
  ['eve', 'author', IN_TEAM],
  ['max', 'maintainer', { ...IN_TEAM, teamRole: 'MAINTAINER' }],
  ['ida', 'auditor', { orgRole: 'AUDITOR' }],
];

/** One human with two accounts, as an identity provider would say it: they must never count for two. */
const SAME_PERSON = ['ann', 'ann-again'] as const;

/** Makes tenants with people in every part; each but the first owner has a token that they made for themselves. */
export async function setStage(
  database: { readonly appUrl: string; readonly ownerUrl: string },
  address: string,
  tenants: number,
  time: FastTime,
): Promise<readonly TenantOnStage[]> {
  const storage = openStorage(database.appUrl, 2, () => undefined);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    const ports = { storage, now: () => new Date(fastNow(time)) };
    const made: TenantOnStage[] = [];
    for (let number = 1; number <= tenants; number += 1) {
      const slug = `tenant-${number}`;
      const { organization, token } = await createOrg(ports, { slug, owner: `owner-1@${slug}.example` });
      const people = await peopleOf(clientAt(address), slug, token);
      await sayOnePerson(owner, organization.id, slug);
      made.push({ orgId: organization.id, slug, people });
    }
    return made;
  } finally {
    await owner.end();
    await storage.close();
  }
}

/** What signing in with both accounts would write. */
async function sayOnePerson(owner: pg.Client, orgId: string, slug: string): Promise<void> {
  const logins = SAME_PERSON.map((name) => `${name}@${slug}.example`);
  await owner.query(
    `INSERT INTO identities (org_id, issuer, subject, member_id, person_key, created_at)
     SELECT org_id, 'https://sso.example', login, id, 'ann', now() FROM members WHERE org_id = $1 AND login = ANY ($2)`,
    [orgId, logins],
  );
  await owner.query(
    `UPDATE members SET person_id = (SELECT id FROM members WHERE org_id = $1 AND login = $2)
     WHERE org_id = $1 AND login = $3`,
    [orgId, ...logins],
  );
}

async function peopleOf({ gql }: Pick<Client, 'gql'>, slug: string, owner: string): Promise<Person[]> {
  const tokenFor = async (login: string, by: string, teams?: readonly string[]): Promise<string> => {
    const input = { name: `of ${login}`, owner: login, scopes: teams === undefined ? SCOPES : ROBOT_SCOPES, teams };
    const answer = await gql<{ createToken: { secret: string } }>({ token: by }, CREATE_TOKEN, { input });
    return answer.ok().createToken.secret;
  };
  (await gql({ token: owner }, CREATE_TEAM, { input: { slug: TEAM, name: 'Payments' } })).ok();
  const people: Person[] = [{ login: `owner-1@${slug}.example`, part: 'owner', token: owner }];
  for (const [name, part, place] of PEOPLE) {
    const login = `${name}@${slug}.example`;
    (await gql({ token: owner }, ADD_MEMBER, { input: { email: login, ...place } })).ok();
    people.push({ login, part, token: await tokenFor(login, await tokenFor(login, owner)) });
  }
  for (const part of ['robot', 'deployer'] as const) {
    people.push({ login: part, part, token: await tokenFor(part, owner, [TEAM]) });
  }
  return people;
}

const ROBOT_SCOPES = ['profiles:read', 'profiles:export', 'requests:write', 'audit:read'];

/** The UUID behind an id of the API. */
export function uuidOf(kind: Parameters<typeof decodeId>[0], id: string): string {
  const uuid = decodeId(kind, id);
  if (uuid === undefined) throw new Error(`no id of a ${kind}: ${id}`);
  return uuid;
}
