import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import pg from 'pg';
import { createSchema } from '../../src/graphql/schema.ts';
import { type Acts, actsOf, HIGH, MODERATE } from '../support/acts.ts';
import { type Cast, castOf } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const FEW = 5;
const MANY = 50;

let app: TestApp;
let cast: Cast;
let acts: Acts;

/** Fifty profiles, each with a revision in force, and a pending request with reviews, of several people. */
beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
  for (let first = 0; first < MANY; first += FEW) {
    await Promise.all(Array.from({ length: FEW }, (_, index) => profile(`app-${first + index}`)));
  }
}, 120_000);
afterAll(() => app.close());

async function profile(name: string): Promise<void> {
  const by = name.endsWith('1') ? cast.colleague : cast.author;
  await acts.inForce(by, [name.endsWith('2') ? cast.secondApprover : cast.approver], { name, ...MODERATE });
  const { changeRequest } = (await acts.request(by, { name, ...HIGH })).ok();
  (await acts.review(cast.approver, changeRequest)).ok();
}

/** The statements that an operation takes, by their text. */
async function statementsOf(query: string, variables: Record<string, unknown>): Promise<string[]> {
  const spy = jest.spyOn(pg.Client.prototype, 'query');
  try {
    (await app.gql(cast.owner, query, variables)).ok();
    return spy.mock.calls.map(([statement]) => textOf(statement));
  } finally {
    spy.mockRestore();
  }
}

/** Without how many rows were asked for. */
function textOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : String((statement as { text?: string }).text);
  return text.replace(/ LIMIT \d+$/, ' LIMIT n');
}

const PERSON = 'id kind login';
const MEMBER = `${PERSON} email orgRole`;
const REVISION = `number digest standing author { ${PERSON} } spec { add } createdAt approvedAt expiresAt revokedAt revokedBy revocationReason
  resolution { bounding risk { score contributions { id } } } export(format: COMPOSE)`;
const PROFILE = `id name createdAt standing team { id slug name decidedLately { approved rejected } members { role member { ${MEMBER} } } }
  approved { ${REVISION} } lastApproved { number } revisions(first: 3) { nodes { ${REVISION} } pageInfo { hasNextPage } }`;
const REQUEST = `id state author { ${PERSON} } justification expiresInDays requiredApprovals createdAt decidedAt
  reviews { reviewer { ${PERSON} } verdict comment digest revision standing createdAt }
  automatic lapsesAt policyVersion staleJudgement ticket capabilityReasons { capability reason } awaitsMyReview
  requirements { group approvals open } eligibleReviewers { member { login } groups decisions }
  comments { id body author { ${PERSON} } createdAt suggestion { digest } }
  revision { ${REVISION} } delta { granted taken } against { number } commentCount suggestionCount`;

const QUERIES = {
  profiles: `query ($n: Int) { profiles(first: $n) { nodes { ${PROFILE} pending { ${REQUEST} } } } }`,
  changeRequests: `query ($n: Int) { changeRequests(first: $n, state: PENDING) { nodes { ${REQUEST} profile { ${PROFILE} } } } }`,
  auditEvents: `query ($n: Int) { auditEvents(first: $n) { nodes { id at action subject payload record leafHash actor { ${PERSON} } } } }`,
  emergencies: `query ($n: Int) { emergencies(first: $n) { nodes { id reason person { login } openedBy { login } closedBy { login } revision { number } profile { name } } } }`,
  members: `query ($n: Int) { members(first: $n) { nodes { ${MEMBER} } } }`,
  policyProposals: `query ($n: Int) { policyProposals(first: $n) { nodes { id state document reviews { verdict } requirements { group open } awaitsMyReview } } }`,
  teams: `query ($n: Int) { teams(first: $n) { nodes { slug members { role member { ${MEMBER} } } } } }`,
} as const;

describe('the number of statements does not grow with the answer', () => {
  test('every list of the API is counted here', () => {
    const fields = Object.values(createSchema().getQueryType()?.getFields() ?? {});
    const lists = fields.filter(({ args }) => args.some(({ name }) => name === 'first')).map(({ name }) => name);
    expect(lists.toSorted()).toEqual(Object.keys(QUERIES).toSorted());
  });

  test.each(['Profile', 'Revision', 'ChangeRequest', 'Review', 'Team', 'TeamMember', 'Member', 'Actor', 'AuditEvent'])(
    'every field of %s is asked for here',
    (name) => {
      const type = createSchema().getType(name) as GraphQLObjectType;
      const asked = Object.values(QUERIES).join(' ');
      expect(Object.keys(type.getFields()).filter((field) => !new RegExp(`\\b${field}\\b`).test(asked))).toEqual([]);
    },
  );

  test.each(Object.entries(QUERIES))('%s', async (field, query) => {
    // Once for the look-up of who asks, and for what is prepared or compiled at the first time.
    await statementsOf(query, { n: 1 });
    const [few, many] = [await statementsOf(query, { n: FEW }), await statementsOf(query, { n: MANY })];
    expect(many.toSorted()).toEqual(few.toSorted());
    expect(many.length).toBeLessThanOrEqual(15);
    const { data } = await app.gql<Record<string, { nodes: unknown[] }>>(cast.owner, query, { n: MANY });
    expect(data?.[field]?.nodes.length).toBe(
      { teams: 2, members: 9, policyProposals: 0, emergencies: 0 }[field] ?? MANY,
    );
  });

  test('the exports of one profile in many formats take one look each', async () => {
    await acts.export(cast.deployer, 'app-0');
    const spy = jest.spyOn(pg.Client.prototype, 'query');
    for (const format of ['docker-run', 'compose', 'docker-run']) {
      expect((await acts.export(cast.deployer, 'app-0', format)).status).toBe(200);
    }
    const statements = spy.mock.calls.map(([statement]) => textOf(statement));
    spy.mockRestore();
    // Whether anything has changed since.
    expect(new Set(statements.filter((text) => text.includes('audit_heads'))).size).toBe(1);
    expect(statements.filter((text) => text.includes('FROM profiles'))).toEqual([]);
  });
});
