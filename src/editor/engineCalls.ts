// The small build of zod: the whole one would cost half of the time there is to activate in.
import * as z from 'zod/mini';
import type { ExportIsolation } from '../engine/domain/verdict';
import type { HostAsk } from './hostCalls';
import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import type {
  LessonChange,
  RoundsEstimate,
  RoundsPlan,
  RoundsStory,
} from '../engine/domain/roundsStory';
import type { Refusal } from '../engine/datasets/pair';
import type {
  AnswerRequest,
  AnswerResult,
  CheckTasksRequest,
  CheckTasksResult,
  DatasetComparison,
  DatasetRefusedRequest,
  DatasetRowsRequest,
  DatasetSummary,
  DecideRequest,
  DemoResult,
  DoctorReport,
  EvaluateRequest,
  EvaluateResult,
  ExportRequest,
  ExportResult,
  FunctionsRequest,
  GatedTask,
  ImportTasksRequest,
  ImportTasksResult,
  MakeTasksRequest,
  MakeTasksResult,
  MissedRequest,
  MissedResult,
  OwnFunction,
  Proposal,
  ProposalRequest,
  RoundsRequest,
  RoundsResult,
  SelfDebugRequest,
  SelfDebugResult,
  LocalServer,
  SolveEstimate,
  SolveRequest,
  SolveResult,
  TaskFileRequest,
  TaskFileView,
  TaskPlan,
  TaskReport,
  TaskReportRequest,
} from '../engine/flywheel/workbench';

/** What each call to the engine takes and gives: the methods of Workbench as messages. */
export interface EngineCalls {
  doctor: { input: null; output: DoctorReport };
  runs: { input: null; output: RunSummary[] };
  run: { input: { run: string }; output: RunSummary };
  rows: { input: { run: string }; output: TaskRow[] };
  story: { input: { run: string; task: string; sample?: number }; output: TaskStory };
  program: { input: { hash: string }; output: string | null };
  demo: { input: null; output: DemoResult };
  solve: { input: SolveRequest; output: SolveResult };
  resume: { input: { run: string; movedTo?: string }; output: RunSummary };
  /** The person is asked before anything is written. */
  makeTasks: { input: MakeTasksRequest; output: MakeTasksResult };
  planTasks: { input: Omit<MakeTasksRequest, 'out'>; output: TaskPlan };
  importTasks: { input: ImportTasksRequest; output: ImportTasksResult };
  checkTasks: { input: CheckTasksRequest; output: CheckTasksResult };
  missedTests: { input: MissedRequest; output: MissedResult };
  gatedTasks: { input: null; output: readonly GatedTask[] };
  taskFile: { input: TaskFileRequest; output: TaskFileView };
  taskReport: { input: TaskReportRequest; output: TaskReport };
  functions: { input: FunctionsRequest; output: OwnFunction[] };
  selfDebug: { input: SelfDebugRequest; output: SelfDebugResult };
  answerTest: { input: AnswerRequest; output: AnswerResult };
  estimate: { input: Omit<SolveRequest, 'run'>; output: SolveEstimate };
  localServers: { input: null; output: readonly LocalServer[] };
  endpointModels: { input: { baseUrl: string }; output: readonly string[] };
  proposal: { input: ProposalRequest; output: Proposal };
  decide: { input: DecideRequest; output: null };
  /** The person is asked before anything is written. */
  exportDataset: { input: ExportRequest; output: ExportResult };
  datasets: { input: null; output: DatasetSummary[] };
  datasetRows: { input: DatasetRowsRequest; output: readonly string[] };
  datasetRefused: { input: DatasetRefusedRequest; output: readonly Refusal[] };
  compareDatasets: { input: { before: string; after: string }; output: DatasetComparison };
  evaluate: { input: EvaluateRequest; output: EvaluateResult };
  /** The person is asked at the steps that the goals name. */
  rounds: { input: RoundsRequest; output: RoundsResult };
  roundsStory: { input: { run: string }; output: RoundsStory };
  estimateRounds: { input: RoundsPlan; output: RoundsEstimate };
  changeLesson: { input: LessonChange; output: null };
}
export type CallName = keyof EngineCalls;
export type InputOf<Name extends CallName> = EngineCalls[Name]['input'];
export type OutputOf<Name extends CallName> = EngineCalls[Name]['output'];

/** Options of `openWorkbench`, as they travel with the first message. */
export interface EngineOptions {
  readonly journalFile: string;
  readonly assetsFolder: string;
  readonly samplesFolder: string;
  readonly version: string;
  readonly python?: string;
  readonly workers?: number;
  readonly models?: ModelOptions;
  readonly requireLayers?: readonly string[];
  readonly exportIsolation?: ExportIsolation;
}

/** How chat models are reached; keys are asked for when one is needed. */
export interface ModelOptions {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly perDay?: { readonly maxUsd?: number; readonly maxTokens?: number };
}

/** One call with the input that belongs to its name. */
export type EngineCall = {
  [Name in CallName]: { readonly call: Name; readonly input: InputOf<Name> };
}[CallName];

/** From the extension host to the engine thread. */
export type ToEngine =
  | { readonly kind: 'open'; readonly options: EngineOptions }
  | ({ readonly kind: 'call'; readonly id: number } & EngineCall)
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'noAnswer'; readonly id: number; readonly message: string }
  | {
      readonly kind: 'text';
      readonly id: number;
      readonly told: { readonly choice: number; readonly text: string };
    }
  | { readonly kind: 'close' };

export interface EngineFailure {
  readonly code: string;
  readonly message: string;
  readonly mend?: string | undefined;
}

export interface EngineProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** From the engine thread to the extension host. */
export type FromEngine =
  | { readonly kind: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: EngineFailure }
  | {
      readonly kind: 'changed';
      readonly id: number;
      readonly run: RunSummary;
      readonly rows: readonly TaskRow[];
    }
  | { readonly kind: 'writing'; readonly id: number; readonly texts: readonly LiveText[] }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: EngineProgress }
  | ({ readonly kind: 'ask'; readonly id: number } & HostAsk)
  | { readonly kind: 'askCancel'; readonly id: number }
  | { readonly kind: 'closed' };

/** Code of a failure that the person asked for. */
export const cancelledCode = 'cancelled';

/** Least time between two `changed` messages of one call. */
export const changedEveryMs = 100;

const id = z.number().check(z.int(), z.nonnegative());

/**
 * The envelope of what the thread sends. Values inside are the engine's own typed data, made by
 * the same build, and are only checked to be there.
 */
const fromEngine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), id, value: z.unknown() }),
  z.object({
    kind: z.literal('failure'),
    id,
    error: z.object({ code: z.string(), message: z.string(), mend: z.optional(z.string()) }),
  }),
  z.object({
    kind: z.literal('changed'),
    id,
    run: z.custom<RunSummary>((run) => z.looseObject({ id: z.string() }).safeParse(run).success),
    rows: z.array(z.custom<TaskRow>((row) => typeof row === 'object' && row !== null)),
  }),
  z.object({
    kind: z.literal('writing'),
    id,
    texts: z.array(
      z.custom<LiveText>((live) => z.looseObject({ text: z.string() }).safeParse(live).success),
    ),
  }),
  z.object({
    kind: z.literal('progress'),
    id,
    progress: z.object({ done: z.number(), total: z.number(), what: z.string() }),
  }),
  z.object({
    kind: z.literal('ask'),
    id,
    ask: z.enum([
      'apiKey',
      'lentModel',
      'complete',
      'confirmExport',
      'confirmTasks',
      'confirmStep',
    ]),
    input: z.custom<never>((input) => typeof input === 'object' && input !== null),
  }),
  z.object({ kind: z.literal('askCancel'), id }),
  z.object({ kind: z.literal('closed') }),
]);

/** A message of the engine thread, or null where it is none that we know. */
export function readFromEngine(message: unknown): FromEngine | null {
  const parsed = fromEngine.safeParse(message);
  return parsed.success ? parsed.data : null;
}
