import type { Language } from './task';
import type { StopReason } from './trajectory';
import type { Isolation, Status } from './verdict';

/** What people see of runs: rows small enough to send on every change. */
export type RunState = 'running' | 'interrupted' | 'finished' | 'cancelled' | 'failed';

export const phases = ['acquire', 'refine', 'update', 'evaluate'] as const;
/** The four parts of a turn of the wheel, in order. */
export type Phase = (typeof phases)[number];

export interface Estimate {
  readonly count: number;
  readonly of: number;
  /** 95 % interval of the share, each from 0 to 1; null where `of` is 0. */
  readonly interval: readonly [number, number] | null;
}

export interface RunSummary {
  readonly id: string;
  /** `demo` or `solve`. */
  readonly kind: string;
  readonly title: string;
  readonly solver: string;
  readonly state: RunState;
  /** Why it failed, or what a finished run left to say. */
  readonly message?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Time spent working, over all sittings. */
  readonly workedMs: number;
  readonly phase?: Phase;
  /** Done and total of the phase, where it is known. */
  readonly done?: number;
  readonly total?: number;
  readonly tasks: number;
  readonly ended: number;
  readonly solvedVisible: Estimate;
  readonly passedHidden: Estimate;
  readonly candidates: number;
  readonly rejected?: Readonly<Record<string, number>>;
  /** Languages whose programs cannot be run here, with the reason. */
  readonly leftOut?: readonly { readonly language: string; readonly reason: string }[];
  readonly stops: Readonly<Partial<Record<StopReason, number>>>;
  /** Folder of the dataset, once one was written. */
  readonly dataset?: string;
  readonly pairs?: number;
}

export interface TurnCell {
  readonly number: number;
  readonly status: Status;
  readonly passed: number;
  readonly of: number;
  readonly screened: number;
}

/** One task of a run: a row of the grid. */
export interface TaskRow {
  readonly hash: string;
  readonly id: string;
  readonly language: Language;
  readonly entryPoint: string;
  /** The kind of fault that was put in, for people; no solver sees it. */
  readonly fault?: string;
  readonly turns: readonly TurnCell[];
  readonly state: 'waiting' | 'running' | 'ended';
  readonly stop?: StopReason;
  readonly solvedVisible?: boolean;
  readonly passedHidden?: boolean | null;
  readonly candidates: number;
  readonly durationMs: number;
  /** Why it could not be judged, where it could not. */
  readonly reason?: string;
}

/** One turn as a story tells it. */
export interface TurnStory extends TurnCell {
  readonly note?: string;
  /** Sha256 of the program, under which its text can be asked for. */
  readonly program: string;
  /** Unified difference to the turn before (to the starter for the first). */
  readonly difference: readonly DifferenceLine[];
  readonly fixed: readonly string[];
  readonly broke: readonly string[];
  readonly failing?: FailingTest;
  readonly feedback?: string;
  readonly output?: string;
  readonly message?: string;
  readonly isolation: Isolation;
  readonly durationMs: number;
  readonly passedHidden?: boolean;
}

export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

export interface FailingTest {
  readonly id: string;
  readonly outcome: string;
  readonly message?: string;
  readonly statement?: string;
  readonly expected?: string;
  readonly actual?: string;
}

export interface TaskStory {
  readonly run: string;
  readonly row: TaskRow;
  readonly prompt: string;
  readonly visibleTests: number;
  readonly hiddenTests: number;
  readonly starter?: {
    readonly program: string;
    readonly status: Status;
    readonly passed: number;
    readonly of: number;
    readonly failing?: FailingTest;
  };
  readonly turns: readonly TurnStory[];
  /** Index of the chosen answer. */
  readonly answer: number | null;
}
