export const statuses = [
  'passed',
  'failed',
  'crashed',
  'notCompiled',
  'timedOut',
  'outOfMemory',
  'outputExceeded',
  'noTests',
  'tampered',
  'cancelled',
  'infrastructure',
] as const;
export type Status = (typeof statuses)[number];

export const outcomes = ['passed', 'failed', 'errored', 'timedOut', 'notRun'] as const;

/** `failed`: an assertion did not hold. `errored`: anything else was raised. */
export type Outcome = (typeof outcomes)[number];

/** What one test found. Texts are bounded by `maxMessageChars`. */
export interface TestOutcome {
  readonly id: string;
  readonly outcome: Outcome;
  readonly message?: string;
  /** Printed forms of the two sides of the comparison that did not hold. */
  readonly expected?: string;
  readonly actual?: string;
  /** The failing statement of the test. */
  readonly statement?: string;
}

export const maxMessageChars = 2000;
/** What is kept of what a program prints. */
export const maxOutputChars = 64 * 1024;
/** What a program may print before it is ended; characters, or bytes where it prints bytes. */
export const maxPrintedChars = 4 * 1024 * 1024;

/** `separate`: nothing the candidate ran shared a process with what decided. */
export type Isolation = 'separate' | 'shared';

/** Which verdicts may let a program into a dataset: all, or those that no program can forge. */
export const exportIsolations = ['separate', 'any'] as const;
export type ExportIsolation = (typeof exportIsolations)[number];

/** What the judge found on given tests. Never `passed` with no test run. */
export interface Verdict {
  readonly status: Status;
  readonly tests: readonly TestOutcome[];
  /** What the program printed: at most `maxOutputChars`, of more the first and last halves. */
  readonly output: string;
  readonly isolation: Isolation;
  readonly durationMs: number;
  /** Why it is not `passed`, in one or a few lines. */
  readonly message?: string;
}

export function passedCount(verdict: Verdict): number {
  return verdict.tests.filter((test) => test.outcome === 'passed').length;
}

/** True where the verdict says something of the program; false where it says something of us. */
export function isAboutProgram(verdict: Verdict): boolean {
  return verdict.status !== 'infrastructure' && verdict.status !== 'cancelled';
}

/** How many verdicts about programs were found each way. */
export function countIsolations(verdicts: readonly Verdict[]): Record<Isolation, number> {
  const counts = { separate: 0, shared: 0 };
  for (const verdict of verdicts) if (isAboutProgram(verdict)) counts[verdict.isolation]++;
  return counts;
}
