/** A string of HCL 2 that stands for exactly this text: quotes and backslashes escaped, templates kept from starting. */
export function hclString(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);
  return `"${escaped}"`;
}
