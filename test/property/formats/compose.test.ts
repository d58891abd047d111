import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { toNames } from '../../../src/engine/cap-set.ts';
import { compose } from '../../../src/formats/compose.ts';
import { arbitraryGrant } from './arbitrary-grant.ts';

interface ComposeFile {
  services: Record<
    string,
    { cap_drop: string[]; cap_add: string[]; user?: string; security_opt?: string[]; privileged: boolean }
  >;
}

const profileName = fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/);

test.each(['1.1', '1.2'] as const)('a YAML %s reader gets the sets, the user and the flag back', (version) => {
  fc.assert(
    fc.property(arbitraryGrant('docker'), profileName, (grant, profile) => {
      const file: ComposeFile = parse(compose.render({ ...grant, profile }), { version });
      const [[name, service] = []] = Object.entries(file.services);
      expect(name).toBe(profile);
      expect(service?.cap_drop).toEqual(['ALL']);
      expect(service?.cap_add.map((word) => `CAP_${word}`)).toEqual(toNames(grant.sets.bounding));
      expect(service?.user?.replaceAll('$$', '$')).toBe(grant.user);
      expect(service?.security_opt).toEqual(grant.noNewPrivileges ? ['no-new-privileges:true'] : undefined);
      expect(service?.privileged).toBe(false);
    }),
  );
});
