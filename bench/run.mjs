// npm run bench [NAME [-- OPTIONS]]: one measurement, or all. Each prints a ratio against something
// named; what stands after the names is for the measurement itself.
import '../scripts/pinned-node.mjs';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => /^(?:-|\d+$)/.test(argument));
const asked = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
// Told before the first, because each measurement makes load of its own.
const load = String(loadavg()[0]);
const names = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => asked.length === 0 || asked.includes(name));
if (names.length === 0) {
  console.error(`There is no measurement ${asked.join(' ')}.`);
  process.exit(2);
}
for (const name of names) {
  const outfile = `out/bench/${name}.js`;
  await build({
    entryPoints: [`bench/${name}.ts`],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...options], {
    stdio: 'inherit',
    env: { ...process.env, FLYWHEEL_BENCH_LOAD: load },
  });
  if (status !== 0) process.exit(status ?? 1);
}
