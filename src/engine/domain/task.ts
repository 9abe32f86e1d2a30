import type { JsonObject } from './json';

/** What a program is written in. Any other name is judged by `io` or `command` tests alone. */
export type Language = 'python' | 'javascript' | 'typescript';

export const languages = ['python', 'javascript', 'typescript'] as const satisfies Language[];

/** `visible` tests may be shown and searched with; `hidden` ones only label and score. */
export type TestRole = 'visible' | 'hidden';

/** Statements that see the candidate's names. */
export interface AssertTest {
  readonly kind: 'assert';
  readonly id: string;
  readonly role: TestRole;
  readonly source: string;
}

/** Defines `check(candidate)`, which the judge calls with the entry point (HumanEval's form). */
export interface CheckTest {
  readonly kind: 'check';
  readonly id: string;
  readonly role: TestRole;
  readonly source: string;
}

export type Test = AssertTest | CheckTest;
export type VisibleTest = Test & { readonly role: 'visible' };

/** Bounds of one judging: wall clock of loading the program and all its tests, and its memory. */
export interface Limits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /**
   * Processor time, where the task bounds it too. It does not depend on how busy the machine is,
   * so it can be tight where wall clock must be generous, and ends runaway programs early.
   */
  readonly cpuMs?: number;
}

export const defaultLimits: Limits = { timeoutMs: 3000, memoryMb: 512 };

/** Where a task came from, as its maker recorded it. Unknown keys are kept. */
export interface TaskSource extends JsonObject {
  readonly name: string;
  readonly license: string | null;
  readonly maker: string;
  readonly parent: string | null;
}

/**
 * Where the tests of a task run, settled on its reference before any candidate is seen: `apart`
 * where the reference passes that way, `together` where it passes only in one process with them.
 * A task without this word is judged apart only where its tests prove that calls with data do.
 */
export type Judging = 'apart' | 'together';

/** What to solve. Never changed under the same hash. */
export interface Task {
  readonly id: string;
  readonly hash: string;
  readonly language: Language;
  readonly prompt: string;
  /** `code` where the prompt is the beginning of the program (HumanEval). */
  readonly promptKind: 'text' | 'code';
  readonly entryPoint: string;
  readonly starter?: string;
  /** Code that tests may use. It runs with the tests and is never taken from the candidate. */
  readonly support?: string;
  readonly reference?: string;
  readonly judging?: Judging;
  readonly tests: readonly Test[];
  readonly limits: Limits;
  readonly family: string;
  readonly source: TaskSource;
  /** Keys of the task's line that this version does not know, kept as they were. */
  readonly extra?: JsonObject;
}

/**
 * A task as a solver sees it: no hidden tests, no reference, no source note (which may tell
 * where a fault was put). `never` keeps a Task from being passed where a Problem is asked for.
 */
export interface Problem {
  readonly id: string;
  readonly hash: string;
  readonly language: Language;
  readonly prompt: string;
  readonly promptKind: 'text' | 'code';
  readonly entryPoint: string;
  readonly starter?: string;
  readonly support?: string;
  readonly judging?: Judging;
  readonly tests: readonly VisibleTest[];
  readonly limits: Limits;
  readonly reference?: never;
  readonly source?: never;
}

export function problemOf(task: Task): Problem {
  return {
    id: task.id,
    hash: task.hash,
    language: task.language,
    prompt: task.prompt,
    promptKind: task.promptKind,
    entryPoint: task.entryPoint,
    ...(task.starter === undefined ? {} : { starter: task.starter }),
    ...(task.support === undefined ? {} : { support: task.support }),
    ...(task.judging === undefined ? {} : { judging: task.judging }),
    tests: visibleTests(task),
    limits: task.limits,
  };
}

export function visibleTests(task: Pick<Task, 'tests'>): VisibleTest[] {
  return task.tests.filter((test): test is VisibleTest => test.role === 'visible');
}

export function hiddenTests(task: Pick<Task, 'tests'>): Test[] {
  return task.tests.filter((test) => test.role === 'hidden');
}
