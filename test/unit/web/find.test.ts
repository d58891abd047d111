import { describe, expect, test } from '@jest/globals';
import { find } from '../../../src/web/request/find.ts';
import { needsNothing } from '../../../src/web/request/needs-nothing.ts';

const found = (text: string): readonly string[] => find(text).map(({ id }) => id);

describe('what a program does is found by its words', () => {
  test.each([
    ['ping', ['send-ping', 'CAP_NET_RAW']],
    ['I need to ping', ['send-ping', 'CAP_NET_RAW']],
    ['It must be able to change the routing table', ['change-routes']],
    ['port 80', ['bind-low-port']],
    ['21', ['CAP_SYS_ADMIN']],
    ['NET_ADMIN', ['CAP_NET_ADMIN']],
    ['mount', ['mount-filesystem', 'CAP_SYS_ADMIN', 'create-namespaces']],
    ['tcpdump', ['capture-traffic']],
    ['docker in docker', ['create-namespaces']],
    ['kill', ['CAP_KILL', 'signal-any-process']],
    ['asdfgh', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ['su', 'become-any-user'],
    ['set the clock', 'set-clock'],
    ['change file owner', 'change-file-owner'],
    ['read any file', 'read-any-file'],
    ['vpn', 'create-tunnel-device'],
  ])('%s first finds %s', (text, expected) => {
    expect(found(text)[0]).toBe(expected);
  });

  test('words that are all around others are looked for where there are no others', () => {
    expect(found('to a host')).toEqual(found('host'));
    expect(found('to')).not.toEqual([]);
  });
});

describe('what every program may do is said to need nothing', () => {
  test.each([
    ['port 8080', 'A port from 1024 up'],
    ['listen on port 3000', 'A port from 1024 up'],
    ['8080', 'A port from 1024 up'],
    ['connect to a database', 'Connecting to something'],
    ['open a socket', 'Ordinary TCP and UDP sockets'],
    ['tcp', 'Ordinary TCP and UDP sockets'],
    ['write files', 'Reading and writing files'],
    ['read its config file', 'Reading and writing files'],
    ['gpu', 'A GPU is handed in'],
  ])('%s', (text, answer) => {
    expect(needsNothing(text)).toContain(answer);
  });

  test.each([
    'port 80',
    'port 443',
    'raw socket',
    'read any file',
    'write files of other users',
    '21',
    'port 99999',
    '',
  ])('but not: %s', (text) => {
    expect(needsNothing(text)).toBeUndefined();
  });
});
