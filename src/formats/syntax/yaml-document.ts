import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import type { DomainError } from '../../kernel/errors.ts';
import type { DataNode } from './data-node.ts';
import { LIMITS } from './limits.ts';
import { type SourceText, tooLarge } from './source-text.ts';
import type { Work } from './work.ts';
import { dataNodeOf, type MergeRule } from './yaml-node.ts';

/**
 * Reads every document of a YAML stream; empty documents are left out. Every scalar stays text (the failsafe schema):
 * what a word means depends on who reads it, and the importers know.
 * So does `rule`, what `<<` may replace.
 */
export function parseYaml(source: SourceText, work: Work, rule: MergeRule = 'own'): DataNode[] {
  const composer = new Composer({
    schema: 'failsafe',
    prettyErrors: false,
    // Done with a Map when the nodes are made: the library compares each key with each other.
    uniqueKeys: false,
  });
  const roots: DataNode[] = [];
  let count = 0;
  for (const document of composer.compose(tokensOf(source, work), false, source.text.length)) {
    count += 1;
    if (count > LIMITS.documents) throw tooLarge(source.name, `the file has more than ${LIMITS.documents} documents`);
    const root = rootOf(document, source, work, rule);
    if (root !== undefined) roots.push(root);
  }
  const [problem] = composer.streamInfo().errors;
  if (problem !== undefined) throw notYaml(source, problem.pos[0], problem.message);
  return roots;
}

function rootOf(document: Document.Parsed, source: SourceText, work: Work, rule: MergeRule): DataNode | undefined {
  const [problem] = document.errors;
  if (problem !== undefined) throw notYaml(source, problem.pos[0], problem.message);
  return document.contents === null ? undefined : dataNodeOf(document.contents, source, work, rule);
}

/** The library's own parser, stopped where a hostile file would make it run on. */
function* tokensOf(source: SourceText, work: Work): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source.text)) {
    work.countLexeme();
    for (const token of parser.next(lexeme)) yield checked(token, source);
    // A level takes at most two places of the stack; this only saves reading a hopeless file to its end.
    if (parser.stack.length > 2 * LIMITS.depth + 2) throw tooDeep(source);
  }
  for (const token of parser.end()) yield checked(token, source);
}

/** Refuses broken and deeply nested tokens before the composer, which is recursive, sees them. */
function checked(root: CST.Token, source: SourceText): CST.Token {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > LIMITS.depth) throw tooDeep(source);
    if (token.type === 'error') throw notYaml(source, token.offset, token.message);
    if (token.type === 'document') {
      if (token.value !== undefined) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key !== undefined && key !== null) open.push({ token: key, depth: depth + 1 });
        if (value !== undefined) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return root;
}

/** Charts and other templates are the usual reason. */
function notYaml(source: SourceText, offset: number, message: string): DomainError {
  const hint = source.text.includes('{{') ? '; a template must be rendered first' : '';
  return source.invalid(offset, `not YAML: ${message}${hint}`);
}

function tooDeep(source: SourceText): DomainError {
  return tooLarge(source.name, `the values are nested deeper than ${LIMITS.depth}`);
}
