// Bundles the tests of one folder to out/, one file each.
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, outFolder } from '../place.mjs';

/**
 * Bundles `test/<name>/**\/*.test.ts`, and `more` beside them, to `out/test/<name>`.
 * Returns the bundled test files.
 */
export async function bundleTests(name, more = []) {
  const sources = testFiles(name);
  const outdir = path.join(outFolder, 'test', name);
  await rm(outdir, { recursive: true, force: true });
  if (sources.length === 0) return [];
  await build({
    entryPoints: [...sources, ...more].map((file) => inRoot(file)),
    outdir,
    outbase: inRoot('test', name),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    // Tests run beside node_modules; only what is our own is bundled.
    packages: 'external',
    plugins: [scriptsStayOutside],
    // esbuild leaves import.meta.url empty in CommonJS.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return sources.map((file) =>
    path.join(outdir, path.relative(`test/${name}`, file).replace(/\.ts$/, '.js')),
  );
}

function testFiles(name) {
  const folder = inRoot('test', name);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.test\.ts$/.test(file));
  return files.sort().map((file) => path.join('test', name, file));
}

/** Scripts know where the project is by where they stand, so they must not be moved. */
const scriptsStayOutside = {
  name: 'scripts-stay-outside',
  setup(builder) {
    builder.onResolve({ filter: /\/scripts\/.*\.mjs$|eslint\.config\.mjs$/ }, (args) => ({
      path: path.resolve(args.resolveDir, args.path),
      external: true,
    }));
  },
};
