import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Acts, actsOf, CRITICAL, HIGH, MODERATE, type RequestSeen } from '../support/acts.ts';
import { type Cast, castOf, TEAM } from '../support/cast.ts';
import { DAY } from '../support/clock.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let cast: Cast;
let acts: Acts;
let profiles = 0;

beforeAll(async () => {
  app = await startTestApp();
  cast = await castOf(app);
  acts = actsOf(app);
});
afterAll(() => app.close());

/** A name that no other test has used. */
const newName = (): string => `app-${(profiles += 1)}`;

async function requested(name: string, wish = MODERATE): Promise<RequestSeen> {
  return (await acts.request(cast.author, { name, ...wish })).ok().changeRequest;
}

describe('from a request to flags', () => {
  const name = 'story';
  let request: RequestSeen;

  test('a request waits for reviews, and nothing can be exported yet', async () => {
    request = (await acts.request(cast.author, { name, ...MODERATE, user: '1000:1000', noNewPrivileges: true })).ok()
      .changeRequest;
    expect(request).toMatchObject({ state: 'PENDING', requiredApprovals: 1, reviews: [], decidedAt: null });
    expect(request.revision).toEqual({
      number: 1,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      standing: 'NOT_APPROVED',
    });
    const answer = await acts.export(cast.deployer, name);
    expect([answer.status, answer.code]).toEqual([409, 'PROFILE_NOT_APPROVED']);
  });

  test('it awaits the approvers and nobody else', async () => {
    const query = '{ changeRequests(awaitingMyReview: true) { nodes { id } } }';
    const awaiting = async (who: { token: string }) =>
      (await app.gql<{ changeRequests: { nodes: { id: string }[] } }>(who, query)).ok().changeRequests.nodes;
    expect(await awaiting(cast.approver)).toEqual([{ id: request.id }]);
    expect(await awaiting(cast.owner)).toEqual([{ id: request.id }]);
    expect(await awaiting(cast.author)).toEqual([]);
    expect(await awaiting(cast.auditor)).toEqual([]);
    expect(await awaiting(cast.deployer)).toEqual([]);
  });

  test('an approval of the digest puts it in force', async () => {
    const { changeRequest } = (await acts.review(cast.approver, request, 'APPROVE', 'port 80 only')).ok();
    expect(changeRequest).toMatchObject({
      state: 'APPROVED',
      decidedAt: expect.any(String),
      revision: { standing: 'IN_FORCE' },
      reviews: [
        {
          reviewer: { login: cast.approver.login },
          verdict: 'APPROVE',
          comment: 'port 80 only',
          digest: request.revision.digest,
          revision: 1,
          standing: true,
        },
      ],
    });
  });

  test('docker-run is one line of flags, for a shell', async () => {
    const answer = await acts.export(cast.deployer, name);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/plain/),
      etag: `"${request.revision.digest}"`,
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Authorization'),
    });
    expect(answer.body).toBe(
      '--cap-drop=ALL --cap-add=NET_BIND_SERVICE --user=1000:1000 --security-opt=no-new-privileges\n',
    );
    const lastModified = new Date(answer.headers['last-modified'] ?? '');
    expect(Math.abs(lastModified.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('compose is a snippet that says which digest it is', async () => {
    const answer = await acts.export(cast.deployer, name, 'compose');
    expect(answer.headers['content-type']).toMatch(/yaml/);
    expect(answer.body).toContain(request.revision.digest);
    expect(parse(answer.body)).toEqual({
      services: {
        [name]: {
          privileged: false,
          cap_drop: ['ALL'],
          cap_add: ['NET_BIND_SERVICE'],
          user: '1000:1000',
          security_opt: ['no-new-privileges:true'],
        },
      },
    });
  });

  test('JSON carries it with everything that deploy tooling decides by', async () => {
    const answer = await acts.export(cast.deployer, name, 'docker-run', { accept: 'application/json' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    const body = answer.json();
    expect(body).toEqual({
      team: TEAM,
      profile: name,
      revision: 1,
      digest: request.revision.digest,
      format: 'docker-run',
      content: '--cap-drop=ALL --cap-add=NET_BIND_SERVICE --user=1000:1000 --security-opt=no-new-privileges',
      risk: { score: expect.any(Number), tier: expect.stringMatching(/^(LOW|MODERATE)$/) },
      expiresAt: null,
    });
  });

  test.each(['text', 'JSON'])('as %s it is not sent again to whoever has it', async (kind) => {
    const accept: Record<string, string> = kind === 'JSON' ? { accept: 'application/json' } : {};
    const { headers } = await acts.export(cast.deployer, name, 'docker-run', accept);
    const etag = headers['etag'] ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await acts.export(cast.deployer, name, 'docker-run', { ...accept, 'if-none-match': known });
      expect([known, again.status, again.body]).toEqual([known, 304, '']);
      expect(again.headers['etag']).toBe(etag);
    }
    for (const other of ['"other"', etag.slice(1, -1), `"${'0'.repeat(64)}"`]) {
      const again = await acts.export(cast.deployer, name, 'docker-run', { ...accept, 'if-none-match': other });
      expect([other, again.status]).toEqual([other, 200]);
    }
  });

  test('HEAD gives the headers without the body', async () => {
    const url = `/v1/teams/${TEAM}/profiles/${name}/export?format=docker-run`;
    const answer = await app.send({
      method: 'HEAD',
      url,
      headers: { authorization: `Bearer ${cast.deployer.token}` },
    });
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(answer.headers['etag']).toBe(`"${request.revision.digest}"`);
  });

  test('a revision number must be the one in force', async () => {
    const at = (revision: string) =>
      app.rest(cast.deployer, `/v1/teams/${TEAM}/profiles/${name}/export?format=docker-run&revision=${revision}`);
    expect((await at('1')).status).toBe(200);
    const missing = await at('2');
    expect([missing.status, missing.code]).toEqual([404, 'NOT_FOUND']);
    const nonsense = await at('0');
    expect([nonsense.status, nonsense.code]).toEqual([400, 'INVALID_INPUT']);
  });

  test('revoked, it is gone at once, even for whoever has a copy', async () => {
    const { headers } = await acts.export(cast.deployer, name);
    const { profile } = (await acts.revoke(cast.approver, name, 'found a hole')).ok();
    expect(profile).toEqual({ name, standing: 'REVOKED', approved: null });
    for (const etag of ['', headers['etag'] ?? '']) {
      const answer = await acts.export(cast.deployer, name, 'docker-run', { 'if-none-match': etag });
      expect([answer.status, answer.code]).toEqual([410, 'PROFILE_REVOKED']);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect((await acts.revoke(cast.approver, name)).code).toBe('PROFILE_REVOKED');
  });

  test('its history tells all of it, newest first', async () => {
    const query = `query ($team: String, $profile: String) {
      auditEvents(team: $team, profile: $profile) { nodes { action actor { login } } } }`;
    const { auditEvents } = (
      await app.gql<{ auditEvents: { nodes: { action: string; actor: { login: string } }[] } }>(cast.auditor, query, {
        team: TEAM,
        profile: name,
      })
    ).ok();
    expect(auditEvents.nodes.map(({ action, actor }) => [action, actor.login])).toEqual([
      ['profile.revoked', cast.approver.login],
      ['request.approved', cast.approver.login],
      ['request.reviewed', cast.approver.login],
      ['request.created', cast.author.login],
    ]);
  });

  test('after a revocation it can be asked for again', async () => {
    const again = await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
    expect(again.revision.number).toBe(2);
    expect((await acts.export(cast.deployer, name)).status).toBe(200);
  });
});

describe('how an approval ends', () => {
  test('a later one takes its place', async () => {
    const name = newName();
    const first = await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
    const second = await acts.inForce(cast.author, [cast.approver], { name, add: ['KILL'], drop: ['ALL'] });
    expect(second.revision.number).toBe(2);
    expect((await acts.export(cast.deployer, name)).headers['etag']).toBe(`"${second.revision.digest}"`);
    const old = await app.rest(
      cast.deployer,
      `/v1/teams/${TEAM}/profiles/${name}/export?format=docker-run&revision=${first.revision.number}`,
    );
    expect([old.status, old.code]).toEqual([410, 'REVISION_SUPERSEDED']);
    expect((await acts.find(cast.author, first.id))?.revision.standing).toBe('SUPERSEDED');
  });

  test('while another request is pending, what is in force stays so', async () => {
    const name = newName();
    const first = await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE });
    await requested(name, HIGH);
    expect((await acts.export(cast.deployer, name)).headers['etag']).toBe(`"${first.revision.digest}"`);
  });

  test('its time runs out', async () => {
    const name = newName();
    await acts.inForce(cast.author, [cast.approver], { name, ...MODERATE, expiresInDays: 2 });
    const answer = await acts.export(cast.deployer, name, 'docker-run', { accept: 'application/json' });
    const { expiresAt } = answer.json() as { expiresAt: string };
    expect(new Date(expiresAt).getTime() - app.clock.now().getTime()).toBeGreaterThan(2 * DAY - 60_000);
    app.clock.advance(2 * DAY - 60_000);
    expect((await acts.export(cast.deployer, name)).status).toBe(200);
    app.clock.advance(60_000);
    const late = await acts.export(cast.deployer, name);
    expect([late.status, late.code]).toEqual([410, 'PROFILE_EXPIRED']);
    expect((await acts.revoke(cast.approver, name)).code).toBe('PROFILE_EXPIRED');
    const query = `{ profile(team: "${TEAM}", name: "${name}") { standing approved { number } } }`;
    expect((await app.gql(cast.author, query)).ok()).toEqual({ profile: { standing: 'EXPIRED', approved: null } });
  });
});

describe('how a request ends without an approval', () => {
  test('one rejection closes it, whatever approvals it has', async () => {
    const name = newName();
    const request = await requested(name, HIGH);
    (await acts.review(cast.approver, request)).ok();
    const { changeRequest } = (await acts.review(cast.secondApprover, request, 'REJECT', 'too much')).ok();
    expect(changeRequest).toMatchObject({ state: 'REJECTED', revision: { standing: 'NOT_APPROVED' } });
    expect((await acts.review(cast.owner, request)).code).toBe('REQUEST_CLOSED');
    expect((await acts.export(cast.deployer, name)).code).toBe('PROFILE_NOT_APPROVED');
  });

  test.each(['author', 'maintainer', 'owner'] as const)('its %s takes it back', async (role) => {
    const name = newName();
    const request = await requested(name);
    expect((await acts.withdraw(cast[role], request.id)).ok().changeRequest.state).toBe('WITHDRAWN');
    expect((await acts.review(cast.approver, request)).code).toBe('REQUEST_CLOSED');
    expect((await acts.amend(cast.author, request.id)).code).toBe('REQUEST_CLOSED');
    expect((await acts.withdraw(cast.author, request.id)).code).toBe('REQUEST_CLOSED');
    expect((await requested(name)).revision.number).toBe(2);
  });

  test.each(['colleague', 'approver', 'outsider', 'deployer'] as const)('the %s does not', async (role) => {
    const request = await requested(newName());
    expect((await acts.withdraw(cast[role], request.id)).code).toBe('FORBIDDEN');
    expect((await acts.find(cast.author, request.id))?.state).toBe('PENDING');
  });
});

describe('amending', () => {
  test('another meaning voids the reviews given so far', async () => {
    const request = await requested(newName(), HIGH);
    (await acts.review(cast.approver, request)).ok();
    const { changeRequest } = (await acts.amend(cast.author, request.id, CRITICAL)).ok();
    expect(changeRequest).toMatchObject({
      state: 'PENDING',
      revision: { number: 2 },
      reviews: [{ revision: 1, standing: false }],
    });
    expect((await acts.review(cast.secondApprover, request)).code).toBe('STALE_DIGEST');
    (await acts.review(cast.secondApprover, changeRequest)).ok();
    expect((await acts.find(cast.author, request.id))?.state).toBe('PENDING');
    expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
  });

  test('the same meaning in other words keeps them', async () => {
    const request = await requested(newName(), HIGH);
    (await acts.review(cast.approver, request)).ok();
    const { changeRequest } = (
      await acts.amend(cast.author, request.id, { add: ['cap_net_admin', 'NET_ADMIN'], drop: ['all'] })
    ).ok();
    expect(changeRequest.revision).toEqual(request.revision);
    expect(changeRequest.reviews).toMatchObject([{ standing: true }]);
    expect(changeRequest.justification).toBe('it serves the web, better');
    expect((await acts.review(cast.secondApprover, request)).ok().changeRequest.state).toBe('APPROVED');
  });

  test('there and back again does not revive old reviews', async () => {
    const request = await requested(newName(), HIGH);
    (await acts.review(cast.approver, request)).ok();
    (await acts.amend(cast.author, request.id, CRITICAL)).ok();
    const { changeRequest } = (await acts.amend(cast.author, request.id, HIGH)).ok();
    expect(changeRequest.revision).toMatchObject({ number: 3, digest: request.revision.digest });
    expect(changeRequest.reviews).toMatchObject([{ revision: 1, standing: false }]);
    expect((await acts.review(cast.secondApprover, changeRequest)).ok().changeRequest.state).toBe('PENDING');
    expect((await acts.review(cast.approver, changeRequest)).ok().changeRequest.state).toBe('APPROVED');
  });

  test('the policy is asked again', async () => {
    const request = await requested(newName(), MODERATE);
    expect(request.requiredApprovals).toBe(1);
    expect((await acts.amend(cast.author, request.id, HIGH)).ok().changeRequest.requiredApprovals).toBe(2);
    expect((await acts.amend(cast.author, request.id, { privileged: true })).code).toBe('FORBIDDEN');
  });

  test.each(['colleague', 'maintainer', 'owner', 'approver', 'outsider'] as const)(
    'is not for the %s',
    async (role) => {
      const request = await requested(newName());
      expect((await acts.amend(cast[role], request.id, HIGH)).code).toBe('FORBIDDEN');
      expect(await acts.find(cast.author, request.id)).toEqual(request);
    },
  );
});

describe('what it takes', () => {
  test.each([
    ['none', { drop: ['ALL'] }, 1],
    ['low or moderate', MODERATE, 1],
    ['the default of the runtime', {}, 1],
    ['high', HIGH, 2],
    ['critical', CRITICAL, 2],
  ])('%s: so many approvals', async (_tier, wish, approvals) => {
    const request = await requested(newName(), wish);
    expect(request.requiredApprovals).toBe(approvals);
    for (const reviewer of [cast.approver, cast.secondApprover].slice(0, approvals)) {
      expect((await acts.find(cast.author, request.id))?.state).toBe('PENDING');
      (await acts.review(reviewer, request)).ok();
    }
    expect((await acts.find(cast.author, request.id))?.state).toBe('APPROVED');
  });

  test('nobody approves a privileged profile', async () => {
    const answer = await acts.request(cast.author, { name: newName(), privileged: true });
    expect(answer.code).toBe('FORBIDDEN');
    expect(answer.errors[0]?.message).toMatch(/privileged/);
  });

  test.each([
    [{ add: ['NET_ADMIN'], drop: ['net_admin'] }, 'spec.add.0'],
    [{ add: ['CHOWN', 'ALL'], drop: ['ALL'] }, 'spec.add.1'],
    [{ privileged: true, add: ['CHOWN'] }, 'spec.privileged'],
  ])('a contradictory request is refused: %j', async (wish, path) => {
    const answer = await acts.request(cast.author, { name: newName(), ...wish });
    expect(answer.code).toBe('CONTRADICTORY_SPEC');
    expect(answer.errors[0]?.extensions.issues).toEqual([{ path, message: expect.any(String) }]);
  });

  test('a second request for the same profile waits for the first', async () => {
    const name = newName();
    await requested(name);
    expect((await acts.request(cast.colleague, { name })).code).toBe('REQUEST_PENDING');
  });
});
