import type { Observation, Observed, Program, SandboxEnd } from '../domain/ports';
import type { CodeTest, Language, Limits } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { Told } from './compose';

/** A program in a language that is read and called, not only run. */
export type CodeProgram = Program & { readonly language: Language };

/** Arguments of one call of the entry point, as plain data with types named (`{"$": …}`). */
export interface CallInput {
  readonly args: unknown;
  readonly kwargs: unknown;
}

/** What one call gave: a value with its arguments afterwards, what it raised, or neither. */
export interface CallOutput {
  readonly index: number;
  readonly value?: unknown;
  readonly after?: unknown;
  readonly raised?: string | undefined;
  /** It gave something that is not plain data and cannot be compared. */
  readonly opaque?: boolean | undefined;
}

/** What calls gave, in order; fewer than were asked for where the program ended in one. */
export interface Calls {
  readonly outputs: readonly CallOutput[];
  readonly end: SandboxEnd;
  readonly detail?: string;
  /** Why none could be made. */
  readonly unloaded?: Told['unloaded'];
  /** Proof that the program interfered with what tells of them. */
  readonly tampered?: string;
  readonly output: string;
  readonly durationMs: number;
}

/** What the judge of one language offers: verdicts of tests that are code, and calls recorded and made. */
export interface LanguageJudge {
  judge(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict>;
  /**
   * Verdicts of many programs on the same tests, `program` saying all but their sources, for less
   * than judging each by itself costs. Null for one that must be: no verdict told here is `passed`.
   * For programs that nobody meant ill. Absent where it would cost no less.
   */
  screenAll?(
    program: CodeProgram,
    sources: readonly string[],
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<readonly (Verdict | null)[]>;
  observe(
    program: CodeProgram,
    tests: readonly CodeTest[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation>;
  recordCalls(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]>;
  callAll(
    program: CodeProgram,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Calls>;
}
