import { describe, expect, test } from '@jest/globals';
import { completeLockfile, type Lockfile, lockfileProblems } from '../../scripts/lockfile.ts';

const LOCK: Lockfile = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: {
        '@tool/linux-x64': '2.0.0',
        '@tool/darwin-arm64': '2.0.0',
        '@tool/core-linux-arm64-musl': '2.0.0',
        '@tool/core-linux-arm-gnueabihf': '2.0.0',
      },
    },
    'node_modules/tool/node_modules/@tool/linux-x64': { version: '2.0.0', optional: true },
  },
};

describe('a lock that npm wrote without the packages of other platforms', () => {
  test('is refused, with the names', () => {
    expect(lockfileProblems(LOCK)).toEqual([
      expect.stringContaining('@tool/darwin-arm64 is missing'),
      expect.stringContaining('@tool/core-linux-arm64-musl is missing'),
      expect.stringContaining('@tool/core-linux-arm-gnueabihf is missing'),
    ]);
  });

  test('is completed with their platforms, in order, and then in order it is', () => {
    const complete = completeLockfile(LOCK);
    expect(lockfileProblems(complete)).toEqual([]);
    expect(Object.keys(complete.packages)).toEqual([
      '',
      'node_modules/@tool/core-linux-arm-gnueabihf',
      'node_modules/@tool/core-linux-arm64-musl',
      'node_modules/@tool/darwin-arm64',
      'node_modules/tool',
      'node_modules/tool/node_modules/@tool/linux-x64',
    ]);
    const added = { version: '2.0.0', dev: true, optional: true };
    expect(complete.packages).toMatchObject({
      'node_modules/@tool/core-linux-arm-gnueabihf': { ...added, os: ['linux'], cpu: ['arm'], libc: ['glibc'] },
      'node_modules/@tool/core-linux-arm64-musl': { ...added, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      'node_modules/@tool/darwin-arm64': { ...added, os: ['darwin'], cpu: ['arm64'] },
    });
    expect(completeLockfile(complete)).toEqual(complete);
  });

  test('is not completed by guessing', () => {
    const lock = { packages: { 'node_modules/tool': { optionalDependencies: { fsevents: '1.0.0' } } } };
    expect(() => completeLockfile(lock)).toThrow('fsevents is not in the lock and its name tells no platform');
  });
});

test('a lock that names a host is refused', () => {
  const resolved = 'https://registry.example/tool.tgz';
  expect(lockfileProblems({ packages: { '': {}, 'node_modules/tool': { resolved } } })).toEqual([
    `node_modules/tool names a host: ${resolved}`,
  ]);
});
