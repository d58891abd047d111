/**
 * Whether a list of security options sets no_new_privs: the last word about it counts, bare or with a boolean behind `=`
 * or Docker's older `:`. What the engines would refuse there counts as unset, the most that the container could get.
 */
export function setsNoNewPrivileges(options: readonly string[]): boolean {
  const said = options.findLast((option) => /^no-new-privileges(?:[:=]|$)/.test(option));
  return said !== undefined && /^no-new-privileges(?:[:=](?:1|t|T|TRUE|true|True))?$/.test(said);
}
