import type { RunEstimate } from '../models/estimate';
import type { LocalServer } from '../models/localServers';

export type { LocalServer };
import type { SandboxReport } from '../domain/ports';
import type { FeedbackKind, Strategy } from '../domain/trajectory';
import type { Isolation } from '../domain/verdict';
import type { Refusal } from '../datasets/pair';
import type { LiveText, RunSummary, TaskRow, TaskStory } from '../domain/view';
import { formatNames } from '../tasks/formats/format';
import type { Evaluation } from '../evaluation/evaluation';
import type { Comparison } from '../evaluation/metrics/comparison';
import type { ReportFormat } from '../evaluation/report/formats';

export { reportFormats } from '../evaluation/report/formats';

import type {
  CheckTasksRequest,
  CheckTasksResult,
  ConfirmTasks,
  GatedTask,
  MakeTasksRequest,
  MakeTasksResult,
  MissedRequest,
  MissedResult,
  TaskFileRequest,
  TaskFileView,
  TaskPlan,
  TaskReport,
  TaskReportRequest,
} from './taskTypes';
import type {
  ConfirmExport,
  DatasetComparison,
  DatasetRefusedRequest,
  DatasetRowsRequest,
  DatasetSummary,
  ExportRequest,
  ExportResult,
} from './exportTypes';
import type {
  AnswerRequest,
  AnswerResult,
  DecideRequest,
  FunctionsRequest,
  OwnFunction,
  Proposal,
  ProposalRequest,
  SelfDebugRequest,
  SelfDebugResult,
} from './ownFunctionTypes';
import type { CurvePoint, Lesson, RoundView } from '../domain/rounds';
import type { LessonChange, RoundsEstimate, RoundsPlan, RoundsStory } from '../domain/roundsStory';
import type { ConfirmStep, StepAsked } from './round/context';
import type { RoundsRequest, RoundsResult } from './round/rounds';

export type { ConfirmStep, RoundsRequest, RoundsResult, StepAsked };
export type * from './exportTypes';
export type * from './ownFunctionTypes';

/** What a face (command line, editor) can ask of the engine. Values are plain data. */
export interface Workbench {
  doctor(signal: AbortSignal): Promise<DoctorReport>;

  /** Newest first. */
  runs(): RunSummary[];
  /** Throws UserError `noSuchRun`. */
  run(run: string): RunSummary;
  rows(run: string): TaskRow[];
  /** Of the best sample unless told. Throws UserError `noSuchTask`, `noSuchSample`. */
  story(run: string, task: string, sample?: number): TaskStory;
  /** Text of a program by its sha256; null where the journal has none. */
  program(hash: string): string | null;

  /** The whole wheel on the samples. An interrupted demo is gone on with, else a new one starts. */
  demo(listener: RunListener, signal: AbortSignal): Promise<DemoResult>;
  /** Solves tasks of a file; the same run id again goes on from where it stopped. */
  solve(request: SolveRequest, listener: RunListener, signal: AbortSignal): Promise<SolveResult>;
  /**
   * Rounds of the wheel from a goals file; the same run id again goes on. `confirm` is asked at the
   * steps that the goals' autonomy names. Throws UserError `badGoals`, `goalsNotMet`, `notConfirmed`,
   * `budget`, `heldOutChanged`.
   */
  rounds(
    request: RoundsRequest,
    confirm: ConfirmStep,
    listener: RunListener,
    signal: AbortSignal,
  ): Promise<RoundsResult>;
  /** The rounds of such a run, with what each step left. */
  roundsOf(run: string): readonly RoundView[];
  /** Its generations on the frozen tasks. */
  curveOf(run: string): readonly CurvePoint[];
  lessonsOf(run: string): readonly Lesson[];
  /** All of that as faces show it. Throws UserError `noSuchRun`. */
  roundsStory(run: string): Promise<RoundsStory>;
  /** What rounds may come to at most. Throws UserError `badGoals`. */
  estimateRounds(plan: RoundsPlan, signal: AbortSignal): Promise<RoundsEstimate>;
  /** What a person makes of a lesson. Throws UserError `noSuchLesson`, `badLesson`, `badLessons`. */
  changeLesson(change: LessonChange): Promise<void>;
  /** Goes on with an interrupted or cancelled run of either kind. */
  resume(
    run: string,
    listener: RunListener,
    signal: AbortSignal,
    movedTo?: string,
  ): Promise<RunSummary>;

  /** Judges programs that somebody else wrote, and writes the results file. */
  verify(
    request: VerifyRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<VerifyResult>;
  /** `confirm` is shown what was made before anything is written. */
  makeTasks(
    request: MakeTasksRequest,
    progress: ProgressListener,
    signal: AbortSignal,
    confirm?: ConfirmTasks,
  ): Promise<MakeTasksResult>;
  /** What making tasks would come to; nothing is judged, called or written. */
  planTasks(request: Omit<MakeTasksRequest, 'out'>, signal: AbortSignal): Promise<TaskPlan>;
  /** Puts the tasks of a file through the gate. */
  checkTasks(
    request: CheckTasksRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<CheckTasksResult>;
  /** The tasks that went through the gate, as the journal holds them, newest first. */
  gatedTasks(): readonly GatedTask[];
  /** The tasks of a file with what is known of each, and the lines that are none. */
  taskFile(request: TaskFileRequest, signal: AbortSignal): Promise<TaskFileView>;
  /** What the gate saw of one task of a file. Throws UserError `noSuchTask`. */
  taskReport(request: TaskReportRequest): Promise<TaskReport>;
  /** Published sets and folders of programs with tests, as one file of our format. */
  importTasks(
    request: ImportTasksRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<ImportTasksResult>;
  /** What solving with a chat model may cost; nothing is called. */
  estimate(request: Omit<SolveRequest, 'run'>, signal: AbortSignal): Promise<SolveEstimate>;
  /** Servers of models on this machine, looked for only when this is called. */
  localServers(signal: AbortSignal): Promise<readonly LocalServer[]>;
  /** Names of the models at an address; none where it tells none. */
  endpointModels(baseUrl: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Makes one function of the user's pass its own tests, as a run of its own. */
  selfDebug(
    request: SelfDebugRequest,
    listener: RunListener,
    signal: AbortSignal,
  ): Promise<SelfDebugResult>;
  /** Goes on with a task after a person said what a call should give, as a run of its own. */
  answerTest(
    request: AnswerRequest,
    listener: RunListener,
    signal: AbortSignal,
  ): Promise<AnswerResult>;
  /** The change that a run on a function of the user's found, for the file as it is now. */
  proposal(request: ProposalRequest): Promise<Proposal>;
  /** Records what the person made of it. */
  decide(request: DecideRequest): void;
  /** The functions of a file with the tests that call them. */
  functions(request: FunctionsRequest): Promise<OwnFunction[]>;
  /** Changes of functions that their tests do not notice, and tests that would. */
  missedTests(
    request: MissedRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<MissedResult>;
  /** `confirm` is shown what goes in and what is dropped before anything is written. */
  exportDataset(
    request: ExportRequest,
    progress: ProgressListener,
    signal: AbortSignal,
    confirm?: ConfirmExport,
  ): Promise<ExportResult>;

  /** Datasets that can be found from the journal, newest first. */
  datasets(): Promise<DatasetSummary[]>;
  /** The first rows of one file of a dataset, as JSON. Throws UserError `notADataset`. */
  datasetRows(request: DatasetRowsRequest): Promise<readonly string[]>;
  /** What a dataset left out, and why. */
  datasetRefused(request: DatasetRefusedRequest): Promise<readonly Refusal[]>;
  compareDatasets(request: {
    readonly before: string;
    readonly after: string;
  }): Promise<DatasetComparison>;

  /** Measures a run, a results file, or trajectories of another tool. The second time is free. */
  evaluate(
    request: EvaluateRequest,
    progress: ProgressListener,
    signal: AbortSignal,
  ): Promise<EvaluateResult>;

  close(): Promise<void>;
}

export interface ProgressListener {
  (progress: { readonly done: number; readonly total: number; readonly what: string }): void;
}

/** Told after each recorded change; `rows` are the tasks that changed since the last call. */
export interface RunListener {
  (run: RunSummary, rows: readonly TaskRow[]): void;
  /** Told at most four times a second what models are writing now; one text a trajectory. */
  readonly writing?: (texts: readonly LiveText[]) => void;
}

export interface SolveRequest {
  readonly run: string;
  /** File with tasks: our format or any that is imported. */
  readonly tasksFile: string;
  /** Ids of the tasks of the file that are meant; all unless told. */
  readonly only?: readonly string[];
  /** `search` unless told. */
  readonly solver?: 'search' | 'chat';
  readonly maxCandidates?: number;
  /** File with a policy that search repair learned; the hand priority unless told. */
  readonly policy?: string;
  /** Most turns of a trajectory; for chat 4 unless told. */
  readonly turns?: number;
  readonly seed?: number;
  readonly concurrency?: number;
  /** For `chat`, as are all that follow. */
  readonly model?: string;
  readonly baseUrl?: string;
  /** The model of the run that is gone on with answers at another address now. */
  readonly moved?: boolean;
  /** Trajectories of each task; 1 unless told. */
  readonly samples?: number;
  /** `explain` unless told. */
  readonly feedback?: FeedbackKind;
  /** `chain` unless told. */
  readonly strategy?: Strategy;
  readonly temperature?: number;
  /** Hard bounds of the run, kept over all its sittings. */
  readonly maxTokensTotal?: number;
  readonly maxUsd?: number;
  readonly maxCalls?: number;
  /** Of time in which a call is under way. */
  readonly maxMinutes?: number;
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
  /** Of `tokens`: calls without an answer, at the most that they could use. */
  readonly unanswered?: number;
  readonly seconds: number;
  /** Why it stopped before its end, with what to do. */
  readonly reason?: string;
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
  readonly byIsolation: Readonly<Record<Isolation, number>>;
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

export type * from './taskTypes';
export { makerNames } from './makers';

/** `auto`: told by content, record by record; a folder is a folder. */
export const importFormats = ['auto', ...formatNames, 'folder'] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface ImportTasksRequest {
  /** JSON lines or a JSON array, either gzipped, Parquet, or folders. */
  readonly files: readonly string[];
  /** `*.tasks.jsonl` to write. */
  readonly out: string;
  readonly format?: ImportFormat;
  readonly skipBad?: boolean;
}

export interface ImportTasksResult {
  readonly out: string;
  readonly tasks: number;
  readonly byFormat: Readonly<Record<string, number>>;
  /** Records that hold nothing which this version judges, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Tasks of which parts were not taken, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly skipped: number;
  /** What was skipped and could not be read, a few of them, for people. */
  readonly notes: readonly string[];
}

export interface SolveEstimate extends RunEstimate {
  readonly tasks: number;
  readonly samples: number;
  readonly turns: number;
  /** Null where none was named. */
  readonly model: string | null;
}

/** One of the three is given. */
export interface EvaluationSource {
  readonly run?: string;
  /** Of `flywheel verify`, or HumanEval's own. */
  readonly resultsFile?: string;
  /** JSON lines `{"task_id", "programs": […]}`; `tasksFile` says what they were for. */
  readonly trajectoriesFile?: string;
  readonly tasksFile?: string;
}

export interface EvaluateRequest extends EvaluationSource {
  /** What it is compared with, on the same tasks. */
  readonly compare?: readonly EvaluationSource[];
  /** A run whose first turns are the samples of the resampling baseline. */
  readonly baseline?: string;
  /** 1, 5 and 10 unless told. */
  readonly k?: readonly number[];
  readonly seed?: number;
  /** Freezes the tasks as a held-out set of this name. */
  readonly freeze?: string;
  /** Of the report; `text` unless told. */
  readonly format?: ReportFormat;
}

export interface EvaluateResult {
  readonly evaluation: Evaluation;
  readonly comparisons: readonly Comparison[];
  readonly warnings: readonly string[];
  /** The held-out set that these tasks are, where they are one. */
  readonly heldOut: {
    readonly name: string;
    readonly hash: string;
    readonly looks: number;
  } | null;
  /** Programs that had to be judged for this; none the second time. */
  readonly judged: number;
  /** What it comes to, in plain words. */
  readonly closing: string;
  readonly report: string;
}

export interface DoctorReport {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly python: string | null;
  readonly journal: { readonly file: string; readonly state: string };
  readonly sandboxes: readonly SandboxReport[];
}
