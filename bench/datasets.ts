// A dataset of 100,000 pairs: looked through for secrets, curated, split, written for TRL and as
// Parquet: time and memory against their bounds; how long a cancel takes; and how long the thread of
// the editor is blocked meanwhile, for the work is done in a thread of its own as it is there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
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
import { sha256, taskHash } from '../src/engine/domain/hash';
import { randomOf } from '../src/engine/domain/random';
import { defaultLimits } from '../src/engine/domain/task';
import { loadTokenCounter } from '../src/engine/models/tokens';
import { findPrivate } from '../src/engine/redaction/findPrivate';
import { loadSyntax } from '../src/engine/syntax/parser';
import { loadLine } from './support/load';

const pairs = Number(process.env['FLYWHEEL_BENCH_PAIRS'] ?? 100_000);
const bounds = { seconds: 60, residentMb: 1024, cancelMs: 2000, blockedMs: 50 };
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
      progress: (what, done, total) => {
        parentPort?.postMessage({ what, done, total });
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
    await cancelled('cancel while it curates', pairs / 60, (signal) =>
      curate(records, {
        ...{ settings: usualCuration, heldOut: new HeldOut([]), syntax, placed: new Map() },
        ...{ signal, progress: () => undefined },
      }),
    );
    await cancelled('cancel while it counts tokens', pairs / 60, (signal) =>
      sourceOf(kept, countTokens, signal),
    );
    // Early enough that writing has not ended, however few pairs there are.
    await cancelled('cancel while it writes', pairs / 40, (signal) =>
      write(huggingFace, source, path.join(folder, 'c'), signal),
    );
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(
  records: readonly SplitRecord[],
  countTokens: (text: string) => number,
  signal: AbortSignal = never,
): Promise<RowSource> {
  const kinds = ['repair', 'preference'] as const;
  return RowSource.of(
    records,
    { ...usualRows, kinds },
    {
      ...{ countTokens, signal, told: () => undefined },
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

/** From the abort in the middle of some work until nothing of it goes on. */
async function cancelled(
  what: string,
  afterMs: number,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const controller = new AbortController();
  let aborted = 0;
  const timer = setTimeout(() => {
    aborted = performance.now();
    controller.abort();
  }, afterMs);
  await work(controller.signal).catch(() => undefined);
  clearTimeout(timer);
  if (aborted === 0) console.log(`${what}: it had ended before`);
  else tell(what, performance.now() - aborted, bounds.cancelMs, 'ms');
}

function tell(what: string, value: number, bound: number, unit: string): void {
  const ratio = (value / bound).toFixed(2);
  console.log(
    `${what.padEnd(52)} ${value.toFixed(0)} ${unit}, ${ratio} of ${String(bound)} ${unit}`,
  );
  if (value > bound) process.exitCode = 1;
}

/**
 * The thread that the editor would share with us: it hears of progress, and does nothing else. What it
 * works between two looks at the clock is what it is blocked for; waits are told beside it, which a
 * busy machine makes long whoever is at fault.
 */
function watched(): void {
  console.log(loadLine());
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const worker = new Worker(__filename);
  let [heard, longest, last] = [0, 0, threadMs()];
  worker.on('message', () => heard++);
  delay.enable();
  const watch = setInterval(() => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, 10);
  worker.on('exit', (code) => {
    clearInterval(watch);
    tell('longest that the editor was blocked', longest, bounds.blockedMs, 'ms');
    const [waited, nearly] = [delay.max, delay.percentile(99.9)].map((nanos) => nanos / 1e6 - 5);
    console.log(
      `  longest wait for a turn ${(waited ?? 0).toFixed(0)} ms, 999 of 1,000 under ${(nearly ?? 0).toFixed(1)} ms; ${String(heard)} reports of progress`,
    );
    console.log(loadLine());
    process.exitCode ??= code;
  });
}

/** Processor time of this thread. Node 24 tells it; its types do not know it yet. */
function threadMs(): number {
  const { threadCpuUsage } = process as unknown as {
    threadCpuUsage: () => { user: number; system: number };
  };
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

if (isMainThread) watched();
else void main();
