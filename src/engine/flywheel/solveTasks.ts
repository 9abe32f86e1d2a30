import { concurrently } from '../domain/concurrently';
import type { Judge, Solver } from '../domain/ports';
import { effectKinds, type OutcomeRecord } from '../domain/records';
import { problemOf, type Task } from '../domain/task';
import type { Trajectory } from '../domain/trajectory';
import { isAboutProgram } from '../domain/verdict';
import type { LiveText } from '../domain/view';
import type { Score } from '../domain/trajectory';
import { Backlog } from '../debugging/backlog';
import { isOpenStop, selfDebug, type LoopSettings } from '../debugging/selfDebug';
import { scoreTrajectory } from '../evaluation/score';
import type { RunJournal } from '../journal/runJournal';

export interface SolveTasksOptions {
  readonly tasks: readonly Task[];
  readonly solver: Solver;
  readonly judge: Judge;
  readonly journal: RunJournal;
  readonly settings: LoopSettings;
  /** Trajectories of each task, 1 unless told. */
  readonly samples?: number;
  /** Programs that may wait for the judge before the solver is asked for more; no bound unless told. */
  readonly maxUnjudged?: number;
  /** Trajectories at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Called after each recorded change of a task. */
  readonly onChange: (task: Task, outcome?: OutcomeRecord) => void;
  /** Told what a model is writing, many times a second. */
  readonly onWriting?: (live: LiveText) => void;
}

/** So many trajectories in a row without an answer of the model end the work for now. */
const maxUnavailable = 8;

/**
 * Self-debugs every task and scores the answers. What was recorded is answered from the journal;
 * on cancel it ends within the time of one judging, and nothing recorded is lost. Trajectories that
 * a budget or the model stopped are not recorded as ended, and none is begun after them.
 */
export async function solveTasks(options: SolveTasksOptions): Promise<OutcomeRecord[]> {
  const { tasks, concurrency, signal, maxUnjudged } = options;
  const backlog = maxUnjudged === undefined ? undefined : new Backlog(maxUnjudged);
  let unavailable = 0;
  let isOver = false;
  const numbers = Array.from({ length: options.samples ?? 1 }, (_, sample) => sample);
  // Every task once before any twice: what a budget leaves is spread over the tasks.
  const places = numbers.flatMap((sample) => tasks.map((task) => ({ task, sample })));
  const solvePlace = async ({ task, sample }: (typeof places)[number]) => {
    if (isOver) return null;
    const outcome = await solveTask(task, sample, options, backlog);
    unavailable = outcome.stop === 'modelUnavailable' ? unavailable + 1 : 0;
    isOver ||= outcome.stop === 'budget' || unavailable >= maxUnavailable;
    options.onChange(task, isOpenStop(outcome.stop) ? undefined : outcome);
    return outcome;
  };
  const outcomes = await concurrently(places, concurrency, signal, solvePlace);
  // What failed while nothing had been answered yet may be told apart once others were.
  const isLeft = (place: number): boolean => outcomes[place]?.stop === 'modelUnavailable';
  const left = [...places.keys()].filter(isLeft);
  if (!isOver && outcomes.some((outcome) => outcome !== null && !isOpenStop(outcome.stop))) {
    const again = await concurrently(left, concurrency, signal, async (place) => {
      const at = places[place];
      return at ? { place, outcome: await solvePlace(at) } : null;
    });
    for (const one of again) if (one?.outcome) outcomes[one.place] = one.outcome;
  }
  return outcomes.filter((outcome) => outcome !== null);
}

async function solveTask(
  task: Task,
  sample: number,
  options: SolveTasksOptions,
  backlog: Backlog | undefined,
): Promise<OutcomeRecord> {
  const { journal, signal, judge, onWriting } = options;
  const key = { task: task.hash, sample, turn: 0, kind: effectKinds.outcome, ordinal: 0 };
  const produce = async (): Promise<OutcomeRecord> => {
    const began = performance.now();
    const trajectory = await selfDebug({
      ...options,
      problem: problemOf(task),
      sample,
      effects: journal,
      onTurn: () => options.onChange(task),
      ...(onWriting
        ? {
            onText: (turn, { kind, text, isDone }) =>
              onWriting({ task: task.hash, sample, turn, kind, text, chars: text.length, isDone }),
          }
        : {}),
      ...(backlog ? { backlog } : {}),
    });
    signal.throwIfAborted();
    const isOpen = isOpenStop(trajectory.stop);
    const scores = isOpen
      ? []
      : await scoreTrajectory({ task, trajectory, judge, effects: journal, signal });
    return outcomeOf(trajectory, scores, performance.now() - began);
  };
  return journal.once(
    key,
    { settings: options.settings },
    produce,
    ({ stop }) => !isOpenStop(stop),
  );
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
    turns: Math.max(
      trajectory.turns.at(-1)?.number ?? 0,
      trajectory.turns.length + (trajectory.missed ?? 0),
    ),
    answer: answer?.number ?? null,
    solvedVisible: trajectory.solvedVisible,
    passedHidden:
      trajectory.stop === 'infrastructure'
        ? null
        : passedHidden(scores.length > 0 || (!answer && trajectory.stop !== 'solved'), score),
    candidates: trajectory.turns.reduce((sum, { screened }) => sum + screened, 0),
    durationMs,
    ...(trajectory.chosenBy === undefined ? {} : { chosenBy: trajectory.chosenBy }),
    ...reasonOf(trajectory),
  };
}

/** What made it impossible to judge, as the starter's verdict or the last turn's tells. */
function reasonOf({ stop, start, turns, reason }: Trajectory): { reason?: string } {
  if (reason !== undefined) return { reason };
  const message = turns.at(-1)?.verdict.message ?? start?.message;
  return stop === 'infrastructure' && message !== undefined ? { reason: message } : {};
}

/** No answer has passed nothing, unless the starter left nothing to mend; a verdict that says nothing of the program is no score. */
function passedHidden(hasHidden: boolean, score: Score['verdict'] | undefined): boolean | null {
  if (!hasHidden) return null;
  if (!score) return false;
  return isAboutProgram(score) ? score.status === 'passed' : null;
}
