import { describe, expect, test } from '@jest/globals';
import { IMPORT_IDS, type ImportId, importContainers } from '../../../src/formats/import/imports.ts';
import { LIMITS } from '../../../src/formats/syntax/limits.ts';
import { thrownBy } from './thrown-by.ts';

/** What an import of one file answers: the code of its refusal, or how many containers it found. */
function answer(id: ImportId, content: string | Uint8Array): unknown {
  try {
    return importContainers(id, { files: [{ name: 'file', content }] }).length;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** Ten levels of ten aliases each. */
function aliasBomb(first: string, item: (alias: string) => string): string {
  const levels = [`x0: &a0 ${first}`];
  for (let level = 1; level <= 10; level += 1)
    levels.push(`x${level}: &a${level} ${item(Array.from({ length: 10 }, () => `*a${level - 1}`).join(', '))}`);
  return levels.join('\n');
}

describe('every reader', () => {
  const huge = new Uint8Array(50 * 1024 * 1024);

  test.each(IMPORT_IDS)('%s refuses 50 MB by its size alone', (id) => {
    expect(answer(id, huge)).toBe('PAYLOAD_TOO_LARGE');
    expect(answer(id, ' '.repeat(LIMITS.bytes + 1))).toBe('PAYLOAD_TOO_LARGE');
  });

  test.each(IMPORT_IDS)('%s refuses what is not UTF-8', (id) => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]])
      expect(answer(id, new Uint8Array(bytes))).toBe('INVALID_INPUT');
  });

  test.each(IMPORT_IDS)('%s refuses too many files, and none', (id) => {
    const files = Array.from({ length: LIMITS.files + 1 }, (_, index) => ({ name: `file ${index}`, content: '' }));
    expect(thrownBy(() => importContainers(id, { files }))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(thrownBy(() => importContainers(id, { files: [] }))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

/** Lines that differ by their level, from the last when `step` is negative. */
function numbered(line: string, count: number, step = 1): string {
  const lines = Array.from({ length: count }, (_, level) => `${line}${level}\n`);
  return (step > 0 ? lines : lines.toReversed()).join('');
}

describe('nesting', () => {
  const deep = 100_000;
  test.each<[ImportId, string]>([
    ['kubernetes', '['.repeat(deep)],
    ['kubernetes', '- '.repeat(deep)],
    ['kubernetes', '? '.repeat(deep)],
    ['kubernetes', `${'{a: '.repeat(deep)}1${'}'.repeat(deep)}`],
    ['compose', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['ecs', '['.repeat(deep)],
    ['oci', '{"a":'.repeat(deep)],
    ['nomad', 'a {\n'.repeat(deep)],
    ['nomad', `a = ${'['.repeat(deep)}`],
    ['nomad', `a = ${'('.repeat(deep)}`],
    ['docker-run', `docker run ${'$('.repeat(deep)}`],
    ['docker-run', `docker run ${'`$('.repeat(deep)}`],
    ['docker-run', `${numbered('bash <<E', 20)}docker run x\n${numbered('E', 20, -1)}`],
    ['nomad', `{"TaskGroups":${'['.repeat(deep)}`],
    ['ecs', `Resources: ${'{a: '.repeat(deep)}`],
  ])('%s is refused: %#', (id, content) => {
    expect(answer(id, content)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('up to the limit it is read', () => {
    const levels = LIMITS.depth - 2;
    expect(answer('kubernetes', `a: ${'['.repeat(levels)}${']'.repeat(levels)}`)).toBe(0);
    expect(answer('nomad', `${'a {\n'.repeat(levels)}${'}\n'.repeat(levels)}`)).toBe(0);
  });
});

describe('aliases and merges', () => {
  test('an alias bomb that no container hangs on costs nothing', () => {
    const bomb = aliasBomb('[x, x]', (aliases) => `[${aliases}]`);
    expect(answer('compose', `${bomb}\nservices: { a: { image: x } }`)).toBe(1);
  });

  test('a bomb of lists of objects is stopped', () => {
    const bomb = aliasBomb('{ kind: List, items: [] }', (aliases) => `{ kind: List, items: [${aliases}] }`);
    expect(answer('kubernetes', `${bomb}\nkind: List\nitems: [*a10]`)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('a bomb of containers is stopped', () => {
    const pod = '{ kind: Pod, spec: { containers: [{ name: a }] } }';
    const bomb = aliasBomb(pod, (aliases) => `{ kind: List, items: [${aliases}] }`);
    expect(answer('kubernetes', `${bomb}\nkind: List\nitems: [*a10]`)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('a bomb of merges is stopped', () => {
    const keys = Array.from({ length: 2_000 }, (_, index) => `k${index}: 1`).join(', ');
    const merges = Array.from({ length: 2_000 }, (_, index) => `m${index}: { <<: *a }`).join('\n');
    expect(answer('compose', `x: &a { ${keys} }\n${merges}`)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('long lists under many services are stopped', () => {
    const words = Array.from({ length: LIMITS.capabilities }, (_, index) => `C${index}`).join(', ');
    const services = Array.from({ length: 5_000 }, (_, index) => `  s${index}: { cap_add: *a }`).join('\n');
    expect(answer('compose', `x: &a [${words}]\nservices:\n${services}`)).toBe('PAYLOAD_TOO_LARGE');
  });

  test('services that extend one another without end are stopped', () => {
    const chain = Array.from({ length: 500 }, (_, index) => `  s${index}: { extends: s${index + 1} }`).join('\n');
    expect(answer('compose', `services:\n${chain}\n  s500: {}`)).toBe('PAYLOAD_TOO_LARGE');
  });
});

describe('scripts in scripts', () => {
  test('parts that are read again and again are stopped', () => {
    const text = `${'x'.repeat(3_500_000)} docker run a`;
    expect(answer('docker-run', `${numbered('bash <<E', 10)}${text}\n${numbered('E', 10, -1)}`)).toBe(
      'PAYLOAD_TOO_LARGE',
    );
  });

  test('a text that looks like commands all over takes linear time', () => {
    expect(answer('docker-run', `bash -c '${'docker '.repeat(500_000)}'`)).toBe(0);
  });

  test.each(['((', '((<<', '$((a', '$((1<<', '((1))', '$( ', '`a', '"$(', '${', '<<<'])(
    'four megabytes of %j are answered in linear time',
    (piece) => {
      const used = process.cpuUsage().user;
      answer('docker-run', piece.repeat(LIMITS.bytes / piece.length - 1));
      expect(process.cpuUsage().user - used).toBeLessThan(8_000_000);
    },
  );

  test('very many here-documents are read, and named once when they do not end', () => {
    expect(answer('docker-run', `cat ${'<<E '.repeat(50_000)}\n${'E\n'.repeat(50_000)}docker run a`)).toBe(1);
    expect(answer('docker-run', `cat ${'<<E '.repeat(50_000)}\n${'x\n'.repeat(50_000)}`)).toBe('INVALID_INPUT');
  });

  test('very many substitutions are read', () => {
    expect(answer('docker-run', '`docker run a` $(docker run b) '.repeat(4_000))).toBe(8_000);
  });
});

describe('counts', () => {
  test.each<[ImportId, string, string]>([
    ['kubernetes', 'documents', '---\na: b\n'.repeat(LIMITS.documents + 1)],
    ['oci', 'values', '1 '.repeat(LIMITS.documents + 1)],
    ['kubernetes', 'lexemes', `[${'a,'.repeat(LIMITS.lexemes / 2)}]`],
    ['kubernetes', 'containers', `spec: { containers: [${'{},'.repeat(LIMITS.containers + 1)}] }`],
    [
      'compose',
      'services',
      `services: {${Array.from({ length: LIMITS.containers + 1 }, (_, i) => `s${i}: {}`).join(',')}}`,
    ],
    ['docker-inspect', 'containers', `[${'{},'.repeat(LIMITS.containers)}{}]`],
    ['ecs', 'containers', `{"containerDefinitions":[${'{},'.repeat(LIMITS.containers)}{}]}`],
    ['nomad', 'tasks in JSON', `{"TaskGroups":[{"Tasks":[${'{},'.repeat(LIMITS.containers)}{}]}]}`],
    [
      'ecs',
      'containers of a template',
      `Resources: { a: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [${'{},'.repeat(LIMITS.containers + 1)}] } } }`,
    ],
    ['nomad', 'tasks', 'task "t" {\n}\n'.repeat(LIMITS.containers + 1)],
    ['docker-run', 'commands', 'docker run x\n'.repeat(LIMITS.containers + 1)],
  ])('%s refuses too many %s', (id, _what, content) => {
    expect(answer(id, content)).toBe('PAYLOAD_TOO_LARGE');
  });

  test.each<[ImportId, string]>([
    ['kubernetes', `securityContext: { capabilities: { add: [${'A,'.repeat(LIMITS.capabilities + 1)}] } }`],
    [
      'compose',
      `services: { a: { cap_add: [${Array.from({ length: LIMITS.capabilities + 1 }, (_, i) => `A${i}`).join(',')}] } }`,
    ],
    ['docker-api', `{"HostConfig":{"CapAdd":[${'"A",'.repeat(LIMITS.capabilities)}"A"]}}`],
    ['nomad', `task "t" {\nconfig {\ncap_add = [${'"a",'.repeat(LIMITS.capabilities + 1)}]\n}\n}`],
    ['quadlet', `[Container]\nAddCapability=${'A '.repeat(LIMITS.capabilities + 1)}`],
    ['compose', `services: { a: { user: "$${'x'.repeat(LIMITS.word)}" } }`],
    ['docker-run', `docker run ${'--cap-add A '.repeat(LIMITS.capabilities + 1)} x`],
    ['podman-run', `podman run --cap-drop ${'A,'.repeat(LIMITS.capabilities + 1)} x`],
    ['docker-run', `docker run --user ${'1'.repeat(LIMITS.word + 1)} x`],
    [
      'kubernetes',
      `{ kind: Pod, metadata: { name: ${'p'.repeat(LIMITS.word)} }, spec: { containers: [{ name: c }] } }`,
    ],
  ])('%s refuses lists and words longer than anything real: %#', (id, content) => {
    expect(answer(id, content)).toBe('INVALID_INPUT');
  });

  test('of very many warnings the first are kept', () => {
    const content = `[Service]\n${'ExecStart=+x\n'.repeat(LIMITS.warnings + 1)}`;
    const [container] = importContainers('systemd', { files: [{ name: 'file', content }] });
    expect(container?.warnings).toHaveLength(LIMITS.warnings);
  });
});
