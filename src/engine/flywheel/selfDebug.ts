import path from 'node:path';
import { hashOf } from '../domain/hash';
import type { Task } from '../domain/task';
import { trajectoryOf } from '../journal/questions';
import { ownFunctionTask } from '../tasks/makers/ownFunction';
import { driven } from './driven';
import type { Engine } from './engine';
import { Notifier } from './notifier';
import { ownFunction } from './ownFunctions';
import type { OwnFunctionPlace } from './proposal';
import { refuseUnjudged } from './refuseUnjudged';
import { isOpenOutcome, releaseOpen } from './solve';
import {
  loopSettings,
  solverFor,
  solverSettings,
  type SolvePlace,
  type SolveSettings,
} from './solverFor';
import { solveTasks } from './solveTasks';
import type { RunListener, SelfDebugRequest, SelfDebugResult } from './workbench';

export const selfDebugKind = 'self-debug';

type SelfDebugSettings = SolveSettings & OwnFunctionPlace;

/** Makes one function of the user's pass its own tests. The file is not changed. */
export async function selfDebug(
  engine: Engine,
  request: SelfDebugRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<SelfDebugResult> {
  const { tested, file } = await ownFunction(engine, request);
  const name = path.basename(path.dirname(file));
  const task = ownFunctionTask(tested, { name, license: null });
  const solving = await solverSettings(engine, request, signal);
  const settings: SelfDebugSettings = {
    ...solving.settings,
    file,
    name: request.name,
    tasks: hashOf([task.hash]),
  };
  const what = { id: request.run, task, settings, place: solving.place };
  return runSelfDebug(engine, what, listener, signal);
}

/** Goes on with such a run, on the function as it was when it began. */
export async function resumeSelfDebug(
  engine: Engine,
  id: string,
  moved: Pick<SolvePlace, 'movedTo'>,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  const { settings, facts } = engine.journal.run(id);
  const [task] = engine.journal.tasksOf(id);
  if (!task) return;
  const what = { id, task, settings: settings as SelfDebugSettings, place: { ...facts, ...moved } };
  await runSelfDebug(engine, what, listener, signal);
}

/** Drives a run on one function that is at hand as a task. */
export async function runSelfDebug(
  engine: Engine,
  what: {
    readonly id: string;
    readonly task: Task;
    readonly settings: SelfDebugSettings;
    readonly place: SolvePlace;
  },
  listener: RunListener,
  signal: AbortSignal,
): Promise<SelfDebugResult> {
  const { journal } = engine;
  const { id, task, settings } = what;
  await refuseUnjudged(engine, [task]);
  const { solver, facts } = await solverFor(engine, settings, id, what.place, signal);
  const title = `Self-debug ${settings.name}`;
  const driving = journal.drive({
    id,
    kind: selfDebugKind,
    title,
    solver: settings.chat ? `${solver.name} ${settings.chat.model}` : solver.name,
    settings,
  });
  const notifier = new Notifier(journal, id, listener, engine.models.spentBy);
  const working = driven(driving, notifier, signal, async () => {
    driving.setTasks([task]);
    driving.note({ ...facts, phase: 'refine', done: 0, total: 1, pausedBy: null });
    notifier.touchAll();
    const outcomes = await solveTasks({
      tasks: [task],
      solver,
      judge: await engine.judge(),
      journal: driving,
      settings: loopSettings(settings),
      concurrency: 1,
      signal,
      onChange: (changed, outcome) => {
        if (outcome) driving.note({ done: 1 });
        notifier.touch(changed.hash);
      },
    });
    const open = outcomes.find(isOpenOutcome);
    if (open) releaseOpen(driving, outcomes);
    return open;
  });
  const open = await working.finally(() => engine.models.close(id));
  const { start, turns, outcome } = trajectoryOf(journal, id, task.hash);
  const passedBefore = start?.tests.filter((test) => test.outcome === 'passed').length ?? 0;
  const answer = turns.find(({ record }) => record.number === outcome?.answer);
  return {
    run: id,
    task: task.hash,
    passedBefore,
    passed: Math.max(passedBefore, answer?.record.passed ?? 0),
    of: task.tests.length,
    stop: open?.stop ?? outcome?.stop ?? 'infrastructure',
    ...(answer?.candidate.choice ? { choice: answer.candidate.choice } : {}),
  };
}
