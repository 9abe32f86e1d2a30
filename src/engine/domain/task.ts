import type { Json, JsonObject } from './json';

/** The languages whose programs are read, called and edited. */
export type Language = 'python' | 'javascript' | 'typescript';

const languages = ['python', 'javascript', 'typescript'] as const satisfies Language[];

/** What a program is written in. A language that is not ours is judged by `io` tests alone. */
export type LanguageName = Language | (string & Record<never, never>);

export function isOurs(language: LanguageName): language is Language {
  return languages.some((name) => name === language);
}

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

/** The program reads stdin and prints stdout. Compared outside its process. */
export interface IoTest {
  readonly kind: 'io';
  readonly id: string;
  readonly role: TestRole;
  readonly stdin: string;
  readonly stdout: string;
  /** `tokens` unless told: words compared, spaces and line ends not. */
  readonly compare?: IoComparison;
}

/** `tolerance`: as `tokens`, but numbers may differ by this much, absolutely or relatively. */
export type IoComparison = 'exact' | 'tokens' | { readonly tolerance: number };

/**
 * Inputs made from examples by type-aware mutation, on which program and reference must agree.
 * The same seed gives the same inputs.
 */
export interface DifferentialTest {
  readonly kind: 'differential';
  readonly id: string;
  readonly role: 'hidden';
  readonly seed: number;
  /** Most inputs to make. */
  readonly inputs: number;
  /** Calls to start from, as the judge's codecs write them: `{"args": […], "kwargs": {…}}`. */
  readonly examples: readonly { readonly args: Json; readonly kwargs: Json }[];
}

/**
 * A project's own test command over a snapshot of it (SWE-smith's form): the named tests must pass.
 * Kept with its task, and not judged by this version.
 */
export interface CommandTest {
  readonly kind: 'command';
  readonly id: string;
  readonly role: 'hidden';
  readonly command: readonly string[];
  /** Names of tests, as the command tells them. */
  readonly mustPass: readonly string[];
}

export type Test = AssertTest | CheckTest | IoTest | DifferentialTest | CommandTest;
/** Tests that are code and call the program. */
export type CodeTest = AssertTest | CheckTest;

export function isCodeTest(test: Test): test is CodeTest {
  return test.kind === 'assert' || test.kind === 'check';
}

/** How a program of any language is built and started, its file beside it; no shell is used. */
export interface RunCommand {
  /** Name of the file that the program is written to: `main.cpp`. */
  readonly file: string;
  readonly compile?: readonly string[];
  readonly command: readonly string[];
}
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
  readonly language: LanguageName;
  readonly prompt: string;
  /** `code` where the prompt is the beginning of the program (HumanEval). */
  readonly promptKind: 'text' | 'code';
  readonly entryPoint: string;
  readonly starter?: string;
  /** Code that tests may use. It runs with the tests and is never taken from the candidate. */
  readonly support?: string;
  readonly reference?: string;
  readonly judging?: Judging;
  /** For `io` tests; the usual one of its language where absent. */
  readonly run?: RunCommand;
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
  readonly language: LanguageName;
  readonly prompt: string;
  readonly promptKind: 'text' | 'code';
  readonly entryPoint: string;
  readonly starter?: string;
  readonly support?: string;
  readonly judging?: Judging;
  /** For `io` tests; the usual one of its language where absent. */
  readonly run?: RunCommand;
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
    ...(task.run === undefined ? {} : { run: task.run }),
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
