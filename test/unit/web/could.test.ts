import { describe, expect, test } from '@jest/globals';
import { couldOf } from '../../../src/web/request/could.ts';
import { previewOf } from '../../../src/web/request/preview.ts';

function could(add: readonly string[], sought: readonly string[]) {
  const preview = previewOf({ runtime: 'docker', add, drop: ['ALL'], privileged: false, noNewPrivileges: false });
  if (!preview.ok) throw new Error(preview.refusal.message);
  const { sought: first, besides, maybe } = couldOf(preview.operations, add, sought);
  const ids = (answers: typeof first) => answers.map(({ operation }) => operation.id);
  return { sought: ids(first), besides: ids(besides), maybe: ids(maybe) };
}

describe('what a container could do', () => {
  test('begins with what was looked for, whatever it hangs on', () => {
    const { sought, besides, maybe } = could(['SYS_ADMIN'], ['mount-filesystem']);
    expect(sought).toEqual(['mount-filesystem']);
    expect(besides).toEqual(['create-namespaces', 'set-hostname']);
    expect(maybe).toContain('enter-namespaces');
  });

  test('hides nothing of a capability that was added by its name', () => {
    const { sought, besides, maybe } = could(['cap_sys_admin'], []);
    expect(sought).toEqual([]);
    expect(besides).toEqual(expect.arrayContaining(['mount-filesystem', 'enter-namespaces', 'set-hostname']));
    expect(maybe).toContain('bind-low-port');
  });

  test('forgets what was looked for once its capability is out', () => {
    expect(could([], ['mount-filesystem', 'read-host-disk']).sought).toEqual([]);
  });
});
