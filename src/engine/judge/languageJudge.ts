import type { Judge, Program } from '../domain/ports';
import type { Limits, Test } from '../domain/task';

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

/** What the judge of one language offers beside verdicts: calls recorded, and made. */
export interface LanguageJudge extends Judge {
  recordCalls(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]>;
  callAll(
    program: Program,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallOutput[]>;
}
