import { concurrently } from '../domain/concurrently';
import type { Judge, Solver } from '../domain/ports';
import { effectKinds, type OutcomeRecord } from '../domain/records';
import { problemOf, type Task } from '../domain/task';
import type { Trajectory } from '../domain/trajectory';
import { isAboutProgram } from '../domain/verdict';
import type { Score } from '../domain/trajectory';
import { selfDebug, type LoopSettings } from '../debugging/selfDebug';
import { scoreTrajectory } from '../evaluation/score';
import type { RunJournal } from '../journal/runJournal';

export interface SolveTasksOptions {
  readonly tasks: readonly Task[];
  readonly solver: Solver;
  readonly judge: Judge;
  readonly journal: RunJournal;
  readonly settings: LoopSettings;
  /** Trajectories at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Called after each recorded change of a task. */
  readonly onChange: (task: Task, outcome?: OutcomeRecord) => void;
}

/**
 * Self-debugs every task and scores the answers. What was recorded is answered from the journal;
 * on cancel it ends within the time of one judging, and nothing recorded is lost.
 */
export function solveTasks(options: SolveTasksOptions): Promise<OutcomeRecord[]> {
  const { tasks, concurrency, signal } = options;
  return concurrently(tasks, concurrency, signal, async (task) => {
    const outcome = await solveTask(task, options);
    options.onChange(task, outcome);
    return outcome;
  });
}

async function solveTask(task: Task, options: SolveTasksOptions): Promise<OutcomeRecord> {
  const { journal, signal, judge } = options;
  const key = { task: task.hash, sample: 0, turn: 0, kind: effectKinds.outcome, ordinal: 0 };
  return journal.once(key, { settings: options.settings }, async () => {
    const began = performance.now();
    const trajectory = await selfDebug({
      ...options,
      problem: problemOf(task),
      sample: 0,
      effects: journal,
      onTurn: () => options.onChange(task),
    });
    signal.throwIfAborted();
    const scores = await scoreTrajectory({ task, trajectory, judge, effects: journal, signal });
    return outcomeOf(trajectory, scores, performance.now() - began);
  });
}

function outcomeOf(
  trajectory: Trajectory,
  scores: readonly Score[],
  durationMs: number,
): OutcomeRecord {
  const answer = trajectory.answer === null ? undefined : trajectory.turns[trajectory.answer];
  const score = scores.find(({ turn }) => turn === answer?.number)?.verdict;
  return {
    stop: trajectory.stop,
    turns: trajectory.turns.length,
    answer: answer?.number ?? null,
    solvedVisible: trajectory.solvedVisible,
    passedHidden:
      trajectory.stop === 'infrastructure'
        ? null
        : passedHidden(scores.length > 0 || !answer, score),
    candidates: trajectory.turns.reduce((sum, { screened }) => sum + screened, 0),
    durationMs,
    ...reasonOf(trajectory),
  };
}

/** What made it impossible to judge, as the starter's verdict or the last turn's tells. */
function reasonOf({ stop, start, turns }: Trajectory): { reason?: string } {
  const message = turns.at(-1)?.verdict.message ?? start?.message;
  return stop === 'infrastructure' && message !== undefined ? { reason: message } : {};
}

/** No answer has passed nothing; a verdict that says nothing of the program is no score. */
function passedHidden(hasHidden: boolean, score: Score['verdict'] | undefined): boolean | null {
  if (!hasHidden) return null;
  if (!score) return false;
  return isAboutProgram(score) ? score.status === 'passed' : null;
}
