/** Words that a YAML 1.1 or 1.2 reader takes for something else than a string. */
const RESERVED = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null']);

/**
 * A key or value that every YAML reader takes for this string: plain where that is certain, else double-quoted. Some take
 * `e0` for a number without its first digits.
 */
export function yamlString(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9_-]*$/.test(text) && !RESERVED.has(text.toLowerCase()) && !/^e\d/i.test(text);
  if (isPlain) return text;
  return yamlQuoted(text);
}

/** The string in double quotes. The escapes of JSON are escapes of YAML; callers keep out what JSON leaves unescaped. */
export function yamlQuoted(text: string): string {
  return JSON.stringify(text);
}
