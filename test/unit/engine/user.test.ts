import { expect, test } from '@jest/globals';
import { isRootUser } from '../../../src/engine/user.ts';

test.each([undefined, '', 'root', '0', '00', '+0', '-0', '0:5', ':5', 'root:users', '000000000000000000000', ':'])(
  '%j is root',
  (user) => expect(isRootUser('docker', user)).toBe(true),
);

test.each(['1000', '1000:0', 'Root', 'toor', ' 0', '0 ', '0x0', '0_0', '٠', '1:root', '+', '-', '+-0', 'root ', '0.0'])(
  '%j is not root',
  (user) => expect(isRootUser('docker', user)).toBe(false),
);
