import { LIMITS } from './limits.ts';

/** Text of a compose file after Compose replaced its variables, all of them unset as far as the file tells. */
export interface Interpolated {
  readonly text: string;
  /** The names that decide the text; empty when it is the same in every environment. */
  readonly variables: readonly string[];
}

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:+other}`, `${NAME+other}`,
 * `${NAME:?message}` and `${NAME?message}` as Compose does for unset variables (compose-spec, interpolation), and `$$`
 * by `$`. Undefined for text that Compose refuses.
 */
export function interpolate(text: string, depth = 0): Interpolated | undefined {
  if (!text.includes('$')) return { text, variables: [] };
  if (depth > LIMITS.depth) return undefined;
  const parts: string[] = [];
  const variables: string[] = [];
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    parts.push(text.slice(at, dollar === -1 ? undefined : dollar));
    if (dollar === -1) break;
    const variable = variableAt(text, dollar);
    if (variable === undefined) return undefined;
    at = variable.end;
    if (variable.name === '$') {
      parts.push('$');
      continue;
    }
    const fallback = interpolate(variable.fallback, depth + 1);
    if (fallback === undefined) return undefined;
    variables.push(variable.name, ...fallback.variables);
    parts.push(fallback.text);
  }
  return { text: parts.join(''), variables };
}

interface Variable {
  readonly name: string;
  /** What stands for it while it is unset. */
  readonly fallback: string;
  readonly end: number;
}

function variableAt(text: string, dollar: number): Variable | undefined {
  if (text[dollar + 1] === '$') return { name: '$', fallback: '', end: dollar + 2 };
  const opening = /\$(\{?)([A-Za-z_]\w*)/y;
  opening.lastIndex = dollar;
  const [, brace, name] = opening.exec(text) ?? [];
  if (name === undefined) return undefined;
  const behindName = opening.lastIndex;
  if (brace === '') return { name, fallback: '', end: behindName };
  const close = closingBrace(text, behindName);
  if (close === undefined) return undefined;
  const [, operator, operand = ''] = /^(:?[-+?])(.*)$/s.exec(text.slice(behindName, close)) ?? [];
  if (operator === undefined && close !== behindName) return undefined;
  return { name, fallback: operator?.endsWith('-') === true ? operand : '', end: close + 1 };
}

/** The brace that closes the one already open, past the nested ones. */
function closingBrace(text: string, from: number): number | undefined {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '$' && text[at + 1] === '{') open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return undefined;
}
