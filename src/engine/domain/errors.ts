/**
 * Something the person can mend: what happened, where, and what to do next. The exit code is
 * the command line's: 2 bad usage or input, nothing changed; 3 something needed is missing.
 */
export class UserError extends Error {
  readonly code: string;
  readonly exitCode: 2 | 3 | 4;
  readonly mend: string | undefined;

  constructor(options: {
    code: string;
    message: string;
    mend?: string;
    exitCode?: 2 | 3 | 4;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'UserError';
    this.code = options.code;
    this.exitCode = options.exitCode ?? 2;
    this.mend = options.mend;
  }
}

/**
 * Why work is aborted when its window or program goes away: nobody cancelled it, and it may be
 * resumed. As the reason of an AbortSignal.
 */
export class Closing extends Error {
  /** As of any other reason of an abort. */
  override readonly name = 'AbortError';

  constructor() {
    super('The program that did this work is closing.');
  }
}

export function assertNever(value: never): never {
  throw new Error(`Not a known case: ${JSON.stringify(value)}`);
}

/** Text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
