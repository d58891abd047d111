import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { registerImport } from '../../../src/cli/import.ts';
import { answerContainer, exceeds } from '../../../src/cli/import-answer.ts';
import { renderContainers } from '../../../src/cli/import-text.ts';
import { onOneLine, shownJson } from '../../../src/cli/terminal-text.ts';
import { detectImport } from '../../../src/formats/import/detect.ts';
import { importContainers } from '../../../src/formats/import/imports.ts';

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: main
          image: x
          securityContext:
            runAsUser: 1000
            capabilities: {drop: ["ALL"], add: ["NET_BIND_SERVICE"]}
        - name: debug
          image: x
          securityContext: {privileged: true}
`;

function answers() {
  return importContainers('kubernetes', { files: [{ name: 'shop.yaml', content: MANIFEST }] }).map(answerContainer);
}

describe('capward import', () => {
  test('says of each container where it stands and what it gets', () => {
    const [main, debug] = answers();
    expect(main?.position).toEqual({ file: 'shop.yaml', line: 8, column: 11 });
    expect(main?.result).toMatchObject({ bounding: ['CAP_NET_BIND_SERVICE'], effective: [] });
    expect(debug?.result).toMatchObject({ risk: { tier: 'privileged' } });
  });

  test('measures containers against the highest tier that is all right', () => {
    expect(answers().map((answer) => exceeds(answer, 'low'))).toEqual([false, true]);
    expect(answers().map((answer) => exceeds(answer, undefined))).toEqual([false, false]);
  });

  test('counts a container that its runtime refuses as too much', () => {
    const file = { name: 'run.sh', content: 'docker run --cap-add FOO alpine' };
    const [answer] = importContainers('docker-run', { files: [file] }).map(answerContainer);
    expect(answer?.result).toMatchObject({ error: { code: 'UNKNOWN_CAPABILITY' } });
    expect(answer !== undefined && exceeds(answer, 'privileged')).toBe(true);
  });

  test('tells people which container is above the tier', () => {
    const text = renderContainers(answers(), 'high');
    expect(text).toContain('shop.yaml:8:11: Deployment/shop/main (containerd)\n  risk 3.1 of 100, low\n');
    expect(text).toContain('risk 100.0 of 100, privileged, above high');
    expect(renderContainers([], undefined)).toBe('');
  });
});

describe('for a terminal', () => {
  const HOSTILE = 'a\u001b]0;pwned\u0007\n\u202erisk 0\u009b2J';

  test('what stands in JSON is the same value, and does nothing to a terminal', () => {
    const value = { [HOSTILE]: ['\u{e0001}\u007f é ☕', { deep: '\u2066' }] };
    for (const indent of [undefined, 2]) {
      const text = shownJson(value, indent);
      expect(JSON.parse(text)).toEqual(value);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(text).toContain('é ☕');
    }
  });

  test('names out of files cannot do anything', () => {
    const services = JSON.stringify({ services: { [HOSTILE]: { image: 'x', cap_add: [HOSTILE], user: HOSTILE } } });
    const files = [{ name: `dir/my ${HOSTILE}.yml`, content: services }];
    const text = renderContainers(importContainers('compose', { files }).map(answerContainer), undefined);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.split('\n')[0]).toBe(
      String.raw`"dir/my a\x1b]0;pwned\a\n\u202erisk 0\u009b2J.yml":1:14: "a\x1b]0;pwned\a\n\u202erisk 0\u009b2J" (docker)`,
    );
  });

  test('what somebody else wrote stays on one line', () => {
    expect(onOneLine('x\rcapward: approved\n::add-mask::secret\u202e\u2066')).toBe(
      String.raw`x capward: approved ::add-mask::secret\u{202e}\u{2066}`,
    );
    expect(onOneLine('grün – 承認')).toBe('grün – 承認');
  });
});

describe('what a file is', () => {
  test.each([
    ['web.container', '', 'quadlet'],
    ['web.service', '', 'systemd'],
    ['shop.nomad.hcl', '', 'nomad'],
    ['deploy/docker-compose.prod.yml', '', 'compose'],
    ['x.yaml', MANIFEST, 'kubernetes'],
    ['x.yaml', 'services:\n  web: {}\n', 'compose'],
    ['x', 'docker run alpine', 'docker-run'],
    ['x', 'sudo podman run alpine', 'podman-run'],
    ['x', 'nerdctl run alpine', 'nerdctl'],
    ['x.json', '{"family":"web","containerDefinitions":[]}', 'ecs'],
    ['x.yaml', 'AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n', 'ecs'],
    ['x.json', '{"Job":{"ID":"a","TaskGroups":[]}}', 'nomad'],
    ['x', 'docker service create alpine', 'docker-run'],
    ['config.json', '{"ociVersion":"1.0.0"}', 'oci'],
    ['x.json', '[{"Id":"a","State":{},"HostConfig":{}}]', 'docker-inspect'],
    ['x.json', '{"Image":"a","HostConfig":{"CapAdd":[]}}', 'docker-api'],
    ['x.json', '{"apiVersion":"v1","kind":"Pod"}', 'kubernetes'],
    ['notes.txt', 'hello', undefined],
  ])('%s %j is %s', (name, content, kind) => {
    expect(detectImport(name, content)).toBe(kind);
  });
});

describe('files that cannot be imported', () => {
  let folder: string;
  const fileOf = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'capward-import-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const refusal = async (...names: readonly string[]): Promise<string> => {
    const program = new Command();
    registerImport(program);
    const done = program.parseAsync(['import', ...names], { from: 'user' });
    return done.then(
      () => '',
      (error: Error) => error.message,
    );
  };

  test('hold no container: it is said what they were read as, and no gate lets them through', async () => {
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const file = fileOf('ci.yml', 'job:\n  script:\n    - docker run --privileged alpine\n');
      expect(await refusal(file)).toBe('');
      expect(process.exitCode).toBeUndefined();
      expect(told.mock.calls.flat()).toEqual(['capward: no container was found, reading this as docker-run\n']);
      expect(await refusal(file, '--max-tier', 'critical')).toBe('');
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = undefined;
      told.mockRestore();
    }
  });

  test('are named, with what is wrong', async () => {
    expect(await refusal(join(folder, 'nothing'))).toMatch(/^cannot read .*nothing: there is no such file$/);
    expect(await refusal(folder)).toMatch(/: it is a directory$/);
    expect(await refusal(fileOf('notes', 'hello'))).toMatch(/^--from: say what .*notes is/);
    expect(await refusal(fileOf('a.sh', ''), fileOf('b.nomad', ''))).toMatch(
      /^files: .*a.sh is docker-run and .*b.nomad is nomad: import them one by one$/,
    );
  });
});
