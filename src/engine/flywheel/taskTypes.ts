import type { MakerCounts } from '../tasks/gate/admission';
import type { Missed } from '../tasks/testing/missed';
import type { FunctionsRequest } from './ownFunctionTypes';
import type { Difficulty, GateState, StepRecord, Survivor } from '../tasks/gate/gateReport';
import type { Amount } from '../models/estimate';

/** What the gate is asked beside its tasks. */
export interface GateRequest {
  /** Files with tasks that none may share text with, beside the sets frozen in the workspace. */
  readonly heldOut?: readonly string[];
  /** File with tasks that new ones must be unlike. */
  readonly pool?: string;
  readonly seed?: number;
}

export interface MakeTasksRequest extends GateRequest {
  /** A source file or a folder of the user's. */
  readonly from: string;
  /** `*.tasks.jsonl` to write. What was rejected goes into a file beside it. */
  readonly out: string;
  /** Names of makers; fault injection unless told. */
  readonly makers?: readonly string[];
  /** Names of the functions that makers without a model work on; all unless told. */
  readonly functions?: readonly string[];
  /** Most tasks to let in; 60 unless told. */
  readonly limit?: number;
  /** For makers with a model, as are all that follow. */
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maxTokensTotal?: number;
  readonly maxUsd?: number;
  readonly maxCalls?: number;
}

export interface GateCounts {
  /** Let in, those that are strong enough for training only among them. */
  readonly tasks: number;
  readonly trainingOnly: number;
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly byMaker: Readonly<Record<string, MakerCounts>>;
  /** Mean of the tasks that were let in; null where there is none. */
  readonly mutationScore: number | null;
  readonly seconds: number;
}

/** What making tasks would come to, before anything is judged, called or written. */
export interface TaskPlan {
  /** Functions that makers can work on, with the tests that call them. */
  readonly functions: number;
  readonly tests: number;
  /** Most tasks of makers without a model, bounded by the limit. */
  readonly atMost: number;
  /** Commits that would be looked at; null where history was not asked for. */
  readonly commits: number | null;
  /** What a model may cost; null where no maker asks one. */
  readonly cost: {
    readonly model: string | null;
    readonly atMost: Amount;
    readonly likely: Amount;
  } | null;
  /** Functions that are left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** What would be written, before it is. */
export interface MadePreview extends GateCounts {
  readonly out: string;
  readonly functions: number;
  readonly tokens: number;
  readonly usd: number | null;
  /** The first tasks that were let in. */
  readonly examples: readonly MadeExample[];
}

export interface MadeExample {
  readonly id: string;
  readonly language: string;
  readonly maker: string;
  readonly prompt: string;
  readonly starter: string | null;
  readonly visible: number;
  readonly hidden: number;
}

/** Asked before made tasks are written; no leaves every file as it was. */
export type ConfirmTasks = (preview: MadePreview, signal: AbortSignal) => Promise<boolean>;

export interface MakeTasksResult extends GateCounts {
  /** False where whoever was asked said no. */
  readonly written: boolean;
  readonly out: string;
  /** Where the rejected tasks are, each with what every step saw. */
  readonly rejectedFile: string;
  readonly functions: number;
  /** What makers with a model took; null for a cost that is not known. */
  readonly tokens: number;
  readonly usd: number | null;
  /** Why makers with a model stopped before their end; the same command again goes on. */
  readonly stopped?: { readonly stop: string; readonly reason: string };
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
  /** Places that could not be read or used, for people. */
  readonly notes: readonly string[];
}

export interface CheckTasksRequest extends GateRequest {
  readonly tasksFile: string;
  /** Where the tasks that were let in are written; nothing is unless told. */
  readonly out?: string;
  /** Estimates the difficulty of each by a solver; skipped unless told. */
  readonly difficulty?: DifficultyRequest;
  readonly skipBad?: boolean;
}

export interface DifficultyRequest {
  readonly solver: 'search' | 'chat';
  /** Samples of each task; 6 unless told. */
  readonly samples?: number;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maxTokensTotal?: number;
  readonly maxUsd?: number;
}

export interface CheckTasksResult extends GateCounts {
  readonly out: string | null;
  readonly rejectedFile: string | null;
  readonly skipped: number;
  readonly rows: readonly GatedTask[];
}

/** A task as it left the gate. */
export interface GatedTask {
  readonly id: string;
  readonly hash: string;
  /** Its hash before the gate left tests out and settled where they run. */
  readonly given: string;
  readonly language: string;
  readonly family: string;
  readonly maker: string;
  readonly state: GateState;
  readonly reason?: string;
  readonly mutationScore: number | null;
  readonly survivors: readonly Survivor[];
  readonly difficulty: Difficulty | null;
  readonly droppedTests: readonly string[];
  readonly steps: readonly StepRecord[];
  /** What it came from: a file or a folder. */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

export interface MissedRequest extends FunctionsRequest {
  /** One function; all of the file unless told. */
  readonly name?: string;
  readonly seed?: number;
  /** Propose tests that notice what is missed. */
  readonly propose?: boolean;
  /** Only the test that notices this change, by its place and note as they were told. */
  readonly only?: { readonly start: number; readonly end: number; readonly note: string };
  /** And add them to their files. */
  readonly write?: boolean;
}

export interface MissedFunction {
  readonly name: string;
  readonly file: string;
  readonly testFile: string;
  readonly mutants: number;
  readonly killed: number;
  readonly likelyEquivalent: number;
  readonly missed: readonly Missed[];
  readonly newTests: number;
}

export interface MissedResult {
  readonly functions: readonly MissedFunction[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Test files as they are, and as they would be. */
  readonly proposals: readonly {
    readonly file: string;
    readonly before: string;
    readonly after: string;
  }[];
}

export interface TaskFileRequest {
  readonly file: string;
  /** Its text where it is open and was changed. */
  readonly text?: string;
}

/** A task as it stands in a file, with what is known of it. */
export interface TaskEntry {
  /** Where its line stands: the file asked for, or that of the rejected ones beside it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly id: string;
  readonly hash: string;
  readonly language: string;
  readonly entryPoint: string;
  readonly maker: string;
  /** The kind of fault that was put in, for people. */
  readonly fault?: string;
  readonly visible: number;
  readonly hidden: number;
  readonly state: GateState | 'notChecked';
  /** Whether the gate was passed here, or the line itself says so; null where nothing does. */
  readonly toldBy: 'journal' | 'file' | null;
  readonly reason?: string;
  /** What the step that failed saw. */
  readonly saw?: string;
  readonly mutationScore: number | null;
  readonly difficulty: Difficulty | null;
  /** The newest run that worked on it. */
  readonly run: string | null;
}

export interface TaskFileView {
  readonly tasks: readonly TaskEntry[];
  /** Lines that are no task, with the reason. */
  readonly bad: readonly { readonly line: number; readonly problem: string }[];
  /** Tasks beyond the most that are told. */
  readonly more: number;
}

/** One task of a file with all that the gate saw of it. */
export interface TaskReportRequest {
  readonly file: string;
  readonly line: number;
  readonly text?: string;
}

export interface TaskReport {
  readonly entry: TaskEntry;
  readonly steps: readonly (Omit<StepRecord, 'step'> & { readonly step: string })[];
  readonly survivors: readonly (Omit<Survivor, 'told'> & {
    readonly told?: Survivor['told'] | undefined;
  })[];
  readonly droppedTests: readonly string[];
  /** Milliseconds since 1970; null where the line itself says it. */
  readonly checkedAt: number | null;
  readonly prompt: string;
}
