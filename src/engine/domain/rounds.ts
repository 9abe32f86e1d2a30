import type { LanguageName } from './task';

/** What a solver is to get better at. */
export const abilities = ['write', 'repair', 'test', 'speed'] as const;
export type Ability = (typeof abilities)[number];

/** What a better program is. */
export const directions = ['correct', 'robust', 'faster', 'safer', 'newerApi'] as const;
export type Direction = (typeof directions)[number];

/** `low`: every step is confirmed. `middle`: spending and updating. `high`: the budget alone. */
export const autonomies = ['low', 'middle', 'high'] as const;
export type Autonomy = (typeof autonomies)[number];

/** The steps of one round, in their order. */
export const roundSteps = ['measure', 'choose', 'evolve', 'solve', 'update', 'compare'] as const;
export type RoundStep = (typeof roundSteps)[number];

/** Where goals are set, and where they are missed: tasks alike in all three. */
export interface Cell {
  readonly language: LanguageName;
  readonly concept: string;
  /** Operator of the fault that was put in, `several`, `body`, or `unknown`. */
  readonly fault: string;
}

/** How a solver did on frozen tasks. */
export interface Measured {
  /** Number of the generation that was measured; 0 is the solver as it came. */
  readonly generation: number;
  /** The run that holds the trajectories. */
  readonly run: string;
  readonly tasks: number;
  /** Mean over tasks of the share of samples that pass hidden tests, with its 95 % interval. */
  readonly rate: number;
  readonly interval: readonly [number, number];
  /** Trajectories that our own fault kept from being judged: they count nowhere. */
  readonly faults: number;
  /** Mean candidates to the right program, the bound where none was found; null for chat models. */
  readonly candidatesToFix: number | null;
}

/** A task that one of two solvers solves more often than the other. */
export interface MovedTask {
  readonly task: string;
  readonly id: string;
  /** Shares of samples that pass hidden tests. */
  readonly before: number;
  readonly after: number;
  /** It was solved, and is not any more. */
  readonly isForgotten: boolean;
}

export interface CellRate extends Cell {
  readonly tasks: number;
  readonly rate: number;
}

/** What came of a round. */
export interface RoundComparison {
  readonly before: Measured;
  readonly after: Measured;
  readonly outcome: 'better' | 'worse' | 'cannotTell';
  /** After less before, with its 95 % interval. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  /** A true difference of this size is found four times out of five; null if none would be. */
  readonly detectable: number | null;
  /** Too few tasks moved for any test to tell. */
  readonly isHopeless: boolean;
  readonly moved: readonly MovedTask[];
  readonly isKept: boolean;
  /** Why it was kept or rolled back, as a code that faces put into words. */
  readonly reason: KeepReason;
  /** Weakest cells, the weakest first: what the next goals are written from. */
  readonly weakest: readonly CellRate[];
}

export type KeepReason =
  | 'better'
  | 'worse'
  | 'nothingLearned'
  | 'cannotTellHigher'
  | 'cannotTellLower'
  | 'cannotTellFewerCandidates'
  | 'cannotTellMoreCandidates'
  | 'cannotTellEqual';

/** One task as it was weighed for the next turn. */
export interface WeighedTask {
  readonly task: string;
  readonly id: string;
  readonly rewards: readonly number[];
  readonly information: number;
  readonly isChosen: boolean;
}

/** What each step leaves behind; a step that has not ended is not there. */
export interface RoundView {
  /** From 1. */
  readonly number: number;
  readonly measure?: Measured;
  readonly choose?: {
    readonly run: string;
    readonly tasks: readonly WeighedTask[];
    /** Every task had the same weight: the choice was by chance. */
    readonly isUniform: boolean;
  };
  readonly evolve?: {
    readonly made: number;
    readonly rejected: Readonly<Record<string, number>>;
    /** Tasks of the next pool: taken over, and new. */
    readonly old: number;
    readonly new: number;
    readonly warnings: readonly MixWarning[];
  };
  readonly solve?: {
    readonly run: string;
    readonly tasks: number;
    readonly solved: number;
  };
  readonly update?: {
    readonly generation: number;
    readonly pairs: number;
    readonly replayed: number;
    /** Programs that were not admitted, by reason. */
    readonly refused: Readonly<Record<string, number>>;
    /** Folder of the dataset, where one was written. */
    readonly dataset?: string;
  };
  readonly compare?: RoundComparison;
  /** Steps that a person confirmed. */
  readonly confirmed: readonly RoundStep[];
}

export type MixWarning = 'saturated' | 'lessDiverse' | 'fewTasks';

/** A rule that was drawn from a failure and proved its worth. */
export interface Lesson {
  readonly id: string;
  readonly text: string;
  readonly language: LanguageName;
  /** Words that it is found again by. */
  readonly about: string;
  /** Round in which it was drawn. */
  readonly round: number;
  /** Hash of the task that it was drawn from, which it fixes. */
  readonly from: string;
  readonly wins: number;
  readonly losses: number;
  readonly state: LessonState;
}

/** `retired`: it lost more than it won. `off`: a person switched it off. */
export const lessonStates = ['active', 'retired', 'off'] as const;
export type LessonState = (typeof lessonStates)[number];

/** One point of the curve over rounds: a generation on the same frozen tasks. */
export interface CurvePoint extends Measured {
  /** Round after which it was measured; 0 before the first. */
  readonly round: number;
  /** Whether it went on. */
  readonly isKept: boolean;
}
