import type { BudgetStop } from './budgetStop';
import type { Attempt } from './chat';
import type { RoundStep } from './rounds';
import type { LanguageName } from './task';
import type { TraceEvent } from './ports';
import type { Choice, Evidence, StopReason, Told } from './trajectory';
import type { Isolation, Status } from './verdict';

/** What people see of runs: rows small enough to send on every change. */
export type RunState = 'running' | 'interrupted' | 'finished' | 'cancelled' | 'failed';

/** The four parts of a turn of the wheel, in order. */
export type Phase = 'acquire' | 'refine' | 'update' | 'evaluate';

export interface Estimate {
  readonly count: number;
  readonly of: number;
  /** 95 % interval of the share, each from 0 to 1; null where `of` is 0. */
  readonly interval: readonly [number, number] | null;
}

export interface RunSummary {
  readonly id: string;
  /** `demo`, `solve` or `rounds`. */
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
  /** Where rounds have come to. */
  readonly round?: { readonly number: number; readonly step: RoundStep };
  /** The goals file that rounds go by, and how many of them were asked for. */
  readonly goals?: { readonly file: string; readonly rounds: number };
  /** The chat model, where one writes the programs. */
  readonly model?: string;
  /** Trajectories of each task, where there are several. */
  readonly samples?: number;
  /** What model calls took so far, where there are any to make. */
  readonly usage?: RunUsage;
  readonly budget?: RunBudget;
  /** The bound of the budget at which it stopped. */
  readonly stoppedAt?: BudgetStop;
  /** Why it stopped before its end; it can be gone on with. */
  readonly pausedBy?: PauseReason;
}

export const pauseReasons = ['budget', 'modelUnavailable'] as const satisfies StopReason[];
export type PauseReason = (typeof pauseReasons)[number];

export function isPause(stop: StopReason): stop is PauseReason {
  return pauseReasons.some((reason) => reason === stop);
}

export interface RunUsage {
  /** In and out. */
  readonly tokens: number;
  /** Null where the price of any call is not known. */
  readonly costUsd: number | null;
  /** Calls that were answered. */
  readonly calls: number;
  /**
   * Tokens of calls that were given up or in flight when the run was killed, where there were any:
   * at the most that they could use, and part of `tokens`.
   */
  readonly unanswered?: number;
}

/** What a chat model may use at most in a run, over all its sittings. */
export interface RunBudget {
  readonly maxUsd?: number;
  readonly maxTokens?: number;
  readonly maxCalls?: number;
  /** Of time in which a call is under way. */
  readonly maxWallMs?: number;
}

export interface TurnCell {
  readonly number: number;
  /** Says nothing where `nothing` does. */
  readonly status: Status;
  /** Why no program came of the turn, where none did. */
  readonly nothing?: string;
  readonly passed: number;
  readonly of: number;
  readonly screened: number;
}

/** One task of a run: a row of the grid. */
export interface TaskRow {
  readonly hash: string;
  readonly id: string;
  readonly language: LanguageName;
  readonly entryPoint: string;
  /** The kind of fault that was put in, for people; no solver sees it. */
  readonly fault?: string;
  readonly turns: readonly TurnCell[];
  /**
   * Number of the first turn whose program passed all visible tests, where there is one. Turns
   * behind it only look for a better program.
   */
  readonly passedAt?: number;
  readonly state: 'waiting' | 'running' | 'ended';
  readonly stop?: StopReason;
  readonly solvedVisible?: boolean;
  readonly passedHidden?: boolean | null;
  readonly candidates: number;
  readonly durationMs: number;
  /** Why it could not be judged, where it could not. */
  readonly reason?: string;
  /**
   * Where a task has several trajectories. Then the cells are those of the best one, the task is
   * solved where any is, and it has ended when all have.
   */
  readonly samples?: {
    /** The best on visible tests, from 0. */
    readonly best: number;
    readonly of: number;
    readonly ended: number;
    readonly solved: number;
    readonly passedHidden: number;
  };
}

/** What a model is writing now in one trajectory: shown as it comes, and never recorded. */
export interface LiveText {
  readonly task: string;
  readonly sample: number;
  readonly turn: number;
  /** Kind of the call: `call/program`, `call/explanation`. */
  readonly kind: string;
  /** The end of its first reply so far, at most `maxLiveChars`. */
  readonly text: string;
  /** Characters of the whole reply so far. */
  readonly chars: number;
  /** The call has ended, and what was written is read and judged. */
  readonly isDone: boolean;
}

export const maxLiveChars = 4000;

/** One turn as a story tells it. */
export interface TurnStory extends TurnCell {
  readonly note?: string;
  /** What a search said of the program that it chose among several, and the next best. */
  readonly choice?: Choice;
  /** Sha256 of the program, under which its text can be asked for; null where none came. */
  readonly program: string | null;
  /** Number of the turn that it is compared with; 0 for the starter, or for nothing at all. */
  readonly against?: number;
  /**
   * Unified difference to what it was made from: the turn that the solver was told of, the starter
   * for a fresh sample, else the turn before.
   */
  readonly difference: readonly DifferenceLine[];
  readonly fixed: readonly string[];
  readonly broke: readonly string[];
  readonly failing?: FailingTest;
  readonly feedback?: string;
  /** What the solver had been told before it wrote this, where it is told something. */
  readonly told?: Told;
  /** The model calls of the turn as they were answered. */
  readonly calls?: readonly CallStory[];
  /** Requests of it that brought no usable reply. */
  readonly attempts?: readonly AttemptStory[];
  /** The trace that was made for it of the turn to mend. */
  readonly trace?: TraceStory;
  readonly output?: string;
  readonly message?: string;
  /** Left out where nothing was judged. */
  readonly isolation?: Isolation;
  readonly durationMs: number;
  readonly passedHidden?: boolean;
}

/** How a failing test ran through the program, statement by statement. */
export interface TraceStory {
  readonly test: string;
  readonly steps: readonly TraceStep[];
  /** Steps left out in the middle, before the one of this place. */
  readonly omitted: number;
  readonly omittedBefore: number;
}

export interface TraceStep extends Pick<TraceEvent, 'line' | 'function' | 'returned' | 'raised'> {
  /** The line as it stands in the program. */
  readonly source: string;
  readonly changed: readonly { readonly name: string; readonly value: string }[];
}

/** One model call of a turn; texts are cut for show. */
export interface CallStory {
  /** `call/program`, `call/explanation`. */
  readonly kind: string;
  readonly model: string;
  /** Names and versions of the prompts. */
  readonly prompt: string;
  readonly replies: readonly { readonly text: string; readonly reasoning?: string }[];
  readonly refused?: string;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly costUsd: number | null;
}

/** A request to a model that brought no usable reply, or not all of it; texts are cut for show. */
export interface AttemptStory extends Pick<
  Attempt,
  | 'end'
  | 'status'
  | 'reason'
  | 'body'
  | 'partial'
  | 'durationMs'
  | 'costUsd'
  | 'decision'
  | 'waitMs'
> {
  /** Kind of the call that it was a try of: `call/program`. */
  readonly kind: string;
  /** In and out, as counted in the budgets; null where nothing was sent. */
  readonly tokens: number | null;
}

/** A turn that has not ended, of which only requests without a usable reply are recorded. */
export interface OpenTurn {
  /** 0: tests of its own, before the first turn or behind the last. */
  readonly number: number;
  readonly attempts: readonly AttemptStory[];
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
  /** Of the sample that is told. */
  readonly row: TaskRow;
  /** From 0. */
  readonly sample: number;
  /** All trajectories of the task, where there are several. */
  readonly samples?: readonly SampleMark[];
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
  /** Why it has not gone on, where requests failed and nothing came of the turn by now. */
  readonly open?: readonly OpenTurn[];
  /** Index of the chosen answer. */
  readonly answer: number | null;
  /** What the answer was chosen by, where visible tests did not settle it. */
  readonly chosenBy?: Evidence;
}

/** One trajectory of a task, to choose from. */
export interface SampleMark {
  readonly sample: number;
  readonly state: TaskRow['state'];
  readonly turns: number;
  readonly stop?: StopReason;
  readonly solvedVisible?: boolean;
  readonly passedHidden?: boolean | null;
}
