/** A text that Go's strconv.Atoi reads as zero. */
const ZERO = /^[+-]?0+$/;

/**
 * Whether Docker and its kin start the process as uid 0 for a `user[:group]` text: the user part is a number that is
 * zero in any spelling, is missing, or is `root`. Another name could be uid 0 in the image's own /etc/passwd, which a spec
 * does not hold.
 *
 * Source: moby/sys user/user.go, GetExecUser.
 */
export function isGoRootUser(user: string | undefined): boolean {
  if (user === undefined || user === '' || user === 'root' || user === '0') return true;
  const name = userPart(user);
  return name === '' || name === 'root' || ZERO.test(name);
}

/** What stands before the first colon. */
export function userPart(user: string): string {
  const colon = user.indexOf(':');
  return colon < 0 ? user : user.slice(0, colon);
}
