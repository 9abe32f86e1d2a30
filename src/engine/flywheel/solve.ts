import path from 'node:path';
import { hashOf } from '../domain/hash';
import type { Task } from '../domain/task';
import type { Journal } from '../journal/journal';
import { summaryOf } from '../journal/questions';
import { withJudging } from '../judge/settleJudging';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { byTurnOf } from './evaluateRun';
import { driven } from './driven';
import { Notifier } from './notifier';
import { refuseUnjudged } from './refuseUnjudged';
import { solveTasks } from './solveTasks';
import type { RunListener, SolveRequest, SolveResult } from './workbench';

interface SolveSettings {
  readonly tasks: string;
  readonly solver: string;
  readonly seed: number;
  readonly maxTurns: number | null;
  readonly maxCandidates: number;
}

const defaultMaxCandidates = 2000;

/** Solves the tasks of a file by search repair; the same run id again goes on. */
export async function solve(
  engine: Engine,
  request: SolveRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  const read = await readTasks(request.tasksFile, await engine.syntax());
  // The same work under two names is done once.
  const once = [...new Map(read.tasks.map((task) => [task.hash, task])).values()];
  await refuseUnjudged(engine, once);
  const tasks = await withJudging(once, await engine.judge(), engine.workers * 2, signal);
  const solver = await engine.searchSolver();
  const settings: SolveSettings = {
    tasks: hashOf(tasks.map(({ hash }) => hash)),
    solver: solver.name,
    seed: request.seed ?? 1,
    maxTurns: request.turns ?? null,
    maxCandidates: request.maxCandidates ?? defaultMaxCandidates,
  };
  const title = path.basename(request.tasksFile).replace(/(\.tasks)?\.jsonl(\.gz)?$/, '');
  return run(engine, { id: request.run, title, tasks, settings }, request, listener, signal);
}

/** Goes on with a run from the tasks and settings that it recorded. */
export async function resumeSolve(
  engine: Engine,
  id: string,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  const { title, settings } = engine.journal.run(id);
  const tasks = engine.journal.tasksOf(id);
  const frozen = settings as SolveSettings;
  return run(engine, { id, title, tasks, settings: frozen }, {}, listener, signal);
}

async function run(
  engine: Engine,
  what: {
    readonly id: string;
    readonly title: string;
    readonly tasks: readonly Task[];
    readonly settings: SolveSettings;
  },
  how: Pick<SolveRequest, 'concurrency'>,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  const { journal } = engine;
  const { id, tasks, settings } = what;
  await refuseUnjudged(engine, tasks);
  const solver = await engine.searchSolver();
  const began = performance.now();
  const driving = journal.drive({
    id,
    kind: 'solve',
    title: what.title,
    solver: solver.name,
    settings,
  });
  const notifier = new Notifier(journal, id, listener);
  return driven(driving, notifier, signal, async () => {
    driving.setTasks(tasks);
    driving.note({ phase: 'refine', done: 0, total: tasks.length });
    notifier.touchAll();
    let ended = 0;
    await solveTasks({
      tasks,
      solver,
      judge: await engine.judge(),
      journal: driving,
      settings,
      concurrency: how.concurrency ?? engine.workers + 1,
      signal,
      onChange: (task, outcome) => {
        if (outcome) driving.note({ done: ++ended });
        notifier.touch(task.hash);
      },
    });
    return resultOf(journal, id, tasks, (performance.now() - began) / 1000);
  });
}

function resultOf(
  journal: Journal,
  id: string,
  tasks: readonly Task[],
  seconds: number,
): SolveResult {
  const summary = summaryOf(journal, journal.run(id));
  const anyVisible = tasks.some(({ tests }) => tests.some(({ role }) => role === 'visible'));
  return {
    run: id,
    tasks: tasks.length,
    trajectories: summary.ended,
    solvedVisible: anyVisible ? summary.solvedVisible.count : null,
    passedHidden: summary.passedHidden.count,
    byStop: summary.stops,
    byTurn: byTurnOf(journal, id, tasks),
    candidates: summary.candidates,
    tokens: 0,
    usd: 0,
    seconds,
  };
}
