import type { ChatModel } from '../../domain/chat';
import { UserError } from '../../domain/errors';
import { hashOf } from '../../domain/hash';
import type { Solver } from '../../domain/ports';
import type { OutcomeRecord } from '../../domain/records';
import type { Task } from '../../domain/task';
import type { RecordedTrajectory } from '../../journal/questions';
import { trajectoriesOf } from '../../journal/questions';
import type { Journal } from '../../journal/journal';
import { refuseUnjudged } from '../refuseUnjudged';
import { isOpenOutcome, releaseOpen } from '../solve';
import { solveTasks } from '../solveTasks';
import type { RoundContext } from './context';
import { generationHash, type Generation } from './generation';
import { roundSolver } from './roundSolver';

/** Kind of the runs that hold the trajectories of one step. */
export const partKind = 'roundPart';

export interface Part {
  /** After that of the rounds: `RUN/1/choose`. */
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  readonly generation: Generation;
  /** Tells draws of the same solver on the same tasks apart. */
  readonly seed: number;
  /** Lessons that every first program is told, whatever its task. */
  readonly told?: readonly string[];
  /** Most turns of a chat model; those of the goals unless told. */
  readonly turns?: number;
  /** What proposes in place of the chat solver, once for each task, and a hash of what it does. */
  readonly instead?: {
    readonly solver: (model: ChatModel) => Solver;
    readonly hash: string;
  };
}

/**
 * Solves tasks in a run of their own, so that each step can be looked at as any run can. What was
 * recorded is answered from the journal. Throws UserError where a budget or the model ended it
 * before its end: nothing is lost, and it goes on from there.
 */
export async function solvePart(context: RoundContext, part: Part): Promise<void> {
  const { engine, run, notifier, signal } = context;
  const { id, tasks, generation, seed, told, turns, instead } = part;
  await refuseUnjudged(engine, tasks);
  const made = await roundSolver(context, generation, { seed, told, turns, instead });
  const settings = {
    tasks: hashOf(tasks.map(({ hash }) => hash)),
    generation: generationHash(generation),
    ...made.settings,
  };
  const driving = engine.journal.drive({
    ...{ id, kind: partKind, title: part.title, solver: made.name, settings },
  });
  const total = tasks.length * made.samples;
  let ended = 0;
  run.note({ done: 0, total });
  try {
    driving.setTasks(tasks);
    const outcomes = await solveTasks({
      ...{ tasks, signal, journal: driving, samples: made.samples, settings: made.loop },
      solver: made.solver,
      judge: await engine.judge(),
      concurrency: made.concurrency,
      ...(made.maxUnjudged === undefined ? {} : { maxUnjudged: made.maxUnjudged }),
      onChange: (_task, outcome) => {
        if (!outcome) return;
        run.note({ done: ++ended });
        notifier.touch();
      },
    });
    if (outcomes.length < total || outcomes.some(isOpenOutcome)) {
      releaseOpen(driving, outcomes);
      throw stoppedBy(outcomes);
    }
    driving.release('finished');
  } catch (error) {
    driving.release('open');
    throw error;
  }
}

function stoppedBy(outcomes: readonly OutcomeRecord[]): UserError {
  const open = outcomes.find(isOpenOutcome);
  const isBudget = outcomes.some(({ stop }) => stop === 'budget');
  return new UserError({
    code: isBudget ? 'budget' : 'modelUnavailable',
    message: open?.reason ?? 'the work ended before its end',
    mend: isBudget
      ? 'Raise the budget in the goals file; the same command again goes on from here.'
      : 'The same command again goes on from here once the model answers.',
    exitCode: isBudget ? 4 : 3,
  });
}

/** The trajectories of one task in a part, by sample. */
export function trajectoriesIn(journal: Journal, part: string, task: string): RecordedTrajectory[] {
  return [...trajectoriesOf(journal, part, task)].sort((a, b) => a.sample - b.sample);
}
