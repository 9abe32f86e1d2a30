// The small build of zod: the whole one would cost half of the time there is to activate in.
import * as z from 'zod/mini';
import type { RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import type {
  DemoResult,
  DoctorReport,
  ExportRequest,
  ExportResult,
  MakeTasksRequest,
  MakeTasksResult,
  SolveRequest,
  SolveResult,
} from '../engine/flywheel/workbench';

/** What each call to the engine takes and gives: the methods of Workbench as messages. */
export interface EngineCalls {
  doctor: { input: null; output: DoctorReport };
  runs: { input: null; output: RunSummary[] };
  run: { input: { run: string }; output: RunSummary };
  rows: { input: { run: string }; output: TaskRow[] };
  story: { input: { run: string; task: string }; output: TaskStory };
  program: { input: { hash: string }; output: string | null };
  demo: { input: null; output: DemoResult };
  solve: { input: SolveRequest; output: SolveResult };
  resume: { input: { run: string }; output: RunSummary };
  makeTasks: { input: MakeTasksRequest; output: MakeTasksResult };
  exportDataset: { input: ExportRequest; output: ExportResult };
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
  | { readonly kind: 'progress'; readonly id: number; readonly progress: EngineProgress }
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
    kind: z.literal('progress'),
    id,
    progress: z.object({ done: z.number(), total: z.number(), what: z.string() }),
  }),
  z.object({ kind: z.literal('closed') }),
]);

/** A message of the engine thread, or null where it is none that we know. */
export function readFromEngine(message: unknown): FromEngine | null {
  const parsed = fromEngine.safeParse(message);
  return parsed.success ? parsed.data : null;
}
