import type { Chance } from './chance.ts';

interface KnownRequest {
  readonly id: string;
  /** Login of who asks. */
  readonly author: string;
  /** What it was seen asking, the newest last: earlier ones make stale reviews. */
  readonly digests: string[];
  open: boolean;
}

interface KnownSuggestion {
  readonly request: string;
  readonly suggestion: string;
}

/** How many of each are kept in mind: few, so that the clients of a tenant are at the same things. */
const KEPT = 8;

/** What the people of a tenant know of each other's doings. It is often out of date, and that is the point. */
export class Board {
  readonly #requests = new Map<string, KnownRequest>();
  readonly #suggestions: KnownSuggestion[] = [];
  readonly #tried = new Set<string>();
  readonly #proposals: { readonly proposal: string; readonly digest: string }[] = [];
  readonly #emergencies: string[] = [];

  sawRequest(id: string, author: string, digest: string, state: string): void {
    const known = this.#requests.get(id) ?? { id, author, digests: [], open: true };
    if (known.digests.at(-1) !== digest) known.digests.push(digest);
    known.open = state === 'PENDING';
    this.#requests.set(id, known);
    for (const old of this.#requests.keys()) if (this.#requests.size > 2 * KEPT) this.#requests.delete(old);
  }

  sawSuggestion(request: string, suggestion: string): void {
    if (!this.#suggestions.some((known) => known.suggestion === suggestion))
      this.#suggestions.push({ request, suggestion });
    if (this.#suggestions.length > KEPT) this.#suggestions.shift();
  }

  sawProposal(proposal: string, digest: string, state: string): void {
    const at = this.#proposals.findIndex((known) => known.proposal === proposal);
    if (at >= 0) this.#proposals.splice(at, 1);
    if (state === 'PENDING') this.#proposals.push({ proposal, digest });
  }

  sawEmergency(id: string): void {
    this.#emergencies.push(id);
    if (this.#emergencies.length > KEPT) this.#emergencies.shift();
  }

  /** Mostly one that was open when it was seen last. */
  request(chance: Chance): KnownRequest | undefined {
    const all = [...this.#requests.values()];
    const open = all.filter((known) => known.open);
    return chance.pick(open.length > 0 && chance.happens(0.85) ? open : all);
  }

  /** One that was made to this author for what they still ask. */
  suggestionTo(login: string): KnownSuggestion | undefined {
    return this.#suggestions.findLast(({ request, suggestion }) => {
      const known = this.#requests.get(request);
      return known?.author === login && known.open && !this.#tried.has(suggestion);
    });
  }

  /** Its author has tried it, and is in no hurry with it any more. */
  triedSuggestion({ suggestion }: KnownSuggestion): void {
    this.#tried.add(suggestion);
  }

  suggestion(chance: Chance): KnownSuggestion | undefined {
    return chance.pick(this.#suggestions);
  }

  proposal(chance: Chance): { readonly proposal: string; readonly digest: string } | undefined {
    return chance.pick(this.#proposals);
  }

  emergency(chance: Chance): string | undefined {
    return chance.pick(this.#emergencies);
  }
}
