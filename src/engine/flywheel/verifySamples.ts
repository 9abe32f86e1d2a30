import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';
import { concurrently } from '../domain/concurrently';
import { programFor, type Judge } from '../domain/ports';
import type { Task } from '../domain/task';
import { countIsolations, isAboutProgram, type Status, type Verdict } from '../domain/verdict';
import { withJudging } from '../judge/settleJudging';
import { writeWhole } from '../files/atomicWrite';
import { passAtK } from '../statistics/passAtK';
import { readSamples, type Sample } from '../tasks/readSamples';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { refuseUnjudged } from './refuseUnjudged';
import { sandboxesFor } from './sandboxesFor';
import type { ProgressListener, VerifyRequest, VerifyResult } from './workbench';

const ks = [1, 5, 10, 100];
const maxReasons = 5;

/** Judges programs that somebody else wrote, and writes a line for each, in input order. */
export async function verifySamples(
  engine: Engine,
  request: VerifyRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<VerifyResult> {
  const out = await placeOfResults(request);
  const read = await readTasks(request.tasksFile, await engine.syntax(), {
    skipBad: request.skipBad === true,
  });
  const samples = await readSamples(
    request.samplesFile,
    new Map(read.tasks.map((task) => [task.id, task])),
  );
  await refuseUnjudged(
    engine,
    samples.map(({ task }) => task),
  );
  const judge = await engine.judge();
  const used = [...new Set(samples.map(({ task }) => task))];
  const settled = await withJudging(used, judge, engine.workers * 2, signal);
  const settledOf = new Map(used.map((task, place) => [task, settled[place] ?? task]));
  const began = performance.now();
  const verdicts = await judgeAll(samples, { settledOf, judge, engine, request, progress, signal });
  const seconds = (performance.now() - began) / 1000;
  const lines = samples.map((sample, index) => resultLine(sample, verdicts[index] as Verdict));
  await writeWhole(out, lines.map((line) => `${line}\n`).join(''));
  return {
    verified: samples.length,
    passed: verdicts.filter(({ status }) => status === 'passed').length,
    byStatus: countBy(verdicts),
    byIsolation: countIsolations(verdicts),
    passAtK: passRates(samples, verdicts),
    seconds,
    perSecond: samples.length / Math.max(seconds, 0.001),
    workers: engine.workers,
    sandbox: await sandboxNames(engine, samples),
    out,
    skipped: read.skipped,
    reasons: firstReasons(verdicts),
  };
}

/** Results never take the place of what they come from. */
async function placeOfResults(request: VerifyRequest): Promise<string> {
  const { samplesFile, tasksFile } = request;
  const isFile = await stat(samplesFile).then(
    (found) => found.isFile() || found.isDirectory(),
    () => true,
  );
  if (request.out === undefined && !isFile) {
    throw new UserError({
      code: 'badUsage',
      message: `${samplesFile} is no file beside which results could stand`,
      mend: 'Say where they go with --out FILE.',
    });
  }
  const out = request.out ?? `${samplesFile}.results.jsonl`;
  if ([samplesFile, tasksFile].some((file) => path.resolve(file) === path.resolve(out))) {
    throw new UserError({
      code: 'badUsage',
      message: `${out} is read by this command and cannot be written by it`,
      mend: 'Name another file with --out.',
    });
  }
  return out;
}

async function judgeAll(
  samples: readonly Sample[],
  options: {
    readonly settledOf: ReadonlyMap<Task, Task>;
    readonly judge: Judge;
    readonly engine: Engine;
    readonly request: VerifyRequest;
    readonly progress: ProgressListener;
    readonly signal: AbortSignal;
  },
): Promise<Verdict[]> {
  const { judge, request, signal } = options;
  let done = 0;
  const ranks = new Map<Task, number>();
  for (const { task } of samples) if (!ranks.has(task)) ranks.set(task, ranks.size);
  const rankOf = (place: number): number => ranks.get((samples[place] as Sample).task) ?? 0;
  const atATime = options.engine.workers * 2;
  // Samples of one task after another: its tests are made ready once.
  const places = [...samples.keys()].sort((a, b) => rankOf(a) - rankOf(b));
  const verdicts = await concurrently(places, atATime, signal, async (place) => {
    const { task: asRead, program } = samples[place] as Sample;
    const task = options.settledOf.get(asRead) ?? asRead;
    const limits = { ...task.limits, timeoutMs: request.timeoutMs ?? task.limits.timeoutMs };
    const verdict = await judge.judge(programFor(task, program), task.tests, limits, signal);
    options.progress({ done: ++done, total: samples.length, what: 'judging' });
    return verdict;
  });
  const inOrder: Verdict[] = [];
  places.forEach((place, index) => {
    inOrder[place] = verdicts[index] as Verdict;
  });
  return inOrder;
}

function resultLine({ task, sample, turn }: Sample, verdict: Verdict): string {
  const roleOf = new Map(task.tests.map(({ id, role }) => [id, role]));
  return JSON.stringify({
    task_id: task.id,
    sample,
    turn,
    passed: verdict.status === 'passed',
    status: verdict.status,
    isolation: verdict.isolation,
    durationMs: Math.round(verdict.durationMs * 10) / 10,
    tests: verdict.tests.map(({ id, outcome, message }) => ({
      id,
      role: roleOf.get(id),
      outcome,
      message,
    })),
    reason: verdict.message,
  });
}

function countBy(verdicts: readonly Verdict[]): Partial<Record<Status, number>> {
  const counts: Partial<Record<Status, number>> = {};
  for (const { status } of verdicts) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** What made the first of each status that says nothing of its program. */
function firstReasons(verdicts: readonly Verdict[]): string[] {
  const messages = verdicts.flatMap((verdict) =>
    isAboutProgram(verdict) || verdict.message === undefined ? [] : [verdict.message],
  );
  return [...new Set(messages)].slice(0, maxReasons);
}

/** Mean over tasks, for each k that every task has samples for; our own faults are left out. */
function passRates(
  samples: readonly Sample[],
  verdicts: readonly Verdict[],
): Record<string, number> {
  const tallies = new Map<Task, { n: number; c: number }>();
  samples.forEach(({ task }, index) => {
    const verdict = verdicts[index];
    if (!verdict || !isAboutProgram(verdict)) return;
    const tally = tallies.get(task) ?? { n: 0, c: 0 };
    tallies.set(task, {
      n: tally.n + 1,
      c: tally.c + (verdict.status === 'passed' ? 1 : 0),
    });
  });
  const all = [...tallies.values()];
  const rates: Record<string, number> = {};
  for (const k of ks) {
    const each = all.map(({ n, c }) => passAtK(n, c, k)).filter((rate) => rate !== null);
    if (each.length === 0 || each.length < all.length) continue;
    rates[String(k)] = each.reduce((sum, rate) => sum + rate, 0) / each.length;
  }
  return rates;
}

async function sandboxNames(engine: Engine, samples: readonly Sample[]): Promise<string> {
  const used = new Set(samples.flatMap(({ task }) => sandboxesFor(task)));
  const reports = await Promise.all([...used].map((name) => engine.report(name)));
  return reports.map(({ name }) => name).join(', ');
}
