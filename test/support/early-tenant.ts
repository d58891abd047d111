import { mintToken } from '../../src/access/token-secret.ts';
import { leafHash, recordOf } from '../../src/audit/audit-event.ts';
import { toBigInt } from '../../src/engine/cap-set.ts';
import { newId } from '../../src/kernel/ids.ts';
import { draftRevision } from '../../src/profiles/revision-draft.ts';
import type { Sql } from './tenant-sql.ts';

/** A tenant as the first tables hold it, before any column that came later. */
export interface EarlyTenant {
  readonly orgId: string;
  /** Everything of it, to be committed at once. */
  readonly statements: readonly Sql[];
  /** Secrets, by the logins of those whom they act for. */
  readonly tokens: ReadonlyMap<string, string>;
  /** The request that waits for a review. */
  readonly pending: { readonly id: string; readonly digest: string };
}

const EVERY_SCOPE = ['profiles:read', 'profiles:export', 'requests:write', 'requests:review', 'audit:read', 'admin'];
const HOUR = 3_600_000;

/**
 * Four people of acme and its service account, two profiles that were approved, of which one was revoked, a request that
 * waits for another revision of the other, and one that was rejected.
 */
export function earlyTenant(now: Date): EarlyTenant {
  const orgId = newId();
  const at = new Date(now.getTime() - HOUR);
  const statements: Sql[] = [
    ['INSERT INTO orgs (org_id, slug, created_at) VALUES ($1, $2, $3)', [orgId, 'acme', at]],
    ['INSERT INTO audit_heads (org_id) VALUES ($1)', [orgId]],
  ];

  const [owner, approver, author, deployer, team] = [newId(), newId(), newId(), newId(), newId()];
  const tokens = new Map<string, string>();
  const tokenOf = new Map<string, string>();
  for (const [id, kind, login, role] of [
    [owner, 'HUMAN', 'owner@acme.example', 'OWNER'],
    [approver, 'HUMAN', 'approver@acme.example', 'APPROVER'],
    [author, 'HUMAN', 'author@acme.example', 'MEMBER'],
    [deployer, 'SERVICE', 'deployer', 'MEMBER'],
  ] as const) {
    const { secret, proof } = mintToken(orgId);
    const tokenId = newId();
    tokens.set(login, secret);
    tokenOf.set(id, tokenId);
    statements.push(
      [
        'INSERT INTO members (org_id, id, kind, login, org_role, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [orgId, id, kind, login, role, at],
      ],
      [
        `INSERT INTO tokens (org_id, id, member_id, minted_by, name, secret_sha256, scopes, team_ids, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)`,
        [orgId, tokenId, id, owner, `of ${login}`, proof.sha256, EVERY_SCOPE, [], at],
      ],
    );
  }
  statements.push(
    [
      'INSERT INTO teams (org_id, id, slug, name, created_at) VALUES ($1, $2, $3, $4, $5)',
      [orgId, team, 'payments', 'Payments', at],
    ],
    ...[author, deployer].map(
      (member): Sql => [
        'INSERT INTO team_members (org_id, team_id, member_id, role, created_at) VALUES ($1, $2, $3, $4, $5)',
        [orgId, team, member, 'MEMBER', at],
      ],
    ),
  );

  const profile = (name: string): string => {
    const id = newId();
    statements.push([
      'INSERT INTO profiles (org_id, id, team_id, name, created_at) VALUES ($1, $2, $3, $4, $5)',
      [orgId, id, team, name, at],
    ]);
    return id;
  };
  const ask = (profileId: string, revision: number, add: readonly string[]): { id: string; digest: string } => {
    const spec = { runtime: 'docker', add, drop: ['ALL'], privileged: false, noNewPrivileges: false } as const;
    const { content, digest, sets, risk } = draftRevision(spec);
    const words = [content, spec.runtime, spec.add, spec.drop, spec.privileged, null, spec.noNewPrivileges];
    const bits = [sets.bounding, sets.permitted, sets.effective, sets.inheritable, sets.ambient].map(toBigInt);
    const id = newId();
    statements.push(
      [
        `INSERT INTO revisions (org_id, profile_id, number, digest, content, runtime, add_words, drop_words, privileged,
                                run_user, no_new_privileges, bounding, permitted, effective, inheritable, ambient,
                                risk_micro, risk_tier, author_id, author_minted_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
        [orgId, profileId, revision, digest, ...words, ...bits, risk.micro, risk.tier.toUpperCase(), author, owner, at],
      ],
      ['UPDATE profiles SET last_revision = $3 WHERE org_id = $1 AND id = $2', [orgId, profileId, revision]],
      [
        `INSERT INTO change_requests (org_id, id, profile_id, revision, author_id, justification, required_approvals,
                                      policy_version, created_at)
         VALUES ($1, $2, $3, $4, $5, 'it serves the web', 1, '1', $6)`,
        [orgId, id, profileId, revision, author, at],
      ],
    );
    return { id, digest };
  };
  const review = (profileId: string, revision: number, asked: ReturnType<typeof ask>, verdict: string): void => {
    statements.push([
      `INSERT INTO reviews (org_id, request_id, profile_id, revision, reviewer_id, token_id, verdict, digest, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [orgId, asked.id, profileId, revision, approver, tokenOf.get(approver), verdict, asked.digest, at],
    ]);
  };
  const decide = (id: string, state: string): void => {
    statements.push([
      'UPDATE change_requests SET state = $3, decided_at = $4 WHERE org_id = $1 AND id = $2',
      [orgId, id, state, at],
    ]);
  };
  const approve = (profileId: string, asked: ReturnType<typeof ask>): void => {
    review(profileId, 1, asked, 'APPROVE');
    statements.push(
      [
        'INSERT INTO approvals (org_id, profile_id, revision, request_id, approved_at) VALUES ($1, $2, 1, $3, $4)',
        [orgId, profileId, asked.id, at],
      ],
      ['UPDATE profiles SET approved_revision = 1 WHERE org_id = $1 AND id = $2', [orgId, profileId]],
    );
    decide(asked.id, 'APPROVED');
  };

  const [web, old, denied] = [profile('web'), profile('old'), profile('denied')];
  approve(web, ask(web, 1, ['NET_BIND_SERVICE']));
  const pending = ask(web, 2, ['NET_BIND_SERVICE', 'NET_RAW']);
  approve(old, ask(old, 1, ['CHOWN']));
  statements.push([
    `INSERT INTO revocations (org_id, profile_id, revision, revoked_by, reason, revoked_at)
     VALUES ($1, $2, 1, $3, 'no longer needed', $4)`,
    [orgId, old, owner, at],
  ]);
  const rejected = ask(denied, 1, ['SYS_ADMIN']);
  review(denied, 1, rejected, 'REJECT');
  decide(rejected.id, 'REJECTED');

  const login = 'owner@acme.example';
  for (const [index, [action, type, id]] of (
    [
      ['org.created', 'org', orgId],
      ['team.created', 'team', team],
    ] as const
  ).entries()) {
    const seq = BigInt(index + 1);
    const doer = { memberId: owner, login, tokenId: null };
    const record = recordOf({ orgId, seq, at, doer, action, subject: { type, id }, payload: {} });
    statements.push(
      ['UPDATE audit_heads SET seq = seq + 1 WHERE org_id = $1', [orgId]],
      [
        `INSERT INTO audit_events (org_id, seq, at, action, actor_id, actor_login, subject_type, subject_id, record, leaf_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [orgId, seq, at, action, owner, login, type, id, record, leafHash(record)],
      ],
    );
  }
  return { orgId, statements, tokens, pending };
}
