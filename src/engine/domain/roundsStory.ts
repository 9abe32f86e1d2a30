import type {
  Autonomy,
  CellRate,
  CurvePoint,
  Lesson,
  LessonState,
  RoundComparison,
  RoundView,
  WeighedTask,
} from './rounds';
import type { RunSummary } from './view';

/** All that faces show of a run of rounds, small enough to send whole. */
export interface RoundsStory {
  readonly run: RunSummary;
  readonly goals: GoalsStory;
  /** In order; the last may not have ended. */
  readonly rounds: readonly RoundStory[];
  readonly curve: readonly CurvePoint[];
  /** As they stand now, with what people changed of them. */
  readonly lessons: readonly Lesson[];
  /** What the next rounds would work on; null before a round has ended. */
  readonly next: NextGoals | null;
  readonly spent: RoundsSpent;
}

export interface GoalsStory {
  readonly name: string;
  readonly ability: string;
  readonly direction: string;
  readonly language: string | null;
  readonly concept: string | null;
  /** Where tasks come from: a folder or a file. */
  readonly tasks: string;
  readonly heldOut: string | null;
  /** Share of families that is held out where no file of such tasks is named. */
  readonly heldOutShare: number;
  readonly solver: string;
  readonly focus: readonly Pick<CellRate, 'language' | 'concept' | 'fault'>[];
  /** The file as it is now: null where it is gone or no longer holds goals. */
  readonly file: GoalsFileStory | null;
}

export interface GoalsFileStory {
  readonly path: string;
  readonly autonomy: Autonomy;
  readonly budget: RoundsBudget;
}

/** Bounds of all rounds of a run together, over all sittings. */
export interface RoundsBudget {
  readonly candidates?: number | undefined;
  readonly tokens?: number | undefined;
  readonly usd?: number | undefined;
  readonly minutes?: number | undefined;
}

export interface RoundsSpent {
  readonly candidates: number;
  /** Null where no model is asked, or nothing is known of it. */
  readonly tokens: number | null;
  readonly usd: number | null;
}

export interface NextGoals {
  readonly file: string | null;
  readonly weakest: readonly CellRate[];
}

/** A round without what only the next step needs. */
export interface RoundStory extends Omit<RoundView, 'choose' | 'compare'> {
  readonly choose?: {
    readonly run: string;
    readonly of: number;
    readonly chosen: number;
    readonly isUniform: boolean;
    /** The chosen tasks that tell most, at most `mostShown`. */
    readonly tasks: readonly WeighedTask[];
  };
  readonly compare?: RoundComparison & {
    /** Tasks that moved and are not among `moved`. */
    readonly movedMore: number;
  };
}

/** Most tasks that a list of a story holds. */
export const mostShown = 100;

/** What a person makes of a lesson. What is left out stays as it is. */
export interface LessonChange {
  readonly run: string;
  readonly lesson: string;
  readonly state?: Exclude<LessonState, 'retired'>;
  readonly text?: string;
}

/** Longest text of a lesson, in characters. */
export const maxLessonChars = 400;

/** Rounds that might be begun. */
export interface RoundsPlan {
  readonly goalFile: string;
  readonly rounds: number;
}

export interface RoundsEstimate {
  readonly name: string;
  readonly autonomy: Autonomy;
  readonly budget: RoundsBudget;
  readonly solver: 'search' | 'chat';
  readonly model: string | null;
  /** Tasks of the file, or the most that are made from a folder. */
  readonly tasks: number;
  /** They are still to be made. */
  readonly areMade: boolean;
  /** Most trajectories of all rounds. */
  readonly trajectories: number;
  /** Most programs that search repair judges; null for chat models. */
  readonly candidates: number | null;
  /** Of chat models; null where it cannot be told before tasks are made, and for search repair. */
  readonly likely: Cost | null;
  readonly atMost: Cost | null;
}

export interface Cost {
  readonly calls: number;
  readonly tokens: number;
  /** Null where the price is not known. */
  readonly usd: number | null;
}
