import type { DomainError } from '../../kernel/errors.ts';
import { LIMITS } from './limits.ts';
import { type SourceText, shown } from './source-text.ts';

/** A value of a YAML or JSON file that knows where it stands. Aliases are resolved: a node may hang in several places. */
export type DataNode = MapNode | ListNode | ScalarNode;

interface Placed {
  readonly source: SourceText;
  readonly offset: number;
  /** A tag of the application such as `!reset`. */
  readonly tag?: string | undefined;
}

export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A member of a mapping; the offset is that of its key. */
export interface Entry extends Placed {
  readonly value: DataNode;
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly DataNode[];
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  /** The text after quotes and escapes are gone: `1000`, `true`, `web`. */
  readonly text: string;
  /** Whether it stood without quotes, so that it may be a number, a boolean or null. */
  readonly plain: boolean;
}

/** The refusal of a node, at its place. */
export function refusedNode(node: Placed, message: string): DomainError {
  return node.source.invalid(node.offset, message);
}

/** Whether a value is absent or null: runtimes read both alike. */
export function isNull(node: DataNode | undefined): node is undefined {
  return node === undefined || (node.kind === 'scalar' && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text));
}

/** The mapping, or undefined for null. Refuses anything else; `what` names it in the message. */
export function mapOf(node: DataNode | undefined, what: string): MapNode | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== 'map') throw refusedNode(node, `${what} must be a mapping`);
  return node;
}

/** The items of a list, none for null. Refuses anything else. */
export function itemsOf(node: DataNode | undefined, what: string): readonly DataNode[] {
  if (isNull(node)) return [];
  if (node.kind !== 'list') throw refusedNode(node, `${what} must be a list`);
  return node.items;
}

/** A member of a mapping by its exact key; null counts as absent. */
export function member(map: MapNode | undefined, key: string): DataNode | undefined {
  const value = map?.entries.get(key)?.value;
  return isNull(value) ? undefined : value;
}

/** The text of a scalar as written, numbers and booleans too. Refuses lists and mappings. */
export function textOf(node: DataNode | undefined, what: string): string | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== 'scalar') throw refusedNode(node, `${what} must be a string`);
  return node.text;
}

/** The words of a list of strings. Refuses other items and lists past the limit, since runtimes refuse the former. */
export function wordsOf(node: DataNode | undefined, what: string): string[] {
  const items = itemsOf(node, what);
  if (node !== undefined && items.length > LIMITS.capabilities)
    throw refusedNode(node, `${what} has more than ${LIMITS.capabilities} entries`);
  return items.map((item) => {
    if (item.kind !== 'scalar' || isOtherThanString(item)) throw refusedNode(item, `${what} must hold strings`);
    return item.text;
  });
}

/**
 * Whether YAML 1.1 or 1.2 takes a scalar without quotes for null, a boolean or a number. Minutes and hours (`1:30`) are not
 * looked at: of the readers only PyYAML knows them.
 */
export function isOtherThanString({ text, plain }: ScalarNode): boolean {
  return plain && text.length <= LONGEST_NUMBER && (WORDS.test(text) || NUMBERS.test(text.replaceAll('_', '')));
}

const WORDS = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan|)$/i;
const NUMBERS = /^[-+]?(?:0x[\da-f]+|0b[01]+|0o[0-7]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)$/i;
const LONGEST_NUMBER = 100;

/**
 * A boolean without quotes. The YAML readers of Kubernetes and of Compose follow YAML 1.1, where `yes` and `on` are true:
 * what they take for true must not pass for false here.
 */
export function booleanOf(node: DataNode | undefined, what: string): boolean | undefined {
  if (isNull(node)) return undefined;
  if (node.kind === 'scalar' && node.plain && node.tag === undefined) {
    if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y)$/.test(node.text)) return true;
    if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF|n|N)$/.test(node.text)) return false;
  }
  throw refusedNode(node, `${what} must be true or false${node.kind === 'scalar' ? `, not ${shown(node.text)}` : ''}`);
}

/**
 * A whole number without quotes: decimal, or as the YAML reader of Kubernetes takes other bases, where a leading zero means
 * octal.
 */
export function integerOf(node: DataNode | undefined, what: string): number | undefined {
  if (isNull(node)) return undefined;
  const value = node.kind === 'scalar' && node.plain && node.tag === undefined ? integerIn(node.text) : undefined;
  if (value === undefined) throw refusedNode(node, `${what} must be a whole number`);
  return value;
}

function integerIn(text: string): number | undefined {
  const [, sign, digits = ''] = /^([-+]?)(\w{1,20})$/.exec(text.replaceAll('_', '')) ?? [];
  const octal = /^0o?([0-7]+)$/.exec(digits)?.[1];
  if (octal === undefined && !/^(?:0|[1-9]\d{0,14}|0x[\da-fA-F]{1,13}|0b[01]+)$/.test(digits)) return undefined;
  const value = Number(octal === undefined ? digits : `0o${octal}`);
  return sign === '-' ? -value : value;
}
