import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/policy/policy-document.ts';
import { MODERATE } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { DAY } from '../support/clock.ts';
import { policyActsOf } from '../support/policies.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, complaintsOf, type Stage, setStage } from './support/stage.ts';

/** What a profile can be beside in force: about to end, over, and exceeded in an emergency. */
const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  stage = await setStage();
  const { app, cast } = stage;
  await policyActsOf(app).inForce(cast, {
    groups: { oncall: [cast.approver.login] },
    breakGlass: { group: 'oncall', maxHours: 4 },
    rules: [
      { name: 'no kernel modules', when: { grants: ['CAP_SYS_MODULE'] }, deny: 'the platform team loads modules' },
      { name: 'not for ever', when: {}, longestLifeDays: 60, justifyEach: true },
      ...DEFAULT_POLICY.rules,
    ],
  });
});
afterAll(() => stage?.close());

interface ProfileSeen {
  readonly profile: { readonly approved: { readonly number: number; readonly expiresAt: string } | null };
}

async function ask(wish: { readonly name: string; readonly expiresInDays: number }): Promise<void> {
  const { app, cast, acts } = stage;
  const spec = { add: MODERATE.add, drop: MODERATE.drop };
  const capabilityReasons = [{ capability: 'CAP_NET_BIND_SERVICE', reason: 'it listens on 443' }];
  const input = { team: TEAM, justification: 'it serves the web', capabilityReasons, spec, ...wish };
  const mutation = `mutation ($input: RequestProfileInput!) { requestProfile(input: $input) {
    changeRequest { id revision { digest } } } }`;
  const { requestProfile } = (
    await app.gql<{ requestProfile: { changeRequest: { id: string; revision: { digest: string } } } }>(
      cast.author,
      mutation,
      { input },
    )
  ).ok();
  (await acts.review(cast.approver, requestProfile.changeRequest)).ok();
}

async function approvedOf(name: string): Promise<ProfileSeen['profile']['approved']> {
  const query = `{ profile(team: "${TEAM}", name: "${name}") { approved { number expiresAt } } }`;
  return (await stage.app.gql<ProfileSeen>(stage.cast.author, query)).ok().profile.approved;
}

withBrowser('a renewal', () => {
  test('is asked for within what the policy allows, approved, and ends later', async () => {
    const { cast } = stage;
    await ask({ name: 'web', expiresInDays: 7 });
    const author = await stage.open(cast.author);
    await author.goto(`/profiles/${TEAM}/web`);
    await author.getByRole('button', { name: 'Renew' }).click();
    await author.getByRole('heading', { name: 'Renew web' }).waitFor();
    await author.getByText('It may hold for 60 days at the most.').waitFor();
    await author.getByText(/^It ends in 7 days, on /).waitFor();
    const days = author.getByLabel('For how many days');
    expect(await days.inputValue()).toBe('7');
    await looksRight(author, 'renew');
    await days.fill('90');
    await author.getByRole('button', { name: 'Ask for the renewal' }).click();
    await author.getByText('The policy lets this hold for 60 days at the most').waitFor();
    await author.getByText('Say what it is needed for').waitFor();
    await author.getByText('2 things are missing or not right').waitFor();
    expect(await author.evaluate<string>('document.activeElement.tagName')).toMatch(/^(INPUT|TEXTAREA)$/);
    await looksRight(author, 'renew-refused');
    await days.fill('30');
    await author.getByLabel('What it is still needed for').fill('It serves the web as before.');
    await author.getByRole('button', { name: 'Ask for the renewal' }).click();
    await author.getByText('You asked for this, so others decide.').waitFor();

    const approver = await stage.open(cast.approver);
    await approver.goto(new URL(author.url()).pathname);
    await approver.getByRole('button', { name: 'Approve', exact: true }).click();
    await approver.getByText('In force.').waitFor();
    await author.getByText('In force.').waitFor();
    await author.getByRole('link', { name: 'See the profile' }).click();
    await author.getByText('ends in 4 weeks').first().waitFor();
    const approved = await approvedOf('web');
    expect(approved?.number).toBe(2);
    expect(Math.round((Date.parse(approved?.expiresAt ?? '') - Date.now()) / DAY)).toBe(30);
    expect([...(complaintsOf.get(author) ?? []), ...(complaintsOf.get(approver) ?? [])]).toEqual([]);
    await author.context().close();
    await approver.context().close();
  }, 120_000);

  test('of what has run out asks why each capability is needed, anew', async () => {
    const { app, cast } = stage;
    await ask({ name: 'old', expiresInDays: 1 });
    app.clock.advance(2 * DAY);
    try {
      const author = await stage.open(cast.author);
      await author.clock.setSystemTime(app.clock.now());
      await author.goto(`/profiles/${TEAM}/old`);
      await author.getByText('The approval has run out').waitFor();
      await looksRight(author, 'profile-expired');
      await author.getByRole('button', { name: 'Renew' }).click();
      await author.getByText(/^It ended yesterday, on |^It ended 1 day ago, on /).waitFor();
      await author.getByLabel('What it is still needed for').fill('It is back.');
      await author.getByRole('button', { name: 'Ask for the renewal' }).click();
      await author.getByText('The policy asks why each of these is needed').waitFor();
      await author.getByLabel('NET_BIND_SERVICE').fill('It listens on 443.');
      await looksRight(author, 'renew-expired');
      await author.getByRole('button', { name: 'Ask for the renewal' }).click();
      await author.getByText('You asked for this, so others decide.').waitFor();
      await author.goto(`/profiles/${TEAM}/old/renew`);
      await author.getByText('A request for this profile is pending').waitFor();
      await looksRight(author, 'renew-pending');
      expect(complaintsOf.get(author)).toEqual([]);
      await author.context().close();
    } finally {
      app.clock.advance(-2 * DAY);
    }
  }, 120_000);
});

withBrowser('an emergency', () => {
  test('is shown everywhere from the moment on, and until another approver has closed it', async () => {
    const { acts, app, cast } = stage;
    await ask({ name: 'shop', expiresInDays: 20 });
    const second = await stage.open(cast.secondApprover);
    await second.goto('/emergencies');
    await second.getByText('No emergency is open').waitFor();
    await looksRight(second, 'emergencies-empty');
    await second.goto('/review');
    await second.getByRole('heading', { name: 'Awaiting your review' }).waitFor();

    const approver = await stage.open(cast.approver);
    await approver.goto(`/profiles/${TEAM}/shop`);
    await approver.getByRole('button', { name: 'Emergency' }).click();
    await approver.getByLabel('For how many hours').fill('5');
    await approver.getByRole('button', { name: 'Give it now' }).click();
    await approver.getByText('A whole number of hours, 1 to 4').waitFor();
    const finder = approver.getByRole('combobox', { name: 'Look for what it does' });
    await finder.fill('load kernel modules');
    await finder.press('Enter');
    await approver.getByText('Nobody can approve this: the platform team loads modules.').waitFor();
    await looksRight(approver, 'emergency-refused');
    await approver.getByRole('button', { name: 'Leave out SYS_MODULE' }).click();
    await finder.fill('SYS_PTRACE');
    await finder.press('Enter');
    await approver.getByLabel('For how many hours').fill('2');
    await approver.getByLabel('Why it cannot wait').fill('The shop hangs and nobody knows why.');
    await approver.getByLabel('Who gets it').fill('nobody@nowhere.example');
    await approver.getByRole('button', { name: 'Give it now' }).click();
    await approver.getByText('The email of a person of the organization').waitFor();
    expect(await approver.evaluate<string>('document.activeElement.name')).toBe('person');
    await approver.getByLabel('Who gets it').fill(cast.colleague.login);
    await looksRight(approver, 'emergency');
    await approver.getByRole('button', { name: 'Give it now' }).click();
    await approver.getByText('You had a part in it, so another approver closes it.').waitFor();
    await looksRight(approver, 'profile-emergency');
    expect((await acts.export(cast.colleague, 'shop')).body).toContain('SYS_PTRACE');

    // Everybody sees it; the queue of the other approver without a reload.
    await second.getByRole('heading', { name: 'Emergencies to be closed' }).waitFor();
    await looksRight(second, 'queue-emergency');
    const outsider = await stage.open(cast.outsider);
    await outsider.goto('/profiles');
    await outsider.getByRole('row', { name: /shop/ }).getByText('emergency').waitFor();
    await looksRight(outsider, 'profiles-emergency');
    await outsider.goto('/');
    await outsider.getByText('The shop hangs and nobody knows why.').waitFor();
    await looksRight(outsider, 'overview-emergency');
    await outsider.goto(`/profiles/${TEAM}/shop/emergency`);
    await outsider.getByText('You may not do this').waitFor();
    await looksRight(outsider, 'emergency-forbidden');

    // When it is over, it still waits for whoever closes it.
    await second.getByRole('link', { name: 'All of them' }).click();
    await second.getByLabel('What came out').fill('A restart');
    await second.reload();
    await second.getByRole('button', { name: 'Close it' }).waitFor();
    expect(await second.getByLabel('What came out').inputValue()).toBe('A restart');
    await second.getByRole('button', { name: 'Close it' }).click();
    await second.getByText('Say whether it was one').waitFor();
    await looksRight(second, 'emergencies-open');
    await second.getByText('No, it was none').click();
    await second.getByLabel('What came out').fill('A restart would have done. Next time, ask first.');
    await second.getByRole('button', { name: 'Close it' }).click();
    await second.getByText('It was none.').waitFor();
    await looksRight(second, 'emergencies-closed');
    expect((await acts.export(cast.colleague, 'shop')).body).not.toContain('SYS_PTRACE');
    await approver.getByText('You had a part in it').waitFor({ state: 'detached' });
    const closed = await app.database.rows('SELECT justified, closed_at IS NOT NULL AS closed FROM emergency_grants');
    expect(closed).toEqual([{ justified: false, closed: true }]);
    expect([second, approver, outsider].flatMap((page) => complaintsOf.get(page) ?? [])).toEqual([]);
  }, 180_000);
});

withBrowser('a request that was light beside what is in force', () => {
  test('says so once that is revoked, awaits nobody, and is judged anew when its author sends it again', async () => {
    const { acts, app, cast } = stage;
    await policyActsOf(app).inForce(cast, {
      groups: { security: [cast.approver.login, cast.secondApprover.login] },
      rules: [
        { name: 'modules', when: { grants: ['CAP_SYS_MODULE'] }, require: [{ group: 'security', approvals: 2 }] },
        ...DEFAULT_POLICY.rules,
      ],
    });
    const modules = { name: 'mod', add: ['SYS_MODULE'], drop: ['ALL'] };
    await acts.inForce(cast.author, [cast.approver, cast.secondApprover], modules);
    const more = { ...modules, add: ['SYS_MODULE', 'CHOWN'] };
    const { changeRequest } = (await acts.request(cast.author, more)).ok();
    (await acts.request(cast.author, { ...MODERATE, name: 'waits' })).ok();
    const owner = await stage.open(cast.owner);
    const author = await stage.open(cast.author);
    await owner.goto('/review');
    await owner.getByRole('link', { name: `${TEAM}/mod` }).click();
    await owner.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    (await acts.revoke(cast.approver, 'mod', 'it had a hole')).ok();
    await owner.getByText('Nobody can approve this as it is').waitFor();
    await owner.getByText(`It waits for ${cast.author.login} to send it again`).waitFor();
    expect(await owner.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    expect(await owner.getByRole('button', { name: 'Reject' }).count()).toBe(1);
    await owner.getByText('It waits for its author.').waitFor();
    await looksRight(owner, 'review-stale');
    await owner.goto('/review');
    await owner.getByRole('link', { name: `${TEAM}/waits` }).waitFor();
    expect(await owner.getByRole('link', { name: `${TEAM}/mod` }).count()).toBe(0);

    await author.goto(`/requests/${changeRequest.id}`);
    await author.getByRole('link', { name: 'Send it again' }).click();
    await author.getByRole('button', { name: 'Change the request' }).click();
    await author.getByText('You asked for this, so others decide.').waitFor();
    await author.getByText('Nobody can approve this as it is').waitFor({ state: 'detached' });
    expect([...(complaintsOf.get(owner) ?? []), ...(complaintsOf.get(author) ?? [])]).toEqual([]);
    await owner.context().close();
    await author.context().close();
  }, 120_000);
});
