// A dataset of 100,000 pairs: looked through for secrets, curated, split, written for TRL and as
// Parquet: time and memory against their bounds; how long a cancel takes; and how many of the near
// duplicates that an exact comparison finds on a sample are found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { curate } from '../src/engine/datasets/curation/curate';
import { HeldOut } from '../src/engine/datasets/curation/heldOut';
import { usualCuration } from '../src/engine/datasets/curation/settings';
import type { DatasetFormat } from '../src/engine/datasets/formats/format';
import { huggingFace } from '../src/engine/datasets/formats/huggingFace';
import { trl } from '../src/engine/datasets/formats/trl';
import type { DatasetRecord, SplitRecord } from '../src/engine/datasets/pair';
import { RowSource } from '../src/engine/datasets/rowSource';
import { usualRows } from '../src/engine/datasets/rows';
import { writeDataset } from '../src/engine/datasets/writeDataset';
import { hashOf, sha256, taskHash } from '../src/engine/domain/hash';
import { randomOf } from '../src/engine/domain/random';
import { defaultLimits } from '../src/engine/domain/task';
import { loadTokenCounter } from '../src/engine/models/tokens';
import { findPrivate } from '../src/engine/redaction/findPrivate';
import { jaccard, shinglesOf } from '../src/engine/similarity/shingles';
import { loadSyntax } from '../src/engine/syntax/parser';
import { nearDuplicates } from '../test/support/nearDuplicates';

const pairs = Number(process.env['FLYWHEEL_BENCH_PAIRS'] ?? 100_000);
const bounds = { seconds: 60, residentMb: 1024, cancelMs: 2000, recall: 0.99 };
const never = new AbortController().signal;

const names = 'total count value item left right index size best width limit offset'.split(' ');
const steps = [
  'a += b',
  'a = max(a, b)',
  'if a > b:\n        a = b',
  'for a in range(b):\n        b -= 1',
];

/** A program of some lines; one in ten is another with a word changed. */
function programs(count: number): string[] {
  const next = randomOf(1, 'programs');
  const pick = (from: readonly string[]): string => from[Math.floor(next() * from.length)] ?? '';
  const made: string[] = [];
  for (let at = 0; at < count; at++) {
    const base = made[Math.floor(next() * made.length)];
    if (base !== undefined && next() < 0.1) {
      made.push(base.replace(/\d+/, String(Math.floor(next() * 1e6))));
      continue;
    }
    const lines = Array.from({ length: 8 + Math.floor(next() * 10) }, () => {
      const [a, b] = [pick(names), `${pick(names)}_${String(Math.floor(next() * 500))}`];
      return `    ${pick(steps).replaceAll('a', a).replaceAll('b', b)}`.replace(/m[a-z]+x/g, 'max');
    });
    const number = String(Math.floor(next() * 1e6));
    made.push(`def solve(items):\n    total = ${number}\n${lines.join('\n')}\n    return total\n`);
  }
  return made;
}

function recordsOf(all: readonly string[]): DatasetRecord[] {
  return all.map((program, at) => {
    const defining = {
      ...({ language: 'python', promptKind: 'text', entryPoint: 'solve' } as const),
      // Two programs of each task.
      prompt: `Write solve(items), number ${String(at >> 1)}. ${'It folds its items as told. '.repeat(6)}`,
      limits: defaultLimits,
      tests: [
        { id: 'h', role: 'hidden', kind: 'assert', source: 'assert solve([]) == 0' } as const,
      ],
    };
    const source = { name: 'bench', license: 'MIT', maker: 'bench@1', parent: null };
    const hash = taskHash(defining);
    const family = `f${String(at >> 1)}`;
    const seen = { passed: 0, of: 3, passedHidden: null, isNearLimit: false };
    const failing = program.replace('return total', 'return None');
    return {
      ...{ id: sha256(`${String(at)}${program}`), run: 'r', sample: at & 1, answer: 1, decided: 1 },
      ...{ task: { ...defining, id: `t${String(at >> 1)}`, hash, family, source } },
      attempts: [
        { ...seen, turn: 1, program: failing, status: 'failed', feedback: 'Expected 1, got None' },
        { ...seen, turn: 2, program, status: 'passed', feedback: '', passedHidden: true },
      ],
      ...{
        isolation: 'separate',
        solver: 'chat@1',
        models: ['m@h'],
        stop: 'solved',
        candidates: 2,
      },
      ...{ decision: null, group: { samples: 4, solved: 2 }, isReplay: false },
    };
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flywheel-bench-'));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  try {
    const syntax = await loadSyntax(path.resolve('dist/assets'));
    const tokens = loadTokenCounter(path.resolve('dist/assets'));
    const countTokens = (text: string): number => tokens.text(text);
    const all = programs(pairs);
    const records = recordsOf(all);
    const began = performance.now();
    const beganCpu = process.cpuUsage();
    let last = { at: began, cpu: beganCpu };
    const lap = (what: string): void => {
      const { user, system } = process.cpuUsage(last.cpu);
      const resident = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
      const [wall, cpu] = [(performance.now() - last.at) / 1000, (user + system) / 1e6];
      const told = `${wall.toFixed(1)} s, processor ${cpu.toFixed(1)} s, ${resident} MB`;
      console.log(`${what.padEnd(44)} ${told}`);
      last = { at: performance.now(), cpu: process.cpuUsage() };
    };
    for (let from = 0; from < records.length; from += 1000) {
      const some = records
        .slice(from, from + 1000)
        .map(({ task, attempts }) =>
          [task.prompt, ...attempts.map(({ program }) => program)].join('\n'),
        );
      await findPrivate(some, never);
    }
    lap('secrets');
    let step = '';
    const { records: kept } = await curate(records, {
      ...{ settings: usualCuration, heldOut: new HeldOut([]), syntax, placed: new Map() },
      signal: never,
      progress: (what) => {
        if (step !== what && step !== '') lap(step);
        step = what;
      },
    });
    lap(step);
    const source = await sourceOf(kept, countTokens);
    lap('rows counted, with their tokens');
    for (const format of [trl, huggingFace]) {
      await write(format, source, path.join(folder, format.name), never);
      lap(`${format.name}: rows of ${String(kept.length)} records written`);
    }
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(beganCpu);
    console.log(`processor time of all: ${((user + system) / 1e6).toFixed(1)} s`);
    tell(`${String(pairs)} pairs curated, split, written twice`, seconds, bounds.seconds, 's');
    tell('most memory', most / 2 ** 20, bounds.residentMb, 'MB');
    await cancel(source, folder);
    recall(all);
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(
  records: readonly SplitRecord[],
  countTokens: (text: string) => number,
): Promise<RowSource> {
  const kinds = ['repair', 'preference'] as const;
  return RowSource.of(
    records,
    { ...usualRows, kinds },
    {
      ...{ countTokens, signal: never, told: () => undefined },
    },
  );
}

async function write(
  format: DatasetFormat,
  source: RowSource,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await writeDataset({
    ...{ folder, format, source, signal },
    facts: {
      ...{ name: 'bench', format: format.name, version: '1.0.0', tool: '0', settings: {} },
      ...{ ranges: [], records: source.records, refused: [], steps: [], census: source.census },
      ...{ heldOut: [], parent: null },
    },
  });
}

/** From the abort in the middle of the writing until nothing goes on. */
async function cancel(source: RowSource, folder: string): Promise<void> {
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort();
    // Early enough that writing has not ended, however few pairs there are.
  }, pairs / 40);
  await write(huggingFace, source, path.join(folder, 'c'), controller.signal).catch(
    () => undefined,
  );
  tell('cancel', aborted === 0 ? Infinity : performance.now() - aborted, bounds.cancelMs, 'ms');
}

/** Of the programs that an exact comparison with all kept ones calls alike above 0.75. */
function recall(all: readonly string[]): void {
  const found = nearDuplicates(all);
  const left = new Set(found.map(({ item }) => item));
  const sets = all.map(shinglesOf);
  const sample = all.map((_, at) => at).filter((at) => hashOf(at).startsWith('00'));
  let [alike, missed] = [0, 0];
  for (const item of sample) {
    const own = sets[item];
    if (!own) continue;
    for (let of = 0; of < item; of++) {
      const other = sets[of];
      if (!other || left.has(of) || jaccard(own, other) <= 0.75) continue;
      alike++;
      if (!left.has(item)) missed++;
      break;
    }
  }
  const share = alike === 0 ? 0 : (alike - missed) / alike;
  console.log(
    `near duplicates above 0.75: ${share.toFixed(4)} of ${String(alike)} found in a sample of ${String(sample.length)} (at least ${String(bounds.recall)})`,
  );
  if (share < bounds.recall) process.exitCode = 1;
}

function tell(what: string, value: number, bound: number, unit: string): void {
  const ratio = (value / bound).toFixed(2);
  console.log(
    `${what.padEnd(52)} ${value.toFixed(0)} ${unit}, ${ratio} of ${String(bound)} ${unit}`,
  );
  if (value > bound) process.exitCode = 1;
}

void main();
