import type { SandboxOutcome } from '../../domain/ports';
import type { Limits } from '../../domain/task';

/** One script of a job. All scripts of a runtime run in it in order. */
export interface Script {
  readonly id: string;
  readonly source: string;
  /** Shown in stacks. */
  readonly file: string;
  /** The completion value is a promise to wait for. */
  readonly async?: boolean;
  /** The job ends where this script fails. */
  readonly required?: boolean;
  /** Tell the completion value, a string. */
  readonly value?: boolean;
  /**
   * Evaluates to an object of the names that the script gives to the next ones, for a sandbox in
   * which it may await at its top.
   */
  readonly lookup?: string;
  /** Run it also where time ran out before: it tells what is known of that. */
  readonly evenLate?: boolean;
}

/** A job of JavaScript: for QuickJS, and for Node, which needs no preludes. */
export interface QuickJsPayload {
  /**
   * What stands in the runtime before the scripts. It depends on no program: it runs once, and
   * what it left in memory is what each job with the same preludes begins from.
   */
  readonly prelude?: readonly Script[];
  readonly scripts: readonly Script[];
  /** A program in a runtime of its own, which the scripts can only ask. */
  readonly apart?: ApartProgram;
}

export interface ApartProgram {
  /** As for the scripts; the last evaluates to the function that is asked: request text and lookup in, answer text out. */
  readonly prelude: readonly Script[];
  readonly scripts: readonly Script[];
  /** Evaluates to an object of what the program has under the names that may be asked for. */
  readonly lookup: string;
}

/** What came of one script. */
export interface ScriptResult {
  readonly id: string;
  readonly ok: boolean;
  readonly value?: string;
  readonly error?: ScriptError;
  /** False where an async script does not compile. */
  readonly compiled?: false;
}

export interface ScriptError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Set by the assertions of the prelude, printed. */
  readonly expected?: string;
  readonly actual?: string;
  readonly asserted: boolean;
}

export interface ThreadData {
  readonly role: 'quickjs';
  readonly wasmFile: string;
  /** One Int32: not zero asks the running program to stop. */
  readonly stop: SharedArrayBuffer;
}

export interface ThreadJob {
  readonly payload: QuickJsPayload;
  readonly limits: Limits;
}

export type ThreadReply = SandboxOutcome;
