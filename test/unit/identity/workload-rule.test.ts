import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fits, matchedClaims, namesOwner } from '../../../src/identity/workload-rule.ts';

describe('whose a workload is', () => {
  test.each([
    ['repository', 'acme/web'],
    ['repository', 'acme/*'],
    ['repository', 'acme/**'],
    ['repository_owner', 'acme'],
    ['repository_id', '1234'],
    ['project_path', 'acme/shop/*'],
    ['organization_slug', 'acme'],
    ['sub', 'repo:acme/web:ref:refs/heads/main'],
    ['sub', 'repo:acme/*:**'],
    ['sub', 'project_path:acme/**'],
    ['sub', 'organization:acme:pipeline:*'],
    ['sub', 'system:serviceaccount:shop:*'],
    ['sub', 'sc://acme/shop/*'],
    ['sub', '117'],
  ])('%s %s says so', (claim, pattern) => {
    expect(namesOwner({ claim, pattern })).toBe(true);
  });

  test.each([
    ['repository', '**'],
    ['repository', '**/**'],
    ['repository', '*/web'],
    ['repository', 'acme*/web'],
    ['repository', 'acme*'],
    ['repository_owner', 'acme-*'],
    ['repository_id', '12*'],
    ['sub', '**'],
    ['sub', 'repo:**'],
    ['sub', 'repo:*/*:**'],
    ['sub', 'repo:acme*/web:**'],
    ['sub', 'repo:acme*'],
    ['sub', 'repo:'],
    ['sub', 're*:acme/web'],
    ['sub', 'system:serviceaccount:**'],
    ['sub', 'sc://*/shop'],
    ['iss', 'https://token.actions.githubusercontent.com'],
    ['aud', 'capward'],
    ['ref', 'refs/heads/main'],
    ['event_name', 'push'],
    ['job_workflow_ref', 'acme/web/.github/workflows/deploy.yml@refs/heads/main'],
  ])('%s %s does not', (claim, pattern) => {
    expect(namesOwner({ claim, pattern })).toBe(false);
  });
});

describe('a pattern', () => {
  test.each([
    ['acme/web', 'acme/web', true],
    ['acme/web', 'acme/web2', false],
    ['acme/web', 'xacme/web', false],
    ['acme/*', 'acme/web', true],
    ['acme/*', 'acme/', true],
    ['acme/*', 'acme/web/evil', false],
    ['acme/*', 'acme-evil/web', false],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/web:ref:refs/heads/main', true],
    ['repo:acme/*:ref:refs/heads/main', 'repo:acme/web:pull_request:ref:refs/heads/main', false],
    ['repo:acme/web:**', 'repo:acme/web:ref:refs/heads/x', true],
    ['refs/heads/release-*', 'refs/heads/release-1.2', true],
    ['refs/heads/release-*', 'refs/heads/release-1/2', false],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxcyyb', false],
    ['a.c', 'abc', false],
    ['(a)+[b]$', '(a)+[b]$', true],
    ['', '', true],
  ])('%s: %s is %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  test('without a star is that text and no other', () => {
    const text = fc.string({ maxLength: 20 }).filter((one) => !one.includes('*'));
    fc.assert(fc.property(text, text, (pattern, other) => expect(fits(pattern, other)).toBe(pattern === other)));
  });

  test('takes no time that grows with its stars', () => {
    // One that tried every way would not come to an end.
    expect(fits('a*'.repeat(120), `${'a'.repeat(999)}b!`.slice(0, 1_000))).toBe(true);
    expect(fits(`${'a*'.repeat(120)}c`, 'a'.repeat(1_000))).toBe(false);
  });
});

describe('claims', () => {
  const rule = { claims: [{ claim: 'repository', pattern: 'acme/web' }] };
  test.each([
    [{ repository: 'acme/web', ref: 'x' }, { repository: 'acme/web' }],
    [{ repository: ['acme/web'] }, undefined],
    [{ repository: { acme: 'web' } }, undefined],
    [{ repository: true }, undefined],
    [{}, undefined],
  ])('%j', (token, matched) => {
    expect(matchedClaims(rule, token)).toEqual(matched);
  });

  test('that ask for nothing fit nobody', () => {
    expect(matchedClaims({ claims: [] }, { sub: 'x' })).toBeUndefined();
  });

  test('are the token’s own', () => {
    const inherited = { claims: [{ claim: 'toString', pattern: '**' }] };
    expect(matchedClaims(inherited, {})).toBeUndefined();
  });
});
