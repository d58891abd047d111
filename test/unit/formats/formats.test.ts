import { expect, test } from '@jest/globals';
import { FORMAT_IDS, FORMATS, isFormatId } from '../../../src/formats/formats.ts';

test('every format stands in the table under its own id', () => {
  expect(Object.keys(FORMATS)).toEqual([...FORMAT_IDS]);
  for (const id of FORMAT_IDS) expect(FORMATS[id].id).toBe(id);
});

test('only exact ids are formats', () => {
  expect(isFormatId('docker-run')).toBe(true);
  expect(isFormatId('Docker-Run')).toBe(false);
  expect(isFormatId('constructor')).toBe(false);
});
