// Prints what a page ships that takes a part of the engine: `bundle-engine.ts '{ resolve }' esm`. A process of its own,
// since the bundler does not run inside Jest's modules.
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const [taken = '*', format = 'esm'] = process.argv.slice(2);
const library = join(import.meta.dirname, '../../src/engine/public.ts');

const bundle = await rolldown({
  input: 'entry',
  platform: 'browser',
  plugins: [
    {
      name: 'entry',
      resolveId: (id) => (id === 'entry' ? '\0entry' : undefined),
      load: (id) => (id === '\0entry' ? `export ${taken} from ${JSON.stringify(library)};` : undefined),
    },
  ],
});
const { output } = await bundle.generate({ format: format === 'iife' ? 'iife' : 'esm', minify: true, name: 'engine' });
const [{ code, imports, dynamicImports }] = output;
process.stdout.write(JSON.stringify({ chunks: output.length, code, imports: [...imports, ...dynamicImports] }));
