import type { MakerCounts } from '../tasks/gate/admission';
import type { Missed } from '../tasks/testing/missed';
import type { FunctionsRequest } from './ownFunctionTypes';
import type { Difficulty, GateState, StepRecord, Survivor } from '../tasks/gate/gateReport';

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

export interface MakeTasksResult extends GateCounts {
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
