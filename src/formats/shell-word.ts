/** Characters that mean themselves anywhere in a word of a POSIX shell (XCU 2.2), and in zsh and fish as well. */
const PLAIN_WORD = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** One argument as a word of a POSIX shell: as it is where that is safe, else in single quotes. */
export function shellWord(argument: string): string {
  if (PLAIN_WORD.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
