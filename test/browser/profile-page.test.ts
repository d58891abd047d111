import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MODERATE, specOf } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { policyActsOf } from '../support/policies.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER !== undefined) stage = await setStage();
});
afterAll(() => stage?.close());

withBrowser('the page of a profile', () => {
  test.each([
    ['PODMAN', 'podman-run'],
    ['CONTAINERD', 'kubernetes'],
    ['DOCKER', 'docker-run'],
  ])('of %s begins with %s, and shows another format where it is asked for', async (runtime, format) => {
    const { app, acts, cast } = stage;
    const name = `of-${runtime.toLowerCase()}`;
    const request = `mutation ($input: RequestProfileInput!) {
      requestProfile(input: $input) { changeRequest { id revision { digest } } } }`;
    const spec = { ...specOf(MODERATE), runtime };
    const input = { team: TEAM, name, justification: 'it serves', spec };
    const { requestProfile } = (
      await app.gql<{
        requestProfile: { changeRequest: { readonly id: string; readonly revision: { readonly digest: string } } };
      }>(cast.author, request, { input })
    ).ok();
    (await acts.review(cast.approver, requestProfile.changeRequest)).ok();
    const page = await stage.open(cast.author);
    await page.goto(`/profiles/${TEAM}/${name}`);
    await page.locator('pre.export').waitFor();
    expect(await page.getByLabel('Format').inputValue()).toBe(format);
    expect(await page.locator('.deploy .line').innerText()).toContain(`format=${format}`);
    await page.getByLabel('Format').selectOption('oci');
    await page.getByText('format=oci').waitFor();
    await page.reload();
    await page.getByText('format=oci').waitFor();
    await page.context().close();
  });

  test('says by whom, when and why it was revoked', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'gone' });
    (await acts.revoke(cast.approver, 'gone', 'It talked to strangers.')).ok();
    const page = await stage.open(cast.author);
    await page.goto(`/profiles/${TEAM}/gone`);
    await page.getByText('It talked to strangers.').waitFor();
    expect(await page.locator('.empty').innerText()).toContain(`${cast.approver.login} took revision 1 back just now`);
    await looksRight(page, 'profile-revoked');
    await page.context().close();
  }, 60_000);

  test('of another team leads into no error', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'theirs' });
    const page = await stage.open(cast.outsider);
    await page.goto(`/profiles/${TEAM}/theirs?tab=history`);
    await page.getByText(`It is for those who work for the team ${TEAM}`).waitFor();
    expect(await page.getByRole('link', { name: 'The whole history of this profile' }).count()).toBe(0);
    await page.context().close();
  });

  test('calls a revision that is handed out in an emergency one', async () => {
    const { app, acts, cast } = stage;
    await policyActsOf(app).inForce(cast, {
      groups: { oncall: [cast.approver.login] },
      breakGlass: { group: 'oncall', maxHours: 4 },
    });
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'urgent' });
    const breakGlass = 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { emergency { id } } }';
    const input = {
      team: TEAM,
      name: 'urgent',
      hours: 1,
      person: cast.colleague.login,
      reason: 'it hangs',
      spec: specOf({ add: ['SYS_PTRACE'], drop: ['ALL'] }),
    };
    (await app.gql(cast.approver, breakGlass, { input })).ok();
    const page = await stage.open(cast.author);
    await page.goto(`/profiles/${TEAM}/urgent?tab=versions`);
    const version = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Revision 2' }) });
    await version.getByText('emergency').waitFor();
    expect(await version.getByText('not approved').count()).toBe(0);
    await looksRight(page, 'versions-emergency');
    await page.context().close();
  }, 60_000);
});
