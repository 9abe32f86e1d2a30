// npm test: everything that must hold. `node scripts/test.mjs unit lint` runs the named parts only.
import './pinned-node.mjs';
import { mkdir } from 'node:fs/promises';
import { styleText } from 'node:util';
import { outFolder } from './place.mjs';
import { parts } from './testing/parts.mjs';
import { printSummary, Tally } from './testing/tally.mjs';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `No such part: ${unknown.join(', ')}. Parts: ${parts.map((p) => p.name).join(' ')}`,
  );
  process.exit(2);
}

await mkdir(outFolder, { recursive: true });
const done = [];
for (const part of parts.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`\n${styleText('bold', part.name)}: ${part.what}`);
  const tally = new Tally();
  const started = Date.now();
  await part.run(tally).catch((error) => {
    console.log(`  ${error?.stack ?? error}`);
    tally.fail(part.name, String(error?.message ?? error));
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`  ${tally.passed} passed, ${tally.failures.length} failed in ${seconds} s`);
  done.push({ name: part.name, tally });
}
process.exit(printSummary(done) ? 0 : 1);
