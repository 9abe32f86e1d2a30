import type { Verdict } from './verdict';

/** One program proposed for a problem, with who proposed it and what it was made from. */
export interface Candidate {
  readonly program: string;
  /** Who proposed it, with a version: `search-repair@1`. */
  readonly proposer: string;
  /** sha256 of the program it was made from. */
  readonly parent?: string;
  /** What was done to the parent, for people: `comparison on line 12: < to <=`. */
  readonly note?: string;
  /** A name for the kind of edit. */
  readonly operator?: string;
}

/** What the solver was told of a failing verdict on visible tests. */
export interface Feedback {
  readonly kind: 'simple' | 'test';
  readonly text: string;
}

export const maxBatch = 64;

/** One proposal: a candidate, or a batch of at most `maxBatch` of which the best stands here. */
export interface Turn {
  /** From 1. */
  readonly number: number;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** How many candidates this turn judged, the one that stands for it included. */
  readonly screened: number;
  readonly feedback?: Feedback;
  readonly durationMs: number;
}

export const stopReasons = [
  'solved',
  'turnsUsed',
  'candidatesUsed',
  'repeating',
  'budget',
  'cancelled',
  'modelRefused',
  'modelUnavailable',
  'infrastructure',
] as const;
export type StopReason = (typeof stopReasons)[number];

/** The turns of one sample on one task, the answer chosen and the one reason why it stopped. */
export interface Trajectory {
  readonly taskHash: string;
  /** From 0. */
  readonly sample: number;
  /** The verdict of the starter on visible tests, where the task has one. */
  readonly start?: Verdict;
  readonly turns: readonly Turn[];
  /** Index into `turns` of the answer: the best on visible tests, the earliest among equals. */
  readonly answer: number | null;
  readonly stop: StopReason;
  readonly solvedVisible: boolean;
}

/** The verdict on hidden tests, beside a turn. Evaluation and datasets read it, the loop never. */
export interface Score {
  readonly turn: number;
  readonly verdict: Verdict;
}
