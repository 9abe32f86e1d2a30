import type { SandboxReport } from '../domain/ports';
import type { RunSummary, TaskRow, TaskStory } from '../domain/view';

/** What a face (command line, editor) can ask of the engine. Values are plain data. */
export interface Workbench {
  doctor(signal: AbortSignal): Promise<DoctorReport>;

  /** Newest first. */
  runs(): RunSummary[];
  /** Throws UserError `noSuchRun`. */
  run(run: string): RunSummary;
  rows(run: string): TaskRow[];
  story(run: string, task: string): TaskStory;
  /** Text of a program by its sha256; null where the journal has none. */
  program(hash: string): string | null;

  /** The whole wheel on the samples. An interrupted demo is gone on with, else a new one starts. */
  demo(listener: RunListener, signal: AbortSignal): Promise<DemoResult>;
  /** Solves tasks of a file; the same run id again goes on from where it stopped. */
  solve(request: SolveRequest, listener: RunListener, signal: AbortSignal): Promise<SolveResult>;
  /** Goes on with an interrupted or cancelled run of either kind. */
  resume(run: string, listener: RunListener, signal: AbortSignal): Promise<RunSummary>;

  /** Judges programs that somebody else wrote, and writes the results file. */
  verify(
    request: VerifyRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<VerifyResult>;
  makeTasks(
    request: MakeTasksRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<MakeTasksResult>;
  exportDataset(
    request: ExportRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<ExportResult>;

  close(): Promise<void>;
}

export interface ProgressListener {
  (progress: { readonly done: number; readonly total: number; readonly what: string }): void;
}

/** Told after each recorded change; `rows` are the tasks that changed since the last call. */
export interface RunListener {
  (run: RunSummary, rows: readonly TaskRow[]): void;
}

export interface SolveRequest {
  readonly run: string;
  /** File with tasks: our format, HumanEval, either gzipped. */
  readonly tasksFile: string;
  readonly maxCandidates?: number;
  readonly turns?: number;
  readonly seed?: number;
  readonly concurrency?: number;
}

export interface TurnRate {
  readonly turn: number;
  readonly attempted: number;
  readonly solvedVisible: number | null;
  readonly passedHidden: number;
}

export interface SolveResult {
  readonly run: string;
  readonly tasks: number;
  readonly trajectories: number;
  readonly solvedVisible: number | null;
  readonly passedHidden: number;
  readonly byStop: Readonly<Record<string, number>>;
  readonly byTurn: readonly TurnRate[];
  readonly candidates: number;
  readonly tokens: number;
  readonly usd: number | null;
  readonly seconds: number;
}

export interface DemoResult {
  readonly run: string;
  readonly tasks: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly solvedVisible: number | null;
  readonly passedHidden: number;
  readonly pairs: number;
  readonly dataset: string;
  readonly byTurn: readonly TurnRate[];
  readonly seconds: number;
  /** The evaluation as text for a terminal. */
  readonly report: string;
  /** Languages left out because no sandbox for them works here, with the reason. */
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
}

export interface VerifyRequest {
  readonly tasksFile: string;
  readonly samplesFile: string;
  /** `<samples>.results.jsonl` unless told. */
  readonly out?: string;
  /** Instead of the limits of the tasks. */
  readonly timeoutMs?: number;
  /** Leave out task lines that cannot be read, and count them. */
  readonly skipBad?: boolean;
}

export interface VerifyResult {
  readonly verified: number;
  readonly passed: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly passAtK: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly perSecond: number;
  readonly workers: number;
  readonly sandbox: string;
  readonly out: string;
  readonly skipped: number;
  /** Why some could not be judged, a few different ones. */
  readonly reasons: readonly string[];
}

export interface MakeTasksRequest {
  /** A source file or a folder of the user's. */
  readonly from: string;
  /** `*.tasks.jsonl` to write. */
  readonly out: string;
  /** Most tasks to make; 60 unless told. */
  readonly limit?: number;
  readonly seed?: number;
}

export interface MakeTasksResult {
  readonly out: string;
  readonly tasks: number;
  readonly functions: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
  /** Places that could not be read or used, for people. */
  readonly notes: readonly string[];
}

export interface ExportRequest {
  readonly run: string;
  readonly out: string;
}

export interface ExportResult {
  readonly out: string;
  readonly pairs: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly files: readonly string[];
}

export interface DoctorReport {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly python: string | null;
  readonly journal: { readonly file: string; readonly state: string };
  readonly sandboxes: readonly SandboxReport[];
}
