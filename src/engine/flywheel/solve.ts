import path from 'node:path';
import { UserError } from '../domain/errors';
import { hashOf, taskHash } from '../domain/hash';
import type { OutcomeRecord } from '../domain/records';
import type { Task } from '../domain/task';
import { pauseReasons } from '../domain/view';
import { summaryOf } from '../journal/questions';
import type { RunJournal } from '../journal/runJournal';
import { withJudging } from '../judge/settleJudging';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { byTurnOf } from './evaluateRun';
import { driven } from './driven';
import { Notifier } from './notifier';
import { refuseKept, refuseUnjudged } from './refuseUnjudged';
import {
  loopSettings,
  solverFor,
  solverSettings,
  type SolvePlace,
  type SolveSettings,
} from './solverFor';
import { solveTasks } from './solveTasks';
import type { RunListener, SolveRequest, SolveResult } from './workbench';

/** Solves the tasks of a file; the same run id again goes on. */
export async function solve(
  engine: Engine,
  request: SolveRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  // Whatever is missing or badly asked for is told before anything is judged.
  const { settings: solving, place } = await solverSettings(engine, request, signal);
  const read = await readTasks(request.tasksFile, await engine.syntax());
  const meant = tasksMeant(request, read.tasks);
  // The same work under two names is done once.
  const once = [...new Map(meant.map((task) => [task.hash, task])).values()];
  refuseKept(once);
  await refuseUnjudged(engine, once);
  const tasks =
    recordedTasks(engine, request.run, once) ??
    (await withJudging(once, await engine.judge(), engine.workers * 2, signal));
  const settings = { tasks: hashOf(tasks.map(({ hash }) => hash)), ...solving };
  const [one, ...others] = request.only ?? [];
  const isOne = one !== undefined && others.length === 0;
  const file = path.basename(request.tasksFile).replace(/(\.tasks)?\.jsonl(\.gz)?$/, '');
  const title = isOne ? one : file;
  const how = { ...place, ...concurrencyOf(request) };
  return runSolve(engine, { id: request.run, title, tasks, settings }, how, listener, signal);
}

/** The tasks of a file that a request is about. Throws UserError `noSuchTask`. */
export function tasksMeant(
  { tasksFile, only }: Pick<SolveRequest, 'tasksFile' | 'only'>,
  tasks: readonly Task[],
): readonly Task[] {
  if (only === undefined) return tasks;
  const missing = only.find((id) => !tasks.some((task) => task.id === id));
  if (missing !== undefined) {
    throw new UserError({
      code: 'noSuchTask',
      message: `${tasksFile}: there is no task ${missing} in it`,
    });
  }
  return tasks.filter(({ id }) => only.includes(id));
}

function concurrencyOf({ concurrency }: SolveRequest): Pick<SolveRequest, 'concurrency'> {
  return concurrency === undefined ? {} : { concurrency };
}

/**
 * The same tasks as the run recorded them, with where their tests run settled: settling it anew
 * takes time, and on a busy machine may end otherwise. Null where the run is new or has others.
 */
function recordedTasks(engine: Engine, run: string, given: readonly Task[]): Task[] | null {
  if (!engine.hasJournal || !engine.journal.runs().some(({ id }) => id === run)) return null;
  const unsettled = ({ judging: _, ...task }: Task): string => taskHash(task);
  const recorded = new Map<string, Task>();
  for (const task of engine.journal.tasksOf(run)) {
    recorded.set(task.hash, task);
    recorded.set(unsettled(task), task);
  }
  const found = given.flatMap((task) => recorded.get(task.hash) ?? []);
  return found.length === given.length ? found : null;
}

/** Goes on with a run from the tasks and settings that it recorded, where its model answers now. */
export async function resumeSolve(
  engine: Engine,
  id: string,
  moved: Pick<SolvePlace, 'movedTo'>,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  const { title, settings, facts } = engine.journal.run(id);
  const tasks = engine.journal.tasksOf(id);
  const frozen = settings as SolveSettings;
  return runSolve(
    engine,
    { id, title, tasks, settings: frozen },
    { ...facts, ...moved },
    listener,
    signal,
  );
}

/** Trajectories of a chat model at a time: they mostly wait. */
const chatConcurrency = 16;
/** Programs of each worker of the judge that may wait before the model is asked for more. */
const unjudgedPerWorker = 8;

/** Drives a run on tasks that are at hand. */
export async function runSolve(
  engine: Engine,
  what: {
    readonly id: string;
    readonly title: string;
    readonly tasks: readonly Task[];
    readonly settings: SolveSettings;
  },
  how: SolvePlace & { readonly concurrency?: number },
  listener: RunListener,
  signal: AbortSignal,
): Promise<SolveResult> {
  const { journal } = engine;
  const { id, tasks, settings } = what;
  await refuseUnjudged(engine, tasks);
  const { solver, facts } = await solverFor(engine, settings, id, how, signal);
  const isChat = settings.chat !== undefined;
  const began = performance.now();
  const driving = journal.drive({
    id,
    kind: 'solve',
    title: what.title,
    solver: settings.chat ? `${solver.name} ${settings.chat.model}` : solver.name,
    settings,
  });
  const notifier = new Notifier(journal, id, listener, engine.models.spentBy);
  const working = driven(driving, notifier, signal, async () => {
    const samples = settings.chat?.samples ?? 1;
    driving.setTasks(tasks);
    driving.note({
      ...facts,
      phase: 'refine',
      done: 0,
      total: tasks.length * samples,
      pausedBy: null,
    });
    notifier.touchAll();
    let ended = 0;
    const outcomes = await solveTasks({
      tasks,
      solver,
      samples,
      judge: await engine.judge(),
      journal: driving,
      settings: loopSettings(settings),
      concurrency: how.concurrency ?? (isChat ? chatConcurrency : engine.workers + 1),
      ...(isChat ? { maxUnjudged: engine.workers * unjudgedPerWorker } : {}),
      signal,
      onChange: (task, outcome) => {
        if (outcome) driving.note({ done: ++ended });
        notifier.touch(task.hash);
      },
      onWriting: notifier.writing,
    });
    // What a budget or the model stopped can be gone on with.
    if (outcomes.length < tasks.length * samples || outcomes.some(isOpenOutcome)) {
      releaseOpen(driving, outcomes);
    }
    return resultOf(engine, id, tasks, outcomes, (performance.now() - began) / 1000);
  });
  return working.finally(() => engine.models.close(id));
}

/** Lets go of a run that can be gone on with, and says why it stopped for now. */
export function releaseOpen(driving: RunJournal, outcomes: readonly OutcomeRecord[]): void {
  const pausedBy = pauseReasons.find((reason) => outcomes.some(({ stop }) => stop === reason));
  driving.note({ pausedBy: pausedBy ?? null });
  driving.release('open', outcomes.find(isOpenOutcome)?.reason);
}

/** What a budget or the model stopped: it goes on when run again. */
export function isOpenOutcome({ stop }: OutcomeRecord): boolean {
  return stop === 'budget' || stop === 'modelUnavailable' || stop === 'cancelled';
}

/** Why it stopped before its end, in the words of the budget or of the model. */
function pausedIn(outcomes: readonly OutcomeRecord[]): { reason?: string } {
  const reason = outcomes.find(isOpenOutcome)?.reason;
  return reason === undefined ? {} : { reason };
}

function resultOf(
  { journal, models }: Engine,
  id: string,
  tasks: readonly Task[],
  outcomes: readonly OutcomeRecord[],
  seconds: number,
): SolveResult {
  const summary = summaryOf(journal, journal.run(id), models.spentBy);
  const anyVisible = tasks.some(({ tests }) => tests.some(({ role }) => role === 'visible'));
  const byStop: Record<string, number> = {};
  for (const { stop } of outcomes) byStop[stop] = (byStop[stop] ?? 0) + 1;
  return {
    run: id,
    tasks: tasks.length,
    trajectories: summary.ended,
    solvedVisible: anyVisible ? summary.solvedVisible.count : null,
    passedHidden: summary.passedHidden.count,
    byStop,
    byTurn: byTurnOf(journal, id, tasks),
    candidates: summary.candidates,
    tokens: summary.usage?.tokens ?? 0,
    usd: summary.usage ? summary.usage.costUsd : 0,
    ...(summary.usage?.unanswered === undefined ? {} : { unanswered: summary.usage.unanswered }),
    seconds,
    ...pausedIn(outcomes),
  };
}
