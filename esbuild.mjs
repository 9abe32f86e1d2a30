// Builds dist/: one bundle per thing that is loaded on its own, and the assets they read.
import { build, context } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');
const out = 'dist';

// esbuild leaves import.meta.url empty in CommonJS, and WebAssembly loaders then fail at run time.
const importMeta = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
};

// Old syntax on purpose: it must be understood by the Node that is too old for the rest.
const versionCheck = `#!/usr/bin/env node
var v = process.versions.node.split('.');
if (+v[0] < 22 || (+v[0] === 22 && +v[1] < 13)) {
  console.error('flywheel needs Node 22.13 or newer; this is ' + process.version + '. Inside the project, "npx flywheel" uses the right one.');
  process.exit(3);
}`;

const shared = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  minify,
  sourcemap: minify ? false : 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  external: ['vscode'],
  // Its other form asks for its parts in a way that no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  define: importMeta.define,
};

const node = (entry, name, before = '') => ({
  ...shared,
  entryPoints: [entry],
  outfile: path.join(out, `${name}.js`),
  banner: { js: [before, importMeta.banner].filter(Boolean).join('\n') },
});

export const bundles = [
  node('src/extension.ts', 'extension'),
  node('src/editor/engineThread.ts', 'engine'),
  node('src/cli.ts', 'cli', versionCheck),
  node('src/engine/sandbox/quickjs/thread.ts', 'quickjs'),
  node('src/engine/models/tokenizer.ts', 'tokenizer'),
  {
    ...shared,
    define: {},
    entryPoints: ['src/viewer/main.ts'],
    outfile: path.join(out, 'viewer.js'),
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  },
];

/** All Python of the sandbox lies in one folder, which is shown to programs read-only. */
function python(room, name, folder = 'python') {
  return [`src/engine/${room}/${folder}/${name}.py`, `python/${name}.py`];
}

/** What a Node in the sandbox runs lies in one folder too. */
function nodeFile(room, name) {
  return [`src/engine/${room}/${name}.js`, `node/${name}.js`];
}

const assets = [
  ...['children', 'fork_server', 'pages', 'printed', 'probing', 'processes', 'serving']
    .concat(['sockets'])
    .map((name) => python('sandbox', name)),
  ...['builder', 'starter'].map((name) => python('sandbox', name, 'command')),
  ...['channel', 'codec', 'containers', 'conversation', 'endings', 'harness', 'main_program']
    .concat([
      'raising',
      'rarer',
      'screening',
      'shadows',
      'sharing',
      'standard',
      'subclasses',
      'testing',
    ])
    .concat(['tracing', 'waiting', 'warming'])
    .map((name) => python('judge', name)),
  ...[
    'answering',
    'asking',
    'codec',
    'comparing',
    'crossing',
    'decoding',
    'encoding',
    'prelude',
    'rejections',
    'timers',
    'tracing',
  ].map((name) => [`src/engine/judge/javascript/${name}.js`, `${name}.js`]),
  ...['boot', 'channel', 'runner'].map((name) => nodeFile('sandbox/node', name)),
  ...[
    'nodeAnswering',
    'nodeAsking',
    'nodeCodec',
    'nodeCrossing',
    'nodeItems',
    'nodeTestModule',
  ].map((name) => nodeFile('judge/javascript', name)),
  ...['prices', 'providers'].map((name) => [`src/engine/models/${name}.json`, `${name}.json`]),
  ['node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm', 'quickjs.wasm'],
  ...['tree-sitter', 'tree-sitter-python', 'tree-sitter-javascript', 'tree-sitter-typescript'].map(
    (name) => [`node_modules/@vscode/tree-sitter-wasm/wasm/${name}.wasm`, `${name}.wasm`],
  ),
  ['node_modules/@vscode/codicons/dist/codicon.css', 'codicon.css'],
  ['node_modules/@vscode/codicons/dist/codicon.ttf', 'codicon.ttf'],
];

for (const folder of ['python', 'node']) {
  await mkdir(path.join(out, 'assets', folder), { recursive: true });
}
await Promise.all(assets.map(([from, to]) => copyFile(from, path.join(out, 'assets', to))));
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
