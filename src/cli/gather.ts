/** For commander: an option that may be given again, its words in the order in which they were given. */
export function gather(word: string, words: readonly string[] = []): readonly string[] {
  return [...words, word];
}
