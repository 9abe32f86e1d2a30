import type { SandboxEnd } from '../domain/ports';
import type { Limits } from '../domain/task';
import type { NotRun } from './pool';

/** One run of a program that reads and prints. */
export interface ProgramRun {
  readonly stdin: string;
  readonly limits: Limits;
  /** Most bytes that it may print; past them it is ended, and past 4 MB of errors. */
  readonly outputBytes: number;
}

export interface RunOutcome {
  readonly end: SandboxEnd;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly durationMs: number;
  /** How it ended, where not well: `exit code 3`, `signal SIGSEGV`. */
  readonly detail?: string;
}

/** Runs of one program, each from the same beginning: no file and no process outlives a run. */
export type RunProgram = (run: ProgramRun, signal: AbortSignal) => Promise<RunOutcome>;

/** The outcome of a run that did not come to an end of its own. */
export const programNotRun: NotRun<RunOutcome> = (end, detail) => ({
  end,
  detail,
  stdout: Buffer.alloc(0),
  stderr: Buffer.alloc(0),
  durationMs: 0,
});
