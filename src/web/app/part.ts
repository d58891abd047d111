/** A part of the page could not be fetched: the network is away, or another version of it is served by now. */
export class PartMissing extends Error {
  constructor(cause: unknown) {
    super('a part of the page could not be fetched', { cause });
    this.name = 'PartMissing';
  }
}

/** Fetches a part of the page. Without this the router would load everything anew, also where there is no network. */
export function part<Part>(load: () => Promise<Part>): () => Promise<Part> {
  return async () => {
    try {
      return await load();
    } catch (error) {
      throw new PartMissing(error);
    }
  };
}
