import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const OUT = join(import.meta.dirname, 'dist', 'web');

/** Where the service runs that `npm run web` takes its answers from. */
const SERVICE = process.env['CAPWARD_URL'] ?? 'http://127.0.0.1:4000';

/** Writes each text beside itself as brotli and gzip, once and well, so that the service compresses nothing. */
const compressed: Plugin = {
  name: 'capward:compressed',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(OUT, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue;
      const content = readFileSync(join(OUT, name));
      writeFileSync(join(OUT, `${name}.gz`), gzipSync(content, { level: 9 }));
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      writeFileSync(join(OUT, `${name}.br`), brotliCompressSync(content, { params: quality }));
    }
  },
};

/** Pages have the names of rooms of the sources, which Vite would look into. */
const pages: Plugin = {
  name: 'capward:pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const isPage = request.headers.accept?.includes('text/html') === true && !/\.\w+$/.test(request.url ?? '');
      if (isPage) request.url = '/index.html';
      next();
    });
  },
};

const COLOURS = /^ *--mantine-color-(?:blue|pink|grape|violet|indigo|cyan|teal|green|lime|yellow|orange)-[^;]*;\n/gm;

/** Leaves out the variables of Mantine's colours that nothing on the page has: a good part of what is fetched first. */
const colours: Plugin = {
  name: 'capward:colours',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('default-css-variables.css') ? code.replace(COLOURS, '') : undefined),
};

/** Fetches the font at once, so that the first words are set in it: otherwise they move once it comes. */
const fontFirst: Plugin = {
  name: 'capward:font-first',
  transformIndexHtml: (_html, { bundle = {} }) =>
    Object.keys(bundle)
      .filter((name) => name.endsWith('.woff2'))
      .map((name) => ({
        tag: 'link',
        attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${name}` },
        injectTo: 'head' as const,
      })),
};

export default defineConfig({
  root: join(import.meta.dirname, 'src', 'web'),
  plugins: [colours, compressed, fontFirst, pages],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // The policy of the page allows no data: scripts or fonts; small images stay files too.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { port: 5173, strictPort: true, proxy: { '/graphql': SERVICE, '/v1': SERVICE } },
});
