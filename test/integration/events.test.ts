import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Acts, actsOf } from '../support/acts.ts';
import { type Cast, castOf, OTHER_TEAM, type Person, TEAM } from '../support/cast.ts';
import type { Answer, Bearer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let address: string;
let cast: Cast;
let acts: Acts;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
  address = await app.app.http.listen({ port: 0 });
});
afterAll(() => app.close());

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** A stream of events as it is heard. */
interface Listening {
  readonly status: number;
  /** The next event; rejects once the stream has ended. */
  next(): Promise<Heard>;
  /** The id that was heard last: where a reader goes on. */
  place(): string;
  stop(): void;
}

function listen(who: Bearer, after?: string): Promise<Listening> {
  return hear('/v1/events', who, after);
}

const HAPPENED = 'subscription { happened { id missed } }';

/** The same as a subscription of GraphQL. */
function subscribe(who: Bearer, after?: string, query = HAPPENED): Promise<Listening> {
  return hear('/graphql/stream', who, after, { query });
}

async function hear(path: string, who: Bearer, after?: string, body?: object): Promise<Listening> {
  const stop = new AbortController();
  const response = await fetch(address + path, {
    signal: stop.signal,
    headers: {
      authorization: `Bearer ${who.token}`,
      ...(after === undefined ? {} : { 'last-event-id': after }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let place = '';
  const next = async (): Promise<Heard> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        if (field('id') !== '') place = field('id');
        if (field('event') !== '') return { id: field('id'), event: field('event'), data: field('data') };
        continue;
      }
      const part = await reader?.read();
      if (part === undefined || part.done) throw new Error('the stream has ended');
      text += part.value;
    }
  };
  return { status: response.status, next, place: () => place, stop: () => stop.abort() };
}

describe('the stream of events', () => {
  test('tells at once that it is there, and then what happens, to who may see it', async () => {
    const listening = await listen(cast.colleague);
    const hello = await listening.next();
    expect(hello).toMatchObject({ event: 'hello' });
    (await acts.request(cast.author, { name: 'told' })).ok();
    const heard = await listening.next();
    expect(heard).toEqual({
      id: String(Number(hello.id) + 1),
      event: 'happened',
      data: '{}',
    });
    listening.stop();
  });

  test('goes on where a connection broke, and loses nothing', async () => {
    const first = await listen(cast.approver);
    const { id } = await first.next();
    first.stop();
    const { changeRequest } = (await acts.request(cast.author, { name: 'while-away' })).ok();
    (await acts.review(cast.approver, changeRequest)).ok();
    const again = await listen(cast.approver, id);
    expect(await again.next()).toMatchObject({ id, event: 'hello' });
    const heard = [await again.next(), await again.next(), await again.next()];
    expect(heard.map(({ event }) => event)).toEqual(['happened', 'happened', 'happened']);
    expect(heard.map((event) => Number(event.id) - Number(id))).toEqual([1, 2, 3]);
    again.stop();
  });

  test('says nothing of the organization to members, and nothing of teams that a token does not reach', async () => {
    const narrow = await cast.tokenFor(cast.author.login, { teams: [OTHER_TEAM], scopes: ['profiles:read'] });
    const [member, limited, owner] = await Promise.all([listen(cast.author), listen(narrow), listen(cast.owner)]);
    const [, , { id: from }] = await Promise.all([member.next(), limited.next(), owner.next()]);
    (await app.gql(cast.owner, 'mutation { addMember(input: {email: "new@people.example"}) { member { id } } }')).ok();
    (await acts.request(cast.author, { name: 'theirs' })).ok();
    expect([(await owner.next()).id, (await owner.next()).id]).toEqual([
      String(Number(from) + 1),
      String(Number(from) + 2),
    ]);
    // What comes first for the member is the request: of the new member nothing was said.
    expect((await member.next()).id).toBe(String(Number(from) + 2));
    (await acts.request(cast.outsider, { team: OTHER_TEAM, name: 'ours' })).ok();
    const reached = await limited.next();
    const [{ seq } = {}] = await app.database.rows<{ seq: string }>(
      `SELECT max(e.seq)::text AS seq FROM audit_events e JOIN teams t ON t.id = e.team_id WHERE t.slug = $1 AND e.org_id = $2`,
      [OTHER_TEAM, cast.orgId],
    );
    expect(reached.id).toBe(seq);
    for (const one of [member, limited, owner]) one.stop();
  });

  test('ends when its token is revoked, before it says anything more', async () => {
    const token = await cast.tokenFor(cast.colleague.login);
    const listening = await listen(token);
    await listening.next();
    (await app.gql(cast.owner, `mutation { revokeToken(input: {id: "${token.tokenId}"}) { token { id } } }`)).ok();
    (await acts.request(cast.author, { name: 'unheard' })).ok();
    await expect(listening.next()).rejects.toThrow(/ended|terminated/);
  });

  test('tells another tenant nothing', async () => {
    const foreign = await castOf(app);
    const listening = await listen(foreign.owner);
    const hello = await listening.next();
    (await acts.request(cast.author, { name: 'ours-alone' })).ok();
    (await app.gql(foreign.owner, 'mutation { createTeam(input: {slug: "own", name: "Own"}) { team { id } } }')).ok();
    expect(await listening.next()).toEqual({
      id: String(Number(hello.id) + 1),
      event: 'happened',
      data: '{}',
    });
    listening.stop();
  });

  test('a place is given back as soon as its reader has left, also where nothing is told', async () => {
    const narrow = await cast.tokenFor(cast.author.login, { teams: [OTHER_TEAM], scopes: ['profiles:read'] });
    const headers = { authorization: `Bearer ${narrow.token}` };
    const open = async () => {
      const [response] = (await once(get(`${address}/v1/events`, { headers }), 'response')) as [IncomingMessage];
      return response;
    };
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(streams.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = await open();
    expect(refused.statusCode).toBe(429);
    refused.destroy();
    for (const stream of streams) stream.destroy();
    // Something that they are not told of, so that nothing is written to them either.
    (await acts.request(cast.author, { name: 'not-for-them' })).ok();
    await sleep(500);
    const again = await Promise.all(Array.from({ length: 20 }, open));
    expect(again.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
    for (const stream of again) stream.destroy();
  });

  test('a number that was not reached yet is of another history: everything is looked at anew', async () => {
    const listening = await listen(cast.owner, '999999999');
    const hello = await listening.next();
    expect(Number(hello.id)).toBeLessThan(999_999_999);
    expect(await listening.next()).toEqual({ id: hello.id, event: 'missed', data: '{}' });
    listening.stop();
  });

  test.each([
    ['nobody', 'bearer', {}, 401],
    ['an id that is none', undefined, { 'last-event-id': 'x' }, 400],
  ])('%s is refused', async (_what, who, headers, status) => {
    const authorization = who === undefined ? { authorization: `Bearer ${cast.author.token}` } : {};
    const { status: answered } = await app.send({ url: '/v1/events', headers: { ...authorization, ...headers } });
    expect(answered).toBe(status);
  });

  test('takes the right to read profiles', async () => {
    const token = await cast.tokenFor(cast.author.login, { scopes: ['audit:read'] });
    const { status, code } = await app.rest(token, '/v1/events');
    expect({ status, code }).toEqual({ status: 403, code: 'FORBIDDEN' });
  });
});

async function headOf(orgId: string): Promise<number> {
  const [row] = await app.database.rows<{ seq: string }>(
    'SELECT max(seq)::text AS seq FROM audit_events WHERE org_id = $1',
    [orgId],
  );
  return Number(row?.seq);
}

describe('a subscription', () => {
  const numberOf = ({ data }: Heard): number => {
    const { happened } = (JSON.parse(data) as { data: { happened: { id: string; missed: boolean } } }).data;
    expect(happened.missed).toBe(false);
    return Number(happened.id);
  };

  test('tells what happens to who may see it, and goes on where a connection broke', async () => {
    const [member, owner] = await Promise.all([subscribe(cast.author), subscribe(cast.owner)]);
    // Both are there, and know from where, before anything happens.
    const from = await headOf(cast.orgId);
    (await app.gql(cast.owner, 'mutation { addMember(input: {email: "sub@people.example"}) { member { id } } }')).ok();
    (await acts.request(cast.author, { name: 'subscribed' })).ok();
    const heard = [await owner.next(), await owner.next()];
    expect(heard.map(({ event, id }) => [event, Number(id)])).toEqual([
      ['next', from + 1],
      ['next', from + 2],
    ]);
    expect(heard.map(numberOf)).toEqual([from + 1, from + 2]);
    // Of the new member nothing is said to members.
    expect(numberOf(await member.next())).toBe(from + 2);
    const again = await subscribe(cast.owner, String(from));
    expect(numberOf(await again.next())).toBe(from + 1);
    for (const one of [member, owner, again]) one.stop();
  });

  test('says where it begins before anything happens, so that nothing is lost in between', async () => {
    const from = await headOf(cast.orgId);
    const quiet = await subscribe(cast.owner);
    const waiting = quiet.next().catch(() => undefined);
    await sleep(200);
    expect(quiet.place()).toBe(String(from));
    quiet.stop();
    await waiting;
  });

  test('ends when its token is revoked, before it says anything more', async () => {
    const token = await cast.tokenFor(cast.colleague.login);
    const listening = await subscribe(token);
    (await app.gql(cast.owner, `mutation { revokeToken(input: {id: "${token.tokenId}"}) { token { id } } }`)).ok();
    (await acts.request(cast.author, { name: 'unsubscribed' })).ok();
    await expect(listening.next()).rejects.toThrow(/ended|terminated/);
  });

  test('tells another tenant nothing', async () => {
    const foreign = await castOf(app);
    const listening = await subscribe(foreign.owner);
    (await acts.request(cast.author, { name: 'not-theirs' })).ok();
    (await app.gql(foreign.owner, 'mutation { createTeam(input: {slug: "own", name: "Own"}) { team { id } } }')).ok();
    expect((await listening.next()).id).toBe(String(await headOf(foreign.orgId)));
    listening.stop();
  });

  test.each([
    ['a variable without a value', 'subscription ($b: Boolean!) { happened { id @include(if: $b) } }'],
    ['a query', '{ viewer { scopes } }'],
    ['a change', 'mutation { createTeam(input: {slug: "x", name: "X"}) { team { id } } }'],
    ['a field that is not there', 'subscription { happened { what } }'],
    ['two things at once', 'subscription { happened { id } other: happened { id } }'],
    ['nothing', ''],
    ['half of one', 'subscription {'],
    ['very much', `subscription { happened { ${'id '.repeat(300)} } }`],
    ['several without a name', 'subscription A { happened { id } } subscription B { happened { id } }'],
  ])('%s is no subscription, and takes no place', async (_what, query) => {
    const payload = JSON.stringify({ query });
    const headers = { authorization: `Bearer ${cast.owner.token}`, 'content-type': 'application/json' };
    for (let turn = 0; turn < 25; turn += 1) {
      const { status, body } = await app.send({ method: 'POST', url: '/graphql/stream', headers, payload });
      expect([status, body]).toEqual([400, expect.stringContaining('"code":"INVALID_INPUT"')]);
    }
    (await subscribe(cast.owner)).stop();
  });

  test.each([
    ['nobody', {}, 401],
    ['a session without what a change carries', { cookie: 'session' }, 403],
  ])('%s is refused', async (_what, { cookie }: { readonly cookie?: string }, status) => {
    const session = cookie === undefined ? {} : { cookie: (await cast.sessionFor(cast.author.login)).cookie };
    const { status: answered } = await app.send({
      method: 'POST',
      url: '/graphql/stream',
      headers: { 'content-type': 'application/json', ...session },
      payload: JSON.stringify({ query: HAPPENED }),
    });
    expect(answered).toBe(status);
  });

  test('tells no names of the schema to who misspells one', async () => {
    const { body } = await app.send({
      method: 'POST',
      url: '/graphql/stream',
      headers: { authorization: `Bearer ${cast.owner.token}`, 'content-type': 'application/json' },
      payload: JSON.stringify({ query: 'subscription { hapened { id } }' }),
    });
    expect(body).not.toContain('happened');
  });

  test('takes the right to read profiles', async () => {
    const token = await cast.tokenFor(cast.author.login, { scopes: ['audit:read'] });
    expect((await subscribe(token)).status).toBe(403);
  });
});

describe('the history as a file', () => {
  test('NDJSON is the records, newest first', async () => {
    const { body, headers } = await app.rest(cast.owner, '/v1/audit-events?format=ndjson');
    const records = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: string; org: string });
    const rows = await app.database.rows<{ record: string }>(
      'SELECT record FROM audit_events WHERE org_id = $1 ORDER BY seq DESC',
      [cast.orgId],
    );
    expect(body).toBe(rows.map(({ record }) => `${record}\n`).join(''));
    expect(records.at(-1)?.seq).toBe('1');
    expect(headers['content-disposition']).toBe('attachment; filename="history.ndjson"');
  });

  test('in CSV no cell is a formula, and filters hold', async () => {
    const login = `+sum@${cast.slug}.example`;
    await app.gql(cast.owner, `mutation { addMember(input: {email: "${login}", team: "${TEAM}"}) { member { id } } }`);
    const hostile = await cast.tokenFor(login);
    (await acts.request(hostile, { name: 'formula', justification: '=1+1' })).ok();
    const answer = await app.rest(
      cast.owner,
      `/v1/audit-events?format=csv&team=${TEAM}&profile=formula&actor=${encodeURIComponent(login)}`,
    );
    const lines = answer.body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('"number","at","actor","action","subject","team","profile","leaf hash","payload"');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`,"'${login}",`);
  });

  const REVOKE = 'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }';
  const ADD = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  test.each<[string, (other: Cast, reading: Person) => Promise<Answer<unknown>>]>([
    ['revocation meets the credential', ({ owner }, { tokenId }) => app.gql(owner, REVOKE, { input: { id: tokenId } })],
    [
      'owner takes the role',
      ({ owner }, { login }) => app.gql(owner, ADD, { input: { email: login, orgRole: 'MEMBER' } }),
    ],
  ])('a download ends when the %s of its reader', async (_what, end) => {
    const other = await castOf(app);
    await app.database.rows('SET session_replication_role = replica');
    await app.database.rows(
      `INSERT INTO audit_events (org_id, seq, at, action, actor_id, actor_login, subject_type, subject_id, record, leaf_hash)
       SELECT $1, 1000 + n, now(), 'org.created', gen_random_uuid(), 'x', 'org', 'x', repeat('x', 4000),
              sha256('\\x00'::bytea || convert_to(repeat('x', 4000), 'UTF8'))
       FROM generate_series(1, 9000) n`,
      [other.orgId],
    );
    await app.database.rows('SET session_replication_role = origin');
    const token = await other.tokenFor(other.secondApprover.login);
    const response = await fetch(`${address}/v1/audit-events?format=ndjson`, {
      headers: { authorization: `Bearer ${token.token}` },
    });
    const reader = response.body?.getReader();
    let length = (await reader?.read())?.value?.length ?? 0;
    (await end(other, token)).ok();
    const rest = async (): Promise<void> => {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
        length += part.value.length;
    };
    await expect(rest()).rejects.toThrow(/terminated/);
    expect(length).toBeLessThan(9_000 * 4_001);
  });

  test('there is no HEAD of it, which would read all of it for nobody', async () => {
    expect((await app.send({ method: 'HEAD', url: '/v1/audit-events?format=csv' })).status).toBe(404);
  });

  test.each([
    ['no format', '/v1/audit-events', 400, 'INVALID_INPUT'],
    ['another format', '/v1/audit-events?format=xml', 400, 'INVALID_INPUT'],
    ['an action that is none', '/v1/audit-events?format=csv&action=x', 400, 'INVALID_INPUT'],
    ['everything, by a member', '/v1/audit-events?format=csv', 403, 'FORBIDDEN'],
  ])('%s is refused', async (_what, path, status, code) => {
    expect(await app.rest(cast.author, path)).toMatchObject({ status, code });
  });
});
