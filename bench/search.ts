// Search repair on faults, each task solved from its visible tests alone: how many are solved, how
// many of the first choices pass the hidden tests too, and after how many candidates. Without
// `--tasks FILE` (any number of them) on programs with the faults of beginners and on well-known
// algorithms with a defect in one line, and, with `--humaneval FILE`, on programs of the kind that
// small models write and on pairs and triples of edits put into published programs. `--beds WORDS`
// takes those alone whose name has the words.
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { concurrently } from '../src/engine/domain/concurrently';
import { programFor } from '../src/engine/domain/ports';
import { hiddenTests, problemOf, type Language, type Task } from '../src/engine/domain/task';
import type { Candidate, Choice } from '../src/engine/domain/trajectory';
import { selfDebug } from '../src/engine/debugging/selfDebug';
import { Engine } from '../src/engine/flywheel/engine';
import { clopperPearson } from '../src/engine/statistics/clopperPearson';
import { median } from '../src/engine/statistics/median';
import { readTasks } from '../src/engine/tasks/readTasks';
import { injectedTasks } from './support/injectedTasks';
import { calibrationLines } from './support/calibration';
import { loadLine } from './support/load';
import { modelTasks } from './support/modelTasks';
import { openProcessorTime } from './support/processorTime';
import { answeredByReference } from './support/referenceAnswer';
import { studentTasks } from './support/studentTasks';
import { unrecorded } from '../src/engine/domain/unrecorded';

const budgets = (process.env['FLYWHEEL_BENCH_BUDGETS'] ?? '2000,5000').split(',').map(Number);
const seed = 1;
const atATime = 3;
const never = new AbortController().signal;
/** Opened first, so that it counts the sandboxes too. */
const time = openProcessorTime();

interface Result {
  readonly task: string;
  readonly solved: boolean;
  readonly right: boolean;
  readonly candidates: number;
  readonly operator: string;
  readonly choice: Choice | null;
  /** By place among the alternatives that were kept: whether it passes the hidden tests. */
  readonly others: readonly boolean[];
  /** With the call that would decide answered by the reference; null where nothing was asked. */
  readonly answered: { readonly solved: boolean; readonly right: boolean } | null;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', multiple: true },
      humaneval: { type: 'string' },
      limit: { type: 'string', default: '24' },
      beds: { type: 'string', default: '' },
      only: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const engine = new Engine({
    ...{ assetsFolder: path.resolve('dist/assets'), samplesFolder: path.resolve('samples') },
    ...{ journalFile: path.resolve('out/bench/none.db'), version: 'bench', workers: 2 },
  });
  const all: Result[] = [];
  try {
    for (const [name, tasks] of await testBeds(engine, values)) {
      const chosen = tasks.filter(
        ({ id }) => values.only === undefined || id.includes(values.only),
      );
      all.push(...(await measured(name, chosen, engine)));
    }
  } finally {
    await engine.close();
    time.close();
  }
  if (values.out !== undefined) {
    writeFileSync(values.out, all.map((result) => `${JSON.stringify(result)}\n`).join(''));
  }
}

async function testBeds(
  engine: Engine,
  values: {
    tasks?: string[] | undefined;
    humaneval?: string | undefined;
    limit: string;
    beds: string;
  },
): Promise<[string, readonly Task[]][]> {
  const syntax = await engine.syntax();
  const judge = await engine.judge();
  if (values.tasks) {
    const read = async (file: string): Promise<[string, readonly Task[]]> => {
      return [path.basename(file), (await readTasks(file, syntax, { skipBad: true })).tasks];
    };
    return Promise.all(values.tasks.map(read));
  }
  const { humaneval } = values;
  const published = async (): Promise<readonly Task[]> => {
    if (humaneval === undefined) return [];
    return (await readTasks(humaneval, syntax, { skipBad: false })).tasks;
  };
  const limit = Number(values.limit);
  const own = (file: string, language: Language) => async (): Promise<readonly Task[]> => {
    const tasks = await studentTasks(`bench/data/${file}.txt`, language);
    await proveRight(tasks, engine);
    return tasks;
  };
  const beds: readonly (readonly [string, () => Promise<readonly Task[]>])[] = [
    ['beginners, Python', own('student-python', 'python')],
    ['beginners, JavaScript', own('student-javascript', 'javascript')],
    ['one-line defects, Python', own('defects-python', 'python')],
    ['one-line defects, JavaScript', own('defects-javascript', 'javascript')],
    [
      'as models write, Python',
      async () => modelTasks('bench/data/model-python.txt', await published(), judge),
    ],
    [
      'pairs and triples, Python',
      async () => injectedTasks(await published(), { judge, syntax, seed, limit }),
    ],
  ];
  const made: [string, readonly Task[]][] = [];
  for (const [name, tasks] of beds) {
    const needsPublished = /models|pairs/.test(name) && humaneval === undefined;
    if (!needsPublished && name.includes(values.beds)) made.push([name, await tasks()]);
  }
  return made;
}

/** A task whose mended program fails, or whose faulty one passes, would measure nothing. */
async function proveRight(tasks: readonly Task[], engine: Engine): Promise<void> {
  const judge = await engine.judge();
  for (const task of tasks) {
    const { reference = '', starter = '', tests, limits } = task;
    const right = await judge.judge(programFor(task, reference), tests, limits, never);
    const visible = problemOf(task).tests;
    const wrong = await judge.judge(programFor(task, starter), visible, limits, never);
    if (right.status === 'passed' && wrong.status !== 'passed') continue;
    throw new Error(`${task.id}: ${right.status}, ${wrong.status}: ${right.message ?? ''}`);
  }
}

async function measured(name: string, tasks: readonly Task[], engine: Engine): Promise<Result[]> {
  const began = performance.now();
  const usedBefore = time.usedMs();
  const results = await concurrently(tasks, atATime, never, (task) => solve(task, engine));
  const seconds = (performance.now() - began) / 1000;
  const judged = results.reduce((sum, { candidates }) => sum + candidates, 0);
  console.log(`${name}: ${String(tasks.length)} tasks, ${loadLine()}`);
  for (const budget of budgets) {
    const within = results.map((one) => ({
      ...one,
      solved: one.solved && one.candidates <= budget,
    }));
    const solved = within.filter((one) => one.solved);
    const right = solved.filter((one) => one.right);
    const most = median(solved.map(({ candidates }) => candidates)) ?? 0;
    console.log(
      `  at ${String(budget)}: visible ${share(solved.length, tasks.length)}, hidden ` +
        `${share(right.length, tasks.length)}, median ${String(most)} candidates to the end`,
    );
  }
  console.log(
    `  ${String(judged)} candidates in ${seconds.toFixed(1)} s, ${(judged / seconds).toFixed(0)} a second`,
  );
  // What a busy machine changes little, and what two cores of our own would make of it.
  const cpuMs = (time.usedMs() - usedBefore) / Math.max(1, judged);
  console.log(
    `  ${cpuMs.toFixed(2)} ms of processor time each (${time.source}): at most ${(2000 / cpuMs).toFixed(0)} a second on 2 cores`,
  );
  const chosen = results.flatMap(({ right, choice }) =>
    choice ? [{ right, measured: choice.measured }] : [],
  );
  for (const line of calibrationLines(chosen)) console.log(line);
  const couldBe = results.filter((one) => one.solved && !one.right && one.others.includes(true));
  console.log(
    `  ${String(couldBe.length)} wrong choices had a right one among the kept alternatives`,
  );
  const asked = results.filter(({ answered }) => answered !== null);
  const nowRight = asked.filter((one) => !one.right && one.answered?.right);
  const gone = asked.filter((one) => one.solved && !one.right && !one.answered?.solved);
  const nowWrong = asked.filter((one) => one.right && !one.answered?.right);
  console.log(
    `  ${String(asked.length)} calls asked and answered by the reference: ` +
      `${String(nowRight.length)} wrong ones right, ${String(gone.length)} wrong ones no longer ` +
      `offered, ${String(nowWrong.length)} right ones wrong`,
  );
  const missed = results.filter(({ right }) => !right);
  for (const { task, solved, candidates, operator } of missed) {
    console.log(`  ${solved ? 'wrong ' : 'missed'} ${task} ${String(candidates)} ${operator}`);
  }
  return results;
}

interface Solved {
  readonly solved: boolean;
  readonly right: boolean;
  readonly candidates: number;
  readonly candidate: Candidate | undefined;
}

async function solve(task: Task, engine: Engine): Promise<Result> {
  const first = await solveOnce(task, engine);
  const { solved, right, candidates, candidate } = first;
  const choice = candidate?.choice ?? null;
  const others: boolean[] = [];
  for (const { program } of choice?.alternatives ?? []) {
    others.push(await passesHidden(task, program, engine));
  }
  const call = choice?.decidingTest?.call;
  const judge = await engine.judge();
  const asked = call === undefined ? null : await answeredByReference(task, call, judge);
  return {
    ...{ task: task.id, solved, right, candidates, operator: candidate?.note ?? '' },
    ...{ choice, others, answered: asked && (await solveOnce(asked, engine)) },
  };
}

async function solveOnce(task: Task, engine: Engine): Promise<Solved> {
  const judge = await engine.judge();
  const trajectory = await selfDebug({
    problem: problemOf(task),
    ...{ sample: 0, solver: await engine.searchSolver(), judge, effects: unrecorded },
    settings: { maxTurns: null, maxCandidates: Math.max(...budgets) },
    signal: never,
  });
  const { turns, answer, solvedVisible } = trajectory;
  const candidate = answer === null ? undefined : turns[answer]?.candidate;
  if (process.env['FLYWHEEL_BENCH_VERBOSE'] !== undefined) {
    console.log(
      `${task.id}: ${trajectory.stop}, ${String(turns.length)} turns, ${candidate?.note ?? ''}`,
    );
  }
  return {
    solved: solvedVisible,
    right: solvedVisible && (await passesHidden(task, candidate?.program ?? '', engine)),
    candidates: turns.reduce((sum, { screened }) => sum + screened, 0),
    candidate,
  };
}

async function passesHidden(task: Task, program: string, engine: Engine): Promise<boolean> {
  const judge = await engine.judge();
  const given = programFor(task, program);
  return (await judge.judge(given, hiddenTests(task), task.limits, never)).status === 'passed';
}

function share(count: number, of: number): string {
  const [low, high] = clopperPearson(count, of) ?? [0, 1];
  const percent = (value: number): string => (100 * value).toFixed(0);
  return `${String(count)} of ${String(of)} (${percent(low)} to ${percent(high)} %)`;
}

void main();
