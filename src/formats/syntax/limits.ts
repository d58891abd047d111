/**
 * What one import may cost, in one place. They are counts and not clocks, so that the same file has the same answer on
 * every machine. Past the limits of the whole the answer is PAYLOAD_TOO_LARGE, past those of one list or word it is
 * INVALID_INPUT at its place.
 */
export const LIMITS = {
  /** Bytes of a file (UTF-16 units where it comes decoded). */
  bytes: 4 * 1024 * 1024,
  /** Files of one import. */
  files: 100,
  /** Documents of a YAML stream, or values of a JSON stream. */
  documents: 5_000,
  /** Nesting of lists and mappings, of blocks, of substitutions in a shell line. */
  depth: 100,
  /** Smallest pieces (words, punctuation, white space) that the YAML reader may see over all files. */
  lexemes: 1_000_000,
  /** Nodes made or visited over all files, each visit through an alias or a merge counted anew. */
  work: 2_000_000,
  /** Containers of one import. */
  containers: 10_000,
  /** Entries of one list of capabilities; the runtimes know 41. */
  capabilities: 1_000,
  /** Characters of one word that counts: a name, a capability, a user, an option. */
  word: 4_096,
  /** Warnings about one container; those past it are left out, and nothing is refused. */
  warnings: 100,
} as const;
