import type { StopReason } from '../domain/trajectory';
import type { Outcome, Status } from '../domain/verdict';

/**
 * One trajectory as evaluation sees it, whoever made it: a run of ours, a results file, or another
 * tool. Everything that is measured is measured from these.
 */
export interface Attempt {
  /** Hash of the task, or its id where only that is known. */
  readonly task: string;
  /** Name of the task, for people. */
  readonly taskId: string;
  /** From 0, in order. */
  readonly sample: number;
  /** In order of their numbers, which start at 1 and have no gaps. */
  readonly turns: readonly AttemptTurn[];
  /** Number of the turn whose program is the answer; null where there is none. */
  readonly answer: number | null;
  readonly stop: StopReason | null;
  /** What was spent beside the turns: tests that the solver wrote to choose its answer. */
  readonly settling: Spent;
  /** Why we could not judge it, where we could not. */
  readonly reason?: string;
}

export interface AttemptTurn {
  readonly number: number;
  /** Sha256 of the program; null where no program came of the turn. */
  readonly program: string | null;
  /**
   * Visible tests passed; -1 where there is no program. Where another tool made the trajectory and
   * nothing was visible, the turn's number, so that the last program stands.
   */
  readonly visiblePassed: number;
  /** Every visible test passed, and there is one. */
  readonly passesVisible: boolean;
  /** Whether it passes hidden tests; null where that could not be found out. */
  readonly passesHidden: boolean | null;
  /** Of the hidden verdict. */
  readonly status: Status | 'noProgram';
  /** The same for programs that do the same on the inputs of all tests; null where not known. */
  readonly behaviour: string | null;
  /** The first hidden test that it fails. */
  readonly failing?: FailingExample;
  readonly spent: Spent;
}

export interface FailingExample {
  readonly test?: string;
  readonly outcome?: Outcome;
  readonly message?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** Null is unknown, which is never zero. */
export interface Spent {
  /** In and out, those of feedback and explanations included. */
  readonly tokens: number | null;
  readonly usd: number | null;
  /** Programs judged on visible tests. */
  readonly verdicts: number | null;
  readonly ms: number | null;
}

export const nothingSpent: Spent = { tokens: 0, usd: 0, verdicts: 0, ms: 0 };

export function addSpent(a: Spent, b: Spent): Spent {
  const sum = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? null : x + y;
  return {
    tokens: sum(a.tokens, b.tokens),
    usd: sum(a.usd, b.usd),
    verdicts: sum(a.verdicts, b.verdicts),
    ms: sum(a.ms, b.ms),
  };
}

export function spentOf({ turns, settling }: Attempt): Spent {
  return turns.reduce((sum, { spent }) => addSpent(sum, spent), settling);
}

/** The turn that stands as the answer where no more than `cap` turns are allowed. */
export function standingAt(attempt: Attempt, cap: number): AttemptTurn | null {
  const { turns, answer } = attempt;
  if (cap >= turns.length) return turns.find(({ number }) => number === answer) ?? null;
  return bestVisible(turns.filter(({ number }) => number <= cap));
}

/** The best on visible tests, the earliest among equals. */
function bestVisible(turns: readonly AttemptTurn[]): AttemptTurn | null {
  let best: AttemptTurn | null = null;
  for (const turn of turns) {
    if (turn.program === null) continue;
    if (best === null || turn.visiblePassed > best.visiblePassed) best = turn;
  }
  return best;
}

/**
 * Whether the answer is right; an attempt without an answer is wrong. Null where our own fault
 * keeps us from knowing, so that it counts nowhere.
 */
export function isRight(attempt: Attempt, cap = Infinity): boolean | null {
  if (attempt.stop === 'infrastructure') return null;
  const standing = standingAt(attempt, cap);
  return standing === null ? false : standing.passesHidden;
}

/** The first turn that passes hidden tests; null where there is none. */
export function firstRight({ turns }: Attempt): number | null {
  return turns.find(({ passesHidden }) => passesHidden === true)?.number ?? null;
}

/** Most turns of any attempt, within the bound of what is shown. */
export function lastTurn(attempts: readonly Attempt[]): number {
  return Math.min(
    maxTurnsShown,
    attempts.reduce((most, { turns }) => Math.max(most, turns.length), 0),
  );
}

/** Curves and tables per turn end here. */
const maxTurnsShown = 100;
