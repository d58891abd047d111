import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import { type DataNode, type Entry, isNull, type MapNode, refusedNode } from './data-node.ts';
import { type SourceText, shown } from './source-text.ts';
import type { Work } from './work.ts';

/**
 * Whose keys count where a mapping and what `<<` brings into it have the same one: its own (PyYAML, yaml.v3 of Go: Compose),
 * or those that come later (yaml.v2 of Go: Kubernetes).
 */
export type MergeRule = 'own' | 'later';

/** The YAML library's tree as data nodes: aliases point to what they name, `<<` is merged, doubled keys are refused. */
export function dataNodeOf(root: ParsedNode, source: SourceText, work: Work, rule: MergeRule): DataNode {
  return new NodeMaker(source, work, rule).make(root);
}

class NodeMaker {
  readonly #source: SourceText;
  readonly #work: Work;
  readonly #rule: MergeRule;
  /** What each anchor names by now; undefined while that node is being made. A later anchor takes the name over. */
  readonly #anchors = new Map<string, DataNode | undefined>();

  constructor(source: SourceText, work: Work, rule: MergeRule) {
    this.#source = source;
    this.#work = work;
    this.#rule = rule;
  }

  make(node: unknown, fallbackOffset = 0): DataNode {
    this.#work.spend();
    const source = this.#source;
    if (isAlias(node)) return this.#aliased(node.source, node.range?.[0] ?? fallbackOffset);
    if (!isScalar(node) && !isMap(node) && !isSeq(node))
      return { kind: 'scalar', source, offset: fallbackOffset, text: '', plain: true };
    const { anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const made = this.#unaliased(node, node.range?.[0] ?? fallbackOffset);
    if (anchor !== undefined) this.#anchors.set(anchor, made);
    return made;
  }

  #unaliased(node: unknown, offset: number): DataNode {
    const source = this.#source;
    if (isMap(node))
      return { kind: 'map', source, offset, tag: ownTag(node.tag), entries: this.#entries(node, offset) };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.make(item, offset));
      return { kind: 'list', source, offset, tag: ownTag(node.tag), items };
    }
    if (!isScalar(node)) throw source.invalid(offset, 'this cannot be read');
    // An escape such as "\ud800" can make half a surrogate pair.
    const text = typeof node.value === 'string' ? node.value.toWellFormed() : '';
    const plain = node.type === 'PLAIN' && node.tag !== 'tag:yaml.org,2002:str';
    return { kind: 'scalar', source, offset, tag: ownTag(node.tag), text, plain };
  }

  #entries(map: YAMLMap, offset: number): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    const own = new Set<string>();
    let merged: DataNode | undefined;
    for (const { key, value } of map.items) {
      const keyNode = this.make(key, offset);
      if (keyNode.kind !== 'scalar') throw refusedNode(keyNode, 'a key must be a string');
      const { text, plain } = keyNode;
      const valueNode = this.make(value, keyNode.offset);
      const isMerge = text === '<<' && plain;
      if (own.has(text) || (isMerge && merged !== undefined))
        throw refusedNode(keyNode, `the key ${shown(text)} stands twice`);
      if (isMerge) {
        merged = valueNode;
        if (this.#rule === 'later') this.#merge(entries, valueNode);
      } else {
        own.add(text);
        entries.set(text, { source: this.#source, offset: keyNode.offset, value: valueNode });
      }
    }
    if (merged !== undefined && this.#rule === 'own') this.#merge(entries, merged);
    return entries;
  }

  /** In a list of mappings the earlier one wins, by either rule. */
  #merge(entries: Map<string, Entry>, node: DataNode): void {
    if (isNull(node)) return;
    const maps: readonly DataNode[] = node.kind === 'list' ? node.items : [node];
    const seen = new Set<string>();
    for (const map of maps) {
      if (map.kind !== 'map') throw refusedNode(map, '<< must name a mapping or a list of mappings');
      this.#mergeMap(entries, map, seen);
    }
  }

  #mergeMap(entries: Map<string, Entry>, map: MapNode, seen: Set<string>): void {
    this.#work.spend(map.entries.size + 1);
    for (const [key, entry] of map.entries) {
      if (seen.has(key)) continue;
      seen.add(key);
      if (this.#rule === 'later' || !entries.has(key)) entries.set(key, entry);
    }
  }

  #aliased(name: string, offset: number): DataNode {
    const node = this.#anchors.get(name);
    if (node !== undefined) return node;
    const known = this.#anchors.has(name);
    throw this.#source.invalid(
      offset,
      known ? `the alias *${name} stands inside what it names` : `the alias *${name} names nothing before it`,
    );
  }
}

/** A tag of the application (`!reset`), not one of YAML's own. */
function ownTag(tag: string | undefined): string | undefined {
  return tag?.startsWith('!') === true && tag.length > 1 ? tag : undefined;
}
