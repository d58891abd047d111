import { describe, expect, test } from '@jest/globals';
import { type Actor, ORG_ROLES, type OrgRole } from '../../../src/access/actor.ts';
import { effectiveScopes, maintains, seesTeam, seesWholeHistory, worksFor } from '../../../src/access/permissions.ts';
import { SCOPES, type Scope } from '../../../src/access/scope.ts';

function actorWith(change: Partial<Actor> & { scopes?: readonly Scope[]; limitedTo?: readonly string[] } = {}): Actor {
  const { scopes = SCOPES, limitedTo = [], ...rest } = change;
  return {
    orgId: 'o',
    memberId: 'm',
    personId: 'm',
    kind: 'HUMAN',
    login: 'm@example.com',
    orgRole: 'MEMBER',
    teams: new Map(),
    credential: {
      kind: 'API',
      tokenId: 't',
      mintedBy: 'm',
      mintedByPersonId: 'm',
      scopes: new Set(scopes),
      teamIds: new Set(limitedTo),
    },
    ...rest,
  };
}

/** What each role can do with a token of every scope. */
const HUMAN: Record<OrgRole, readonly Scope[]> = {
  OWNER: ['profiles:read', 'profiles:export', 'requests:write', 'requests:review', 'audit:read', 'admin'],
  APPROVER: ['profiles:read', 'profiles:export', 'requests:write', 'requests:review', 'audit:read', 'admin'],
  AUDITOR: ['profiles:read', 'audit:read', 'admin'],
  MEMBER: ['profiles:read', 'profiles:export', 'requests:write', 'audit:read', 'admin'],
};

describe('scopes', () => {
  test.each(ORG_ROLES)('%s: what the role carries, and never more than the token', (orgRole) => {
    expect(effectiveScopes(actorWith({ orgRole }))).toEqual(HUMAN[orgRole]);
    for (const scope of SCOPES) {
      const expected = HUMAN[orgRole].includes(scope) ? [scope] : [];
      expect(effectiveScopes(actorWith({ orgRole, scopes: [scope] }))).toEqual(expected);
    }
  });

  test.each(ORG_ROLES)('software neither decides nor administers, even as %s', (orgRole) => {
    const scopes = effectiveScopes(actorWith({ kind: 'SERVICE', orgRole }));
    expect(scopes).not.toContain('requests:review');
    expect(scopes).not.toContain('admin');
  });
});

describe('teams', () => {
  const member = { teams: new Map([['mine', 'MEMBER'] as const]) };
  const maintainer = { teams: new Map([['mine', 'MAINTAINER'] as const]) };

  test.each([
    ['a member', member, [true, false, false, false]],
    ['a maintainer', maintainer, [true, true, false, false]],
    ['an owner', { orgRole: 'OWNER' as const }, [true, true, true, true]],
    ['an approver', { orgRole: 'APPROVER' as const }, [false, false, false, false]],
    [
      'a maintainer with a token for another team',
      { ...maintainer, limitedTo: ['other'] },
      [false, false, false, false],
    ],
    [
      'an owner with a token for one team',
      { orgRole: 'OWNER' as const, limitedTo: ['mine'] },
      [true, true, false, false],
    ],
    ['software made for it', { kind: 'SERVICE' as const, limitedTo: ['mine'] }, [true, false, false, false]],
    ['software made for nothing', { kind: 'SERVICE' as const }, [false, false, false, false]],
  ])('%s', (_who, change, expected) => {
    const actor = actorWith(change);
    expect([
      worksFor(actor, 'mine'),
      maintains(actor, 'mine'),
      worksFor(actor, 'other'),
      maintains(actor, 'other'),
    ]).toEqual(expected);
  });

  test('a token for some teams sees those, and one for none in particular sees all', () => {
    expect(seesTeam(actorWith({ limitedTo: ['mine'] }), 'mine')).toBe(true);
    expect(seesTeam(actorWith({ limitedTo: ['mine'] }), 'other')).toBe(false);
    expect(seesTeam(actorWith(), 'other')).toBe(true);
  });

  test('the whole history is for those who stand over the teams, with a token for all of them', () => {
    expect(ORG_ROLES.filter((orgRole) => seesWholeHistory(actorWith({ orgRole })))).toEqual([
      'OWNER',
      'APPROVER',
      'AUDITOR',
    ]);
    expect(seesWholeHistory(actorWith({ orgRole: 'OWNER', limitedTo: ['mine'] }))).toBe(false);
  });
});
