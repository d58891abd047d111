/** What something was from each event on. */
export interface Version<Value> {
  readonly seq: number;
  readonly value: Value;
}

/** Things as they changed with the events of a history: every version of each is kept. */
export class Timeline<Value> {
  readonly #versions = new Map<string, Version<Value>[]>();

  set(key: string, seq: number, value: Value): void {
    const versions = this.#versions.get(key) ?? [];
    versions.push({ seq, value });
    this.#versions.set(key, versions);
  }

  /** What it is in the end; undefined where it never was. */
  last(key: string): Value | undefined {
    return this.#versions.get(key)?.at(-1)?.value;
  }

  keys(): Iterable<string> {
    return this.#versions.keys();
  }

  /** Everything that it was between these two events, both included; undefined for not being there yet. */
  within(key: string, first: number, last: number): readonly (Value | undefined)[] {
    const versions = this.#versions.get(key) ?? [];
    const before = versions.filter(({ seq }) => seq <= first).at(-1)?.value;
    return [before, ...versions.filter(({ seq }) => seq > first && seq <= last).map(({ value }) => value)];
  }
}
