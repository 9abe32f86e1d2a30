// Resident memory of this process while QuickJS threads judge 20,000 programs, some of which loop,
// recurse and take memory, the last quarter against the second.
import path from 'node:path';
import { concurrently } from '../src/engine/domain/concurrently';
import { JavaScriptJudge } from '../src/engine/judge/javascript/javaScriptJudge';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { workers } from './support/compare';

const programs: readonly string[] = [
  'function f(x) { return x * 2; }',
  'function f(x) { const rows = []; for (let n = 0; n < 2000; n++) rows.push({ n }); return rows.length && x * 2; }',
  'function f(x) { throw new Error("no"); }',
  'function f(x) { return f(x) + 1; }',
  'const f = (x) => "x".repeat(1e5).length && [x].map((y) => y * 2)[0];',
];
/** One in so many programs takes all memory that it may, or loops until its time is up. */
const greedyEach = 500;
const greedy = [
  'function f(x) { const a = []; for (;;) a.push(new Uint8Array(1e6)); }',
  'function f(x) { for (;;) {} }',
];
const test = {
  id: 't',
  role: 'visible',
  kind: 'assert',
  source: 'assert.deepEqual([f(2)], [4]);',
} as const;
const rounds = 20;
const perRound = 1000;

async function main(): Promise<void> {
  const assetsFolder = path.resolve('dist/assets');
  const sandbox = new QuickJsSandbox({ assetsFolder, workers });
  const judge = new JavaScriptJudge(sandbox, await loadSyntax(assetsFolder), assetsFolder);
  const limits = { timeoutMs: 300, memoryMb: 64 };
  const never = new AbortController().signal;
  const items = Array.from({ length: perRound }, (_, index) => index);
  const held: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await concurrently(items, workers, never, (index) => {
      const list = index % greedyEach < greedy.length ? greedy : programs;
      const source = list[(index % greedyEach) % list.length] ?? '';
      return judge.judge(
        { language: 'javascript', source, entryPoint: 'f' },
        [test],
        limits,
        never,
      );
    });
    const { rss, heapUsed } = process.memoryUsage();
    held.push(rss / 1e6);
    const shown = `${(rss / 1e6).toFixed(0)} MB, of it ${(heapUsed / 1e6).toFixed(0)} MB heap of the judge`;
    console.log(`${String((round + 1) * perRound).padStart(6)} verdicts  ${shown}`);
  }
  const meanOf = (part: readonly number[]): number =>
    part.reduce((sum, each) => sum + each, 0) / part.length;
  const [second, last] = [held.slice(5, 10), held.slice(15)].map(meanOf);
  console.log(`last quarter against second: ${((last ?? 0) / (second ?? 1)).toFixed(2)}`);
  await sandbox.close();
}

void main();
