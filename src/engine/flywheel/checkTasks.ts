import path from 'node:path';
import { UserError } from '../domain/errors';
import { hashOf } from '../domain/hash';
import type { Task } from '../domain/task';
import type { RunJournal } from '../journal/runJournal';
import type { Difficulty } from '../tasks/gate/gateReport';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { gatedTask } from './gatedTasks';
import { countsOf, rejectedFileOf, writeGated } from './gatedFiles';
import { gateRun } from './gateRun';
import { refuseMissingLayers } from './refuseUnjudged';
import { loopSettings, solverFor, solverSettings } from './solverFor';
import { solveTasks } from './solveTasks';
import type {
  CheckTasksRequest,
  CheckTasksResult,
  DifficultyRequest,
  ProgressListener,
} from './workbench';
import { howMany } from '../domain/howMany';

/** As eva draws (2411.00062). */
const defaultSamples = 6;
/** Candidates of a search that a difficulty is worth. */
const maxCandidates = 200;

/** Puts the tasks of a file through the gate; the same file again is answered from the journal. */
export async function checkTasks(
  engine: Engine,
  request: CheckTasksRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<CheckTasksResult> {
  const began = performance.now();
  const { tasksFile, out, seed = 1, heldOut = [], pool, skipBad = false } = request;
  if (out !== undefined && path.resolve(out) === path.resolve(tasksFile)) {
    throw new UserError({
      code: 'badUsage',
      message: `${out} is read by this command and cannot be written by it`,
      mend: 'Name another file with --out.',
    });
  }
  const { tasks, skipped } = await readTasks(tasksFile, await engine.syntax(), { skipBad });
  await refuseMissingLayers(engine);
  const settings = {
    tasks: hashOf(tasks.map(({ hash, family }) => [hash, family])),
    ...{
      seed,
      heldOut,
      pool: pool ?? null,
      difficulty: (request.difficulty as object | undefined) ?? null,
    },
  };
  const id = `check-${hashOf(settings).slice(0, 12)}`;
  const title = path.resolve(tasksFile);
  let estimate: ((task: Task) => Promise<Difficulty>) | null = null;
  const { difficulty } = request;
  const asked = difficulty
    ? { difficulty: (task: Task) => (estimate as NonNullable<typeof estimate>)(task) }
    : {};
  const how = {
    id,
    title,
    settings,
    heldOut,
    seed,
    signal,
    ...(pool === undefined ? {} : { pool }),
  };
  return gateRun(engine, { ...how, ...asked }, async (admission, run) => {
    if (difficulty) estimate = await estimateBy(engine, run, difficulty, signal);
    for (const [done, task] of tasks.entries()) {
      progress({
        done,
        total: tasks.length,
        what: `${howMany(admission.admitted.length, 'task')} let in`,
      });
      await admission.take(task);
    }
    if (out !== undefined) await writeGated(admission, out);
    const checkedAt = engine.journal.run(id).startedAt;
    return {
      ...countsOf(admission, began),
      out: out ?? null,
      rejectedFile: out === undefined ? null : rejectedFileOf(out),
      skipped,
      // Each task that was taken left one record, in order.
      rows: admission.all().map((record, place) => {
        const given = tasks[place]?.hash ?? record.task.hash;
        return gatedTask(record, { given, from: title, checkedAt });
      }),
    };
  }).finally(() => engine.models.close(id));
}

/** How often a solver solves a task, by its hidden tests; recorded in the run of the gate. */
async function estimateBy(
  engine: Engine,
  run: RunJournal,
  request: DifficultyRequest,
  signal: AbortSignal,
): Promise<(task: Task) => Promise<Difficulty>> {
  const { solver: kind, samples, ...rest } = request;
  const count = samples ?? (kind === 'chat' ? defaultSamples : 1);
  const asked = kind === 'chat' ? { ...rest, samples: count } : {};
  const how = { run: run.id, solver: kind, maxCandidates, ...asked };
  const { settings: solving, place } = await solverSettings(engine, how, signal);
  const settings = { ...solving, tasks: '' };
  const { solver, facts } = await solverFor(engine, settings, run.id, place, signal);
  run.note(facts);
  const judge = await engine.judge();
  return async (task) => {
    const outcomes = await solveTasks({
      tasks: [task],
      solver,
      judge,
      journal: run,
      settings: loopSettings(settings),
      samples: count,
      concurrency: engine.workers,
      signal,
      onChange: () => undefined,
    });
    const told = outcomes.filter(({ stop }) => stop !== 'infrastructure');
    const solved = told.filter(({ passedHidden, solvedVisible }) => passedHidden ?? solvedVisible);
    return { solver: solver.name, solved: solved.length, samples: told.length };
  };
}
