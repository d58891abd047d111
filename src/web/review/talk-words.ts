const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How much was said about a request, and how many narrower specs were suggested with it. */
export const talkWords = (comments: number, suggestions: number): string =>
  [counted(comments, 'comment'), ...(suggestions === 0 ? [] : [counted(suggestions, 'suggestion')])].join(', ');
