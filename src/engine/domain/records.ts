import type { Estimate, Phase, RunState } from './view';
import type { StopReason } from './trajectory';
import type { Status } from './verdict';

/** The kinds of effects that a trajectory records, in the order in which they come. */
export const effectKinds = {
  /** Turn 0: the verdict of the starter on visible tests. */
  start: 'start',
  /** The batch that the solver proposed. */
  propose: 'propose',
  /** Ordinal: place in the batch. The verdict on visible tests. */
  verdict: 'verdict',
  /** A `TurnRecord`: which of the batch stands for the turn. */
  turn: 'turn',
  /** The verdict on hidden tests. */
  score: 'score',
  /** Turn 0: an `OutcomeRecord`, after which nothing follows. */
  outcome: 'outcome',
} as const;

/** What stands of a turn without its program: enough for a row of the grid. */
export interface TurnRecord {
  readonly number: number;
  readonly ordinal: number;
  readonly status: Status;
  readonly passed: number;
  readonly of: number;
  readonly screened: number;
  readonly feedback: string | null;
  readonly durationMs: number;
}

export interface OutcomeRecord {
  readonly stop: StopReason;
  readonly turns: number;
  /** Number of the turn whose program is the answer; null where there is none. */
  readonly answer: number | null;
  readonly solvedVisible: boolean;
  /** Null where there is no hidden test, or its verdict is not about the program. */
  readonly passedHidden: boolean | null;
  readonly candidates: number;
  readonly durationMs: number;
  /** Why it could not be judged, where it could not. */
  readonly reason?: string;
}

/** What is known of a run beside its effects; every part may still be missing. */
export interface RunFacts {
  readonly phase?: Phase;
  readonly done?: number;
  readonly total?: number;
  readonly rejected?: Readonly<Record<string, number>>;
  readonly leftOut?: readonly { readonly language: string; readonly reason: string }[];
  readonly dataset?: string;
  readonly pairs?: number;
  /** The evaluation as text. */
  readonly report?: string;
}

/** A run as the journal holds it. */
export interface RunRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly solver: string;
  readonly state: RunState;
  readonly message: string | null;
  readonly startedAt: number;
  readonly workedMs: number;
  readonly settings: unknown;
  readonly facts: RunFacts;
}

export type { Estimate };
