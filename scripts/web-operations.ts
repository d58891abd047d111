// Types for what the page asks: reads the .graphql files of src/web and schema.graphql, and writes
// src/web/api/operations.gen.ts. An operation that the schema does not have, or no longer has, fails here.
//
//   node scripts/with-node.mjs scripts/web-operations.ts    after a change of either
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

const PROJECT = join(import.meta.dirname, '..');
const TARGET = join(PROJECT, 'src', 'web', 'api', 'operations.gen.ts');

const HEAD = `// Written by scripts/web-operations.ts from the .graphql files of src/web and schema.graphql: change those.
import type { Operation } from './operation.ts';
`;

interface Source {
  readonly location: string;
  readonly text: string;
  readonly document: DocumentNode;
}

function sources(): readonly Source[] {
  return globSync('src/web/**/*.graphql', { cwd: PROJECT })
    .sort()
    .map((location) => {
      const text = readFileSync(join(PROJECT, location), 'utf8');
      return { location, text, document: parse(text) };
    });
}

/** The module with every operation and its types. */
async function operationsModule(): Promise<string> {
  const schema = buildSchema(readFileSync(join(PROJECT, 'schema.graphql'), 'utf8'));
  const documents = sources();
  const types = await codegen({
    filename: TARGET,
    schema: parse('type Query { unused: Int }'),
    schemaAst: schema,
    documents: documents.map(({ location, document }) => ({ location, document })),
    plugins: [
      {
        typescript: {
          immutableTypes: true,
          enumType: 'string-literal',
          scalars: { DateTime: 'string', Digest: 'string', ID: 'string', JSON: 'unknown' },
          strictScalars: true,
          skipTypename: true,
          disableDescriptions: true,
        },
      },
    ],
    pluginMap: { typescript: typescriptOperations },
    config: {},
  });
  return `${HEAD}\n${types.trim()}\n\n${constants(documents)}`;
}

function constants(documents: readonly Source[]): string {
  const fragments = new Map<string, { node: FragmentDefinitionNode; text: string }>();
  const operations: { node: OperationDefinitionNode; text: string }[] = [];
  for (const { document, text } of documents) {
    for (const node of document.definitions) {
      const own = stripIgnoredCharacters(text.slice(node.loc?.start, node.loc?.end));
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, { node, text: own });
      else if (node.kind === Kind.OPERATION_DEFINITION) operations.push({ node, text: own });
      else throw new Error(`${node.kind} is neither an operation nor a fragment`);
    }
  }
  const needed = (node: FragmentDefinitionNode | OperationDefinitionNode, found = new Set<string>()): Set<string> => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined) throw new Error(`there is no fragment ${name.value}`);
        if (found.has(name.value)) return;
        found.add(name.value);
        needed(fragment.node, found);
      },
    });
    return found;
  };
  return operations
    .map(({ node, text }) => {
      const name = node.name?.value;
      if (name === undefined) throw new Error('an operation without a name');
      const kind = node.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation';
      const whole = [text, ...[...needed(node)].sort().map((used) => fragments.get(used)?.text ?? '')].join(' ');
      return `export const ${name}: Operation<${name}${kind}, ${name}${kind}Variables> = {\n  name: '${name}',\n  text: ${JSON.stringify(whole)},\n};\n`;
    })
    .join('\n');
}

const module = await operationsModule();
writeFileSync(TARGET, module);
