import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { toNames } from '../../../src/engine/cap-set.ts';
import { dockerRun } from '../../../src/formats/docker-run.ts';
import { arbitraryGrant } from './arbitrary-grant.ts';

test('a real shell splits the line into exactly the flags of the grant', () => {
  fc.assert(
    fc.property(fc.array(arbitraryGrant('docker'), { minLength: 40, maxLength: 60 }), (grants) => {
      const script = grants.map((grant) => `printf '%s\\n' ${dockerRun.render(grant)} --end\n`).join('');
      const printed = execFileSync('sh', ['-s'], { input: script, encoding: 'utf8' });
      const expected = grants.flatMap(({ sets, user, noNewPrivileges }) => [
        '--cap-drop=ALL',
        ...toNames(sets.bounding).map((name) => `--cap-add=${name.replace(/^CAP_/, '')}`),
        ...(user === undefined ? [] : [`--user=${user}`]),
        ...(noNewPrivileges ? ['--security-opt=no-new-privileges'] : []),
        '--end',
      ]);
      expect(printed.split('\n').slice(0, -1)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});
