// npm run bench soak [COUNT]: verdicts in one process; memory must stay flat, and nothing be left.
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { concurrently } from '../src/engine/domain/concurrently';
import type { Program } from '../src/engine/domain/ports';
import type { Test } from '../src/engine/domain/task';
import { MachineJudge } from '../src/engine/judge/machineJudge';
import { findCgroups } from '../src/engine/sandbox/cgroups/findCgroups';
import { CommandSandbox } from '../src/engine/sandbox/command/commandSandbox';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { workers } from './support/compare';
import { loadLine } from './support/load';
import { descendants, memoryOf, openThings } from './support/processes';

const usualCount = 10_000;
const steps = 10;
/**
 * What is still called flat: of the JavaScript heap from the third tenth to the last; of whole
 * processes over the last three tenths, for compiled code and allocators take long to settle.
 */
const flatHeapMb = 8;
const flatMb = 24;
const limits = { timeoutMs: 2000, memoryMb: 128 };
const never = new AbortController().signal;
const distinctTasks = 400;

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? usualCount);
  if (!Number.isInteger(count) || count < steps) throw new Error('COUNT is a whole number');
  const assetsFolder = path.resolve('dist/assets');
  // Others write to the usual folder for temporary files; what is left in this one is ours.
  const temporary = mkdtempSync(path.join(tmpdir(), 'flywheel-soak-'));
  process.env['TMPDIR'] = temporary;
  const before = leftovers();
  const python = new PythonSandbox({ assetsFolder, workers });
  const quickjs = new QuickJsSandbox({ assetsFolder, workers });
  const commands = new CommandSandbox({ assetsFolder, workers });
  const syntax = await loadSyntax(assetsFolder);
  const judge = new MachineJudge({ python, quickjs, commands, syntax, assetsFolder });
  console.log(`${String(count)} verdicts, ${String(workers)} workers, Node ${process.version}`);
  console.log(loadLine());
  const seen: { heapMb: number; ownMb: number; workersMb: number; files: number }[] = [];
  const began = performance.now();
  for (let step = 0; step < steps; step++) {
    const first = Math.floor((count * step) / steps);
    const places = Array.from(
      { length: Math.floor((count * (step + 1)) / steps) - first },
      (_, place) => first + place,
    );
    await concurrently(places, workers * 2, never, async (place) => {
      const { program, test, expected } = jobAt(place);
      const verdict = await judge.judge(program, [test], limits, never);
      if (verdict.status !== expected) {
        throw new Error(`${program.source} was judged ${verdict.status}: ${verdict.message ?? ''}`);
      }
    });
    globalThis.gc?.();
    const all = descendants().map((pid) => memoryOf(pid).privateMb);
    const workersMb = all.reduce((sum, each) => sum + each, 0);
    const { rss, heapUsed } = process.memoryUsage();
    const [ownMb, heapMb] = [rss / 1024 / 1024, heapUsed / 1024 / 1024];
    const { files } = openThings();
    seen.push({ heapMb, ownMb, workersMb, files });
    const rate = (first + places.length) / ((performance.now() - began) / 1000);
    console.log(
      `${String(first + places.length).padStart(8)}  this process ${ownMb.toFixed(0)} MB (heap ${heapMb.toFixed(0)}), workers ${workersMb.toFixed(0)} MB, ${String(files)} open files, ${rate.toFixed(0)} per second`,
    );
  }
  await Promise.all([python.close(), quickjs.close(), commands.close()]);
  await sleep(1000);
  const after = leftovers();
  const grew = (what: keyof (typeof seen)[number], from: number): number =>
    (seen.at(-1)?.[what] ?? 0) - (seen[from]?.[what] ?? 0);
  const faults = [
    ...(grew('heapMb', 2) > flatHeapMb ? ['the heap of this process grew'] : []),
    ...(grew('ownMb', 6) > flatMb ? ['this process grew'] : []),
    ...(grew('workersMb', 2) > flatMb ? ['the workers grew'] : []),
    ...(grew('files', 2) > 0 ? ['open files grew'] : []),
    ...Object.keys(after).filter((what) => (after[what] ?? 0) > (before[what] ?? 0)),
  ];
  console.log(`left over: ${JSON.stringify(after)}, at first: ${JSON.stringify(before)}`);
  console.log(faults.length === 0 ? 'flat, nothing left' : `FAULT: ${faults.join(', ')}`);
  rmSync(temporary, { recursive: true });
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Right, wrong and ill-behaved programs in turn, of many tasks. */
function jobAt(place: number): { program: Program; test: Test; expected: string } {
  const task = String(Math.floor(place / 10) % distinctTasks);
  const isPython = place % 4 !== 3;
  const about = { id: 't', role: 'hidden', kind: 'assert' } as const;
  const kind = place % 100 === 50 ? 'dies' : place % 3 === 0 ? 'wrong' : 'right';
  if (!isPython) {
    const body = kind === 'right' ? `x + ${task}` : kind === 'wrong' ? 'NaN' : 'missing';
    return {
      program: {
        language: 'javascript',
        entryPoint: 'f',
        source: `function f(x) { return ${body}; }`,
      },
      test: { ...about, source: `assert.equal(f(1), 1 + ${task});` },
      expected: kind === 'right' ? 'passed' : 'failed',
    };
  }
  const source = {
    right: `import os\nopen("/tmp/left", "w").write("x")\ndef f(x): return x + ${task}`,
    wrong: 'def f(x): return None',
    dies: 'import os\nos.fork()\ndef f(x): os._exit(0)',
  }[kind];
  return {
    program: { language: 'python', entryPoint: 'f', source, judging: 'apart' },
    test: { ...about, source: `assert f(1) == 1 + ${task}` },
    expected: { right: 'passed', wrong: 'failed', dies: 'crashed' }[kind],
  };
}

function leftovers(): Record<string, number> {
  const groups = findCgroups().flatMap(({ folder }) =>
    readdirSync(folder).filter((name) => name.startsWith(`flywheel-${String(process.pid)}-`)),
  );
  return {
    processes: descendants().length,
    mounts: openThings().mounts,
    groups: groups.length,
    files: readdirSync(tmpdir()).length,
  };
}

void main();
