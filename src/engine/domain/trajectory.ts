import type { Status, Verdict } from './verdict';

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
  /** What its proposer had been told, where it is one that is told something. */
  readonly told?: Told;
  /** Where its proposer chose it among several that pass: what speaks for it, and the others. */
  readonly choice?: Choice;
}

export const maxAlternatives = 5;

/** Why one of several programs that pass all visible tests was chosen. */
export interface Choice {
  /** How many programs that pass were found. */
  readonly passing: number;
  /** Into how many behaviours they fall on generated inputs; null where that was not found out. */
  readonly behaviours: number | null;
  /** Visible tests that some judged program passed and some other failed. */
  readonly tellingTests: number;
  /** Of choices like this one, how many were right where that was measured. */
  readonly measured: { readonly right: number; readonly of: number };
  /** A call on which programs that pass differ, with what they give: the test to write next. */
  readonly decidingTest?: { readonly call: string; readonly answers: readonly string[] };
  /** The next best, at most `maxAlternatives`, each doing something else where that is known. */
  readonly alternatives: readonly { readonly program: string; readonly note: string }[];
}

/** What stood in front of the one who proposed, as shown to it, and what it made of it. */
export interface Told {
  readonly approach: 'sample' | 'refine';
  /** Number of the turn whose program was to be mended; null for a fresh sample. */
  readonly about: number | null;
  readonly feedback?: Feedback;
  /** Lessons of earlier turns (Reflexion, 2303.11366), oldest first, at most `maxLessons`. */
  readonly lessons: readonly string[];
  /** The one line that it wrote down itself this time. */
  readonly learned?: string;
}

export const maxLessons = 3;

/**
 * `simple`: right or wrong. `test`: the first failing test. `explain`: that, and the model's own
 * explanation of its program. `trace`: that, and a real execution trace. `rubber-duck`: an
 * explanation alone, nothing having been run (Chen et al. 2023, 2304.05128).
 */
export const feedbackKinds = ['simple', 'test', 'explain', 'trace', 'rubber-duck'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** What the solver was told of a failing verdict on visible tests. */
export interface Feedback {
  readonly kind: FeedbackKind;
  readonly text: string;
  /** What the model wrote of its own program, for the kinds that ask it. */
  readonly explanation?: string;
  /** Whether the model held its program for right, where it was asked; never a verdict. */
  readonly selfJudgement?: 'right' | 'wrong';
}

/**
 * Where the next program comes from. `chain`: the last one, turn after turn. `restart`: a fresh
 * sample where there is no progress. `tree`: a failing one drawn by Thompson sampling. `parallel`:
 * many samples first, then the best of them.
 */
export const strategies = ['chain', 'restart', 'tree', 'parallel'] as const;
export type Strategy = (typeof strategies)[number];

/** How an answer was chosen, from the strongest evidence to none. */
export const evidences = [
  'visibleTests',
  'writtenTests',
  'majority',
  'selfJudgement',
  'none',
] as const;
export type Evidence = (typeof evidences)[number];

export const maxBatch = 64;

/** What judging one candidate of a batch showed, in little. */
export interface ScreenedOutcome {
  readonly status: Status;
  /** One character a test, in order: `1` passed, `0` not. */
  readonly passed: string;
  /** How far all tests together are from passing, from 0 to 1. */
  readonly distance: number;
  /** Equal where every test gave the same. */
  readonly behaviour: string;
  /** How the first failing test failed: the name of an error, `nothing`, `kind`, `value`, a status. */
  readonly symptom: string;
}

/** One proposal: a candidate, or a batch of at most `maxBatch` of which the best stands here. */
export interface Turn {
  /** From 1. */
  readonly number: number;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** How many candidates this turn judged, the one that stands for it included. */
  readonly screened: number;
  /** Of all that were judged, by place in the batch; null where the verdict is not about them. */
  readonly outcomes?: readonly (ScreenedOutcome | null)[];
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
  /** What the answer was chosen by, where the loop chose among programs that tests leave equal. */
  readonly chosenBy?: Evidence;
  /** Turns that ended without a program. */
  readonly missed?: number;
  /** What a stop that is not about the programs had to say. */
  readonly reason?: string;
  readonly stop: StopReason;
  readonly solvedVisible: boolean;
}

/** The verdict on hidden tests, beside a turn. Evaluation and datasets read it, the loop never. */
export interface Score {
  readonly turn: number;
  readonly verdict: Verdict;
}
