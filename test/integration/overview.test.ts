import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Acts, actsOf, CRITICAL, MODERATE } from '../support/acts.ts';
import { type Cast, castOf, OTHER_TEAM } from '../support/cast.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let acts: Acts;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
});
afterAll(() => app.close());

interface Overview {
  readonly tiers: readonly { tier: string; count: number }[];
  readonly capabilities: readonly { capability: string; count: number }[];
  readonly weeks: readonly { start: string; made: number; approved: number; rejected: number }[];
  readonly medianToDecision: number | null;
}

const ASK = `{ overview { tiers { tier count } capabilities { capability count } medianToDecision ninthToDecision
  weeks { start made approved rejected } } }`;

const overview = async (who: { token: string }) => (await app.gql<{ overview: Overview }>(who, ASK)).ok().overview;

test('counts what is in force, and only that', async () => {
  expect((await overview(cast.owner)).medianToDecision).toBeNull();
  const both = [cast.approver, cast.secondApprover];
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'one' });
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'two' });
  await acts.inForce(cast.author, both, { ...CRITICAL, name: 'three' });
  await acts.inForce(cast.author, both, { ...CRITICAL, name: 'gone' });
  (await acts.revoke(cast.approver, 'gone')).ok();
  await acts.request(cast.author, { ...CRITICAL, name: 'waits' });
  const refused = (await acts.request(cast.author, { ...CRITICAL, name: 'refused' })).ok().changeRequest;
  (await acts.review(cast.approver, refused, 'REJECT', 'no')).ok();

  const { tiers, capabilities, weeks, medianToDecision } = await overview(cast.owner);
  expect(tiers.map(({ tier, count }) => `${tier} ${count}`)).toEqual([
    'NONE 0',
    'LOW 2',
    'MODERATE 0',
    'HIGH 0',
    'CRITICAL 1',
    'PRIVILEGED 0',
  ]);
  expect(capabilities).toEqual([
    { capability: 'CAP_NET_BIND_SERVICE', count: 2 },
    { capability: 'CAP_SYS_ADMIN', count: 1 },
  ]);
  expect(weeks).toHaveLength(12);
  expect(weeks.at(-1)).toMatchObject({ made: 6, approved: 4, rejected: 1 });
  expect(weeks.slice(0, -1).every(({ made, approved, rejected }) => made + approved + rejected === 0)).toBe(true);
  expect(medianToDecision).toBeGreaterThanOrEqual(0);
});

test('a token that is limited to a team sees that team alone', async () => {
  const narrow = await cast.tokenFor(cast.owner.login, { teams: [OTHER_TEAM] });
  const { tiers, capabilities, weeks } = await overview(narrow);
  expect([tiers.every(({ count }) => count === 0), capabilities, weeks.at(-1)?.made]).toEqual([true, [], 0]);
});
