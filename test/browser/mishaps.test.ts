import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { MODERATE } from '../support/acts.ts';
import { TEAM } from '../support/cast.ts';
import { looksRight } from './support/looks.ts';
import { BROWSER, type Stage, setStage } from './support/stage.ts';

const withBrowser = BROWSER === undefined ? describe.skip : describe;

let stage: Stage;

beforeAll(async () => {
  if (BROWSER === undefined) return;
  stage = await setStage();
  const { acts, cast } = stage;
  await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'web' });
});
afterAll(() => stage?.close());

interface Sent {
  readonly operationName: string;
  readonly variables: { readonly after?: string | null };
}

/** Lets the test stand in for the service where it wants to. */
async function intercept(page: Page, act: (sent: Sent, route: Route) => Promise<void>): Promise<void> {
  await page.route('**/graphql', (route) => act(route.request().postDataJSON() as Sent, route));
}

const FAULT = { errors: [{ message: 'that went wrong', extensions: { code: 'INTERNAL', requestId: 'r-1' } }] };

/** The answer of the service, with one more page to come. */
async function asIfMore(route: Route, list: string): Promise<void> {
  const response = await route.fetch();
  const json = (await response.json()) as { data: Record<string, { pageInfo: object }> };
  const connection = json.data[list];
  if (connection !== undefined) connection.pageInfo = { hasNextPage: true, endCursor: 'next' };
  await route.fulfill({ response, json });
}

withBrowser('what goes wrong is said', () => {
  test('a next page of the history that fails is asked for once, until somebody tries again', async () => {
    const page = await stage.open(stage.cast.owner);
    let asked = 0;
    await intercept(page, async ({ operationName, variables }, route) => {
      if (operationName !== 'History') return route.continue();
      if (variables.after == null) return asIfMore(route, 'auditEvents');
      asked += 1;
      return route.fulfill({ json: FAULT });
    });
    await page.goto('/history');
    await page.getByText('that went wrong').waitFor();
    await page.waitForTimeout(1_000);
    expect(asked).toBe(1);
    await page.getByText('brought revision').first().waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('that went wrong').waitFor();
    expect(asked).toBe(2);
    await page.context().close();
  }, 60_000);

  test('a next page of the profiles that fails', async () => {
    const page = await stage.open(stage.cast.owner);
    await intercept(page, async ({ operationName, variables }, route) => {
      if (operationName !== 'Profiles') return route.continue();
      return variables.after == null ? asIfMore(route, 'profiles') : route.fulfill({ json: FAULT });
    });
    await page.goto('/profiles');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('that went wrong').waitFor();
    expect(await page.getByRole('link', { name: `${TEAM}/web` }).count()).toBe(1);
    await page.context().close();
  }, 60_000);

  test.each(['1234', 'true', 'null', '{"a":1}', 'a&b=c'])(
    'what is looked for is text, also %s',
    async (text) => {
      const page = await stage.open(stage.cast.owner);
      await page.goto(`/profiles?${new URLSearchParams({ q: text }).toString()}`);
      await page.getByText('No profile is like that').waitFor();
      expect(await page.getByRole('searchbox', { name: 'Name or team' }).inputValue()).toBe(text);
      await page.context().close();
    },
    60_000,
  );

  test('lists go on where they are longer than a page, and the queue as a whole by itself', async () => {
    const end = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    const page = await stage.open(stage.cast.owner);
    const further: string[] = [];
    await intercept(page, async ({ operationName, variables }, route) => {
      if (operationName !== 'Queue' && operationName !== 'MyRequests') return route.continue();
      if (variables.after == null) return asIfMore(route, 'changeRequests');
      further.push(operationName);
      return route.fulfill({ json: { data: { changeRequests: end } } });
    });
    await page.goto('/review');
    await page.getByText('Nothing awaits you').waitFor();
    expect(further).toEqual(['Queue']);
    await page.goto('/review?show=all');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('button', { name: 'Show more' }).waitFor({ state: 'detached' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Show more that you asked for' }).click();
    await page.getByRole('button', { name: 'Show more that you asked for' }).waitFor({ state: 'detached' });
    expect(further).toEqual(['Queue', 'Queue', 'MyRequests']);
    await page.context().close();
  }, 60_000);

  test.each(['cap_nobody', 'café ☕'])(
    'a token that signs nobody in: %s',
    async (token) => {
      const page = await stage.open(undefined);
      await page.goto('/');
      await page.getByText('Sign in with a token').click();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('This does not sign you in').waitFor();
      expect(await page.getByLabel('Token').inputValue()).toBe(token);
      await page.context().close();
    },
    60_000,
  );

  test('whoever signs in over the page of somebody else sees nothing of theirs', async () => {
    const { cast } = stage;
    const page = await stage.open(undefined);
    await page.goto('/profiles');
    const signIn = async (token: string) => {
      await page.getByText('Sign in with a token').click();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    const { token, tokenId } = await cast.tokenFor(cast.author.login);
    await signIn(token);
    await page.getByText(`${TEAM}/web`).waitFor();
    const revoke = 'mutation ($id: ID!) { revokeToken(input: {id: $id}) { token { id } } }';
    (await stage.app.gql(cast.owner, revoke, { id: tokenId })).ok();
    await page.getByLabel('Name or team').fill('we');
    await page.getByText('Your session has ended').waitFor();
    // From here on the service says nothing more of profiles.
    await intercept(page, async ({ operationName }, route) =>
      operationName === 'Profiles' ? undefined : route.continue(),
    );
    await signIn(cast.outsider.token);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
    expect(await page.getByText(`${TEAM}/web`).count()).toBe(0);
    await page.context().close();
  }, 60_000);

  test('an answer that comes after what it changed was shown leads on all the same', async () => {
    const { acts, cast } = stage;
    await acts.inForce(cast.author, [cast.approver], { ...MODERATE, name: 'soon', expiresInDays: 7 });
    const page = await stage.open(cast.author);
    await intercept(page, async ({ operationName }, route) => {
      if (operationName !== 'RenewProfile') return route.continue();
      const response = await route.fetch();
      await page.getByText('A request for this profile is pending').waitFor();
      return route.fulfill({ response });
    });
    await page.goto(`/profiles/${TEAM}/soon/renew`);
    await page.getByLabel('What it is still needed for').fill('It serves on.');
    await page.getByRole('button', { name: 'Ask for the renewal' }).click();
    await page.getByText('You asked for this, so others decide.').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/requests\//);
    await page.context().close();
  }, 60_000);

  test('a long list says that it is out of date, and is read anew when somebody wants it', async () => {
    const { acts, cast } = stage;
    const page = await stage.open(cast.owner);
    await intercept(page, async ({ operationName, variables }, route) => {
      if (operationName !== 'Profiles') return route.continue();
      if (variables.after == null) return asIfMore(route, 'profiles');
      return route.fulfill({
        json: { data: { profiles: { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'next' } } } },
      });
    });
    await page.goto('/profiles');
    const more = page.getByRole('button', { name: 'Show more' });
    for (let pages = 1; pages <= 3; pages += 1) {
      const answered = page.waitForResponse((response) => response.request().postData()?.includes('"next"') === true);
      await more.click();
      await answered;
    }
    expect(await page.getByText('More has happened since this was read').count()).toBe(0);
    (await acts.request(cast.author, { ...MODERATE, name: 'fresh' })).ok();
    await page.getByText('More has happened since this was read').waitFor();
    expect(await page.getByRole('link', { name: `${TEAM}/fresh` }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('link', { name: `${TEAM}/fresh` }).waitFor();
    expect(await page.getByText('More has happened since this was read').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  test('a page that cannot be fetched says so, keeps the window, and comes when the network does', async () => {
    const page = await stage.open(stage.cast.owner);
    await page.goto('/');
    await page.getByText('Most granted').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('This page could not be fetched').waitFor();
    await page.getByRole('button', { name: 'Load it again' }).click();
    await page.getByText('It is still away.').waitFor();
    await looksRight(page, 'page-away');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText('Most granted').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('This page could not be fetched').waitFor();
    await page.context().setOffline(false);
    await page.getByText('brought revision').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/history');
    await page.context().close();
  }, 60_000);
});
