// Ten thousand trajectories of three turns with a simulated chat model, a stub judge and a real
// journal: memory while they run, time to open the journal afterwards, and time from starting a
// run that is 90 % done to its first new call. Each against the bound that it has to keep.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChatModel, ChatReply, ChatRequest } from '../src/engine/domain/chat';
import { taskHash } from '../src/engine/domain/hash';
import type { Judge } from '../src/engine/domain/ports';
import { defaultLimits, type Task } from '../src/engine/domain/task';
import type { Verdict } from '../src/engine/domain/verdict';
import { solveTasks } from '../src/engine/flywheel/solveTasks';
import { Journal } from '../src/engine/journal/journal';
import { summaryOf } from '../src/engine/journal/questions';
import { ChatSolver } from '../src/engine/solvers/chatSolver';
import { loadSyntax } from '../src/engine/syntax/parser';

const trajectories = Number(process.env['FLYWHEEL_BENCH_TRAJECTORIES'] ?? 10_000);
const samples = 4;
const turns = 3;
const concurrency = Number(process.env['FLYWHEEL_BENCH_CONCURRENCY'] ?? 128);
const bounds = { residentMb: 300, openMs: 1000, firstCallMs: 2000 };

const judge: Judge = {
  judge: (_, tests): Promise<Verdict> =>
    Promise.resolve({
      status: 'failed',
      tests: tests.map(({ id }) => ({
        id,
        outcome: 'failed',
        expected: '1',
        actual: String(calls++),
      })),
      ...{ output: '', isolation: 'separate', durationMs: 1 },
    }),
  observe: () => Promise.resolve({ kind: 'unavailable', reason: 'a stub' }),
};
let calls = 0;

/** Answers after a turn of the event loop, with a program of some length that no other has. */
class Simulated implements ChatModel {
  readonly name = 'simulated';
  readonly contextTokens = null;
  called = 0;
  firstAt: number | null = null;

  constructor(private readonly stopAt = Infinity) {}

  async complete(request: ChatRequest): Promise<ChatReply> {
    this.firstAt ??= performance.now();
    if (++this.called % (trajectories / 2) === 0) {
      const { rss, heapUsed, external } = process.memoryUsage();
      const [resident, heap, outside] = [rss, heapUsed, external].map((bytes) =>
        (bytes / 2 ** 20).toFixed(0),
      );
      const told = `${resident ?? ''} MB resident, heap ${heap ?? ''}, outside ${outside ?? ''}`;
      console.log(`after ${String(this.called)} calls: ${told}`);
    }
    if (this.called > this.stopAt) return { kind: 'budget', reason: 'enough' };
    await new Promise((resolve) => setImmediate(resolve));
    const lines = Array.from({ length: 20 }, (_, at) => `    x = x + ${String(at)}`).join('\n');
    const number = String(request.seed ?? 0);
    const program = `def double(x):\n    # ${number}\n${lines}\n    return x\n`;
    const text = `Lesson: it was ${number}.\n\`\`\`python\n${program}\`\`\`\n`;
    return {
      kind: 'replied',
      choices: [{ text, finish: 'stop' }],
      usage: { promptTokens: 500, completionTokens: 200, estimated: false },
      ...{ costUsd: 0, durationMs: 1 },
    };
  }
}

function tasks(): Task[] {
  return Array.from({ length: trajectories / samples }, (_, at) => {
    const defining = {
      ...({ language: 'python', promptKind: 'text', entryPoint: 'double' } as const),
      prompt: `Task ${String(at)}. ${'Write double(x), which doubles a number. '.repeat(10)}`,
      limits: defaultLimits,
      tests: [1, 2, 3].map((n) => ({
        ...({ id: `v${String(n)}`, role: 'visible', kind: 'assert' } as const),
        source: `assert double(${String(n)}) == ${String(2 * n)}`,
      })),
    };
    const source = { name: 'bench', license: null, maker: 'bench@1', parent: null };
    return { ...defining, id: `t${String(at)}`, hash: taskHash(defining), family: 't', source };
  });
}

async function drive(journal: Journal, model: Simulated): Promise<number> {
  const syntax = await loadSyntax(path.resolve('dist/assets'));
  const settings = { seed: 1, temperature: null, samples, maxReplyTokens: 1000 };
  const all = tasks();
  const began = performance.now();
  const run = journal.drive({ id: 'r', kind: 'solve', title: 'b', solver: 'chat', settings });
  run.setTasks(all);
  await solveTasks({
    tasks: all,
    samples,
    concurrency,
    ...{ judge, journal: run, maxUnjudged: 64, onChange: () => undefined },
    solver: new ChatSolver({ model, syntax, settings }),
    settings: {
      maxTurns: turns,
      maxCandidates: 100,
      debugging: { feedback: 'test', strategy: 'chain', breadth: 1, seed: 1 },
    },
    signal: new AbortController().signal,
  });
  run.release('open');
  return began;
}

function tell(what: string, value: number, bound: number, unit: string): void {
  const ratio = (value / bound).toFixed(2);
  console.log(
    `${what.padEnd(52)} ${value.toFixed(0)} ${unit}, ${ratio} of ${String(bound)} ${unit}`,
  );
  if (value > bound) process.exitCode = 1;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flywheel-bench-'));
  const file = path.join(folder, 'journal.db');
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20);
  }, 50);
  try {
    let journal = Journal.open(file);
    const began = performance.now();
    await drive(journal, new Simulated(trajectories * turns * 0.9));
    const seconds = (performance.now() - began) / 1000;
    const megabytes = (statSync(file).size / 2 ** 20).toFixed(0);
    journal.close();
    console.log(
      `90 % of ${String(trajectories)} trajectories in ${seconds.toFixed(0)} s, journal ${megabytes} MB`,
    );

    const opening = performance.now();
    journal = Journal.open(file);
    const { ended } = summaryOf(journal, journal.run('r'));
    tell(
      `journal opened, summary of ${String(ended)} read`,
      performance.now() - opening,
      bounds.openMs,
      'ms',
    );

    const model = new Simulated();
    const resumed = await drive(journal, model);
    tell(
      'resumed: first new call after',
      (model.firstAt ?? Infinity) - resumed,
      bounds.firstCallMs,
      'ms',
    );
    journal.close();
    tell('most memory, all of the process', most, bounds.residentMb, 'MB');
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
