import type { TenantTx } from '../storage/storage.ts';
import type { Member } from '../teams/member-store.ts';

/** A member with the human behind them, who may have left. */
export interface MemberWithPerson extends Member {
  readonly personId: string;
  readonly hasLeft: boolean;
}

const MEMBER = `
  m.id, m.kind::text AS kind, m.login, m.org_role::text AS "orgRole", m.person_id AS "personId",
  m.left_at IS NOT NULL AS "hasLeft"`;

const BY_SUBJECT = `
  SELECT ${MEMBER} FROM identities i JOIN members m ON m.org_id = i.org_id AND m.id = i.member_id
  WHERE i.org_id = $1::uuid AND i.issuer = $2 AND i.subject = $3 FOR UPDATE OF m`;

/** Who a provider's subject is here, locked until this transaction ends. */
export async function lockMemberOfSubject(
  tx: TenantTx,
  issuer: string,
  subject: string,
): Promise<MemberWithPerson | undefined> {
  const values = [tx.orgId, issuer, subject];
  const [member] = await tx.rows<MemberWithPerson>({ name: 'member-of-subject', text: BY_SUBJECT, values });
  return member;
}

const BY_EMAIL = `
  SELECT ${MEMBER},
         EXISTS (SELECT FROM identities i WHERE i.org_id = m.org_id AND i.member_id = m.id AND i.issuer = $3) AS "isLinked",
         EXISTS (SELECT FROM identities i WHERE i.org_id = m.org_id AND i.member_id = m.id) AS "hasIdentity"
  FROM members m WHERE m.org_id = $1::uuid AND m.login = $2 FOR UPDATE`;

/** A member, and whether this issuer, or any one, knows them by a subject already. */
export interface Namesake extends MemberWithPerson {
  readonly isLinked: boolean;
  readonly hasIdentity: boolean;
}

/** Who has that email, locked. */
export async function lockMemberOfEmail(tx: TenantTx, email: string, issuer: string): Promise<Namesake | undefined> {
  const values = [tx.orgId, email, issuer];
  const [member] = await tx.rows<Namesake>({
    name: 'member-of-email',
    text: BY_EMAIL,
    values,
  });
  return member;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly memberId: string;
  /** The claim that says who the human is, and its value. */
  readonly personKey: string;
}

const PUT = `
  INSERT INTO identities (org_id, issuer, subject, member_id, person_key, created_at)
  VALUES ($1::uuid, $2, $3, $4::uuid, $5, $6::timestamptz)
  ON CONFLICT (org_id, issuer, subject) DO UPDATE SET person_key = excluded.person_key`;

export async function putIdentity(tx: TenantTx, identity: Identity, now: Date): Promise<void> {
  const { issuer, subject, memberId, personKey } = identity;
  await tx.rows({ name: 'put-identity', text: PUT, values: [tx.orgId, issuer, subject, memberId, personKey, now] });
}

const SAME_PERSON = `
  SELECT m.id, m.login, m.person_id AS "personId",
         EXISTS (SELECT FROM members o WHERE o.org_id = m.org_id AND o.person_id = m.id AND o.id <> m.id) AS "standsForTwo"
  FROM identities i JOIN members m ON m.org_id = i.org_id AND m.id = i.member_id
  WHERE i.org_id = $1::uuid AND i.issuer = $2 AND i.person_key = $3
  ORDER BY m.id`;

/** An account of one human. */
export interface Account {
  readonly id: string;
  readonly login: string;
  readonly personId: string;
  /** Whether others are behind it. */
  readonly standsForTwo: boolean;
}

/** The accounts that an issuer says are one human's, oldest first. */
export async function readAccounts(tx: TenantTx, issuer: string, personKey: string): Promise<Account[]> {
  const values = [tx.orgId, issuer, personKey];
  return tx.rows<Account>({ name: 'accounts-of-person', text: SAME_PERSON, values });
}

const SET_PERSON = 'UPDATE members SET person_id = $3::uuid WHERE org_id = $1::uuid AND id = $2::uuid';

export async function setPerson(tx: TenantTx, memberId: string, personId: string): Promise<void> {
  await tx.rows({ name: 'set-person', text: SET_PERSON, values: [tx.orgId, memberId, personId] });
}

const HAS_IDENTITY = 'SELECT FROM identities WHERE org_id = $1::uuid AND member_id = $2::uuid LIMIT 1';

/** Whether somebody signs in by a provider. */
export async function hasIdentity(tx: TenantTx, memberId: string): Promise<boolean> {
  const rows = await tx.rows({ name: 'has-identity', text: HAS_IDENTITY, values: [tx.orgId, memberId] });
  return rows.length > 0;
}

const SIGN_IN = `
  INSERT INTO sign_ins (org_id, state_sha256, session_id, at)
  VALUES ($1::uuid, $2::bytea, $3::uuid, $4::timestamptz)`;

/** Writes down which session an attempt began: no attempt begins two. */
export async function insertSignIn(tx: TenantTx, stateSha256: Buffer, sessionId: string, at: Date): Promise<void> {
  await tx.rows({ name: 'insert-sign-in', text: SIGN_IN, values: [tx.orgId, stateSha256, sessionId, at] });
}
