import type { Judging, LanguageName, Limits, Problem, RunCommand, Test, VisibleTest } from './task';
import type { Candidate, Feedback, StopReason, Turn } from './trajectory';
import type { Verdict } from './verdict';

/** A program as the judge takes it. */
export interface Program {
  readonly language: LanguageName;
  readonly source: string;
  readonly entryPoint: string;
  readonly support?: string;
  readonly judging?: Judging;
  /** How to build and start it for `io` tests; the usual way of its language where absent. */
  readonly run?: RunCommand;
  /** The right program, for `differential` tests, which are hidden: a Problem has none. */
  readonly reference?: string;
  /** Seed of Python's string hashes; 0 unless told. What depends on it is not deterministic. */
  readonly hashSeed?: HashSeed;
}

export type HashSeed = 0 | 1 | 2;
export const hashSeeds: readonly HashSeed[] = [0, 1, 2];

/** A source as the program of a task or problem. */
export function programFor(
  of: Pick<Program, 'language' | 'entryPoint' | 'support' | 'judging' | 'run' | 'reference'>,
  source: string,
): Program {
  const { language, entryPoint, support, judging, run, reference } = of;
  return {
    language,
    entryPoint,
    source,
    ...(support === undefined ? {} : { support }),
    ...(judging === undefined ? {} : { judging }),
    ...(run === undefined ? {} : { run }),
    ...(reference === undefined ? {} : { reference }),
  };
}

export interface Coverage {
  readonly kind: 'coverage';
  /** Lines of the program (from 1) that each test ran, by test id. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

export const maxTraceEvents = 60;
export const maxTraceChars = 2000;

/** One statement that ran, and what it changed. */
export interface TraceEvent {
  /** Line of the program, from 1. */
  readonly line: number;
  /** Function that ran it; null at the top of the program. */
  readonly function: string | null;
  /** Variables that it set or changed, with their printed values, cut. */
  readonly changed: Readonly<Record<string, string>>;
  /** What a function returned, or what was raised here. */
  readonly returned?: string;
  readonly raised?: string;
}

/**
 * Execution traces by test id, of failing tests first. Bounded by `maxTraceEvents` and
 * `maxTraceChars` a test: of a longer one the first and the last half are kept.
 */
export interface Trace {
  readonly kind: 'trace';
  readonly tests: Readonly<
    Record<string, { readonly events: readonly TraceEvent[]; readonly omitted: number }>
  >;
}

/** Asked for apart from the verdict, so that a verdict is never slowed by watching. */
export type Observation =
  Coverage | Trace | { readonly kind: 'unavailable'; readonly reason: string };

export type Observed = 'coverage' | 'trace';

export interface Judge {
  /** Never throws for what a program does; cancelled work gives the status `cancelled`. */
  judge(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict>;
  /**
   * As `judge`, for programs that nobody meant ill, asked about many at a time: they may share a
   * process, and cost less. What passes was judged as by `judge`.
   */
  screen?(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict>;
  observe(
    program: Program,
    tests: readonly Test[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation>;
}

export interface Solver {
  /** With a version, as recorded: `search-repair@1`. */
  readonly name: string;
  /**
   * True for one that is to see the verdicts of whole batches (`Turn.outcomes`) and goes on behind
   * the first program that passes. In the end it proposes alone the one that it chose, with
   * `Candidate.choice`, or nothing more.
   */
  readonly choosesAmongPassing?: boolean;
  /**
   * Bounds of judging its proposals on visible tests, never wider than those of the problem. `start`
   * is the verdict of the starter, where the problem has one.
   */
  screeningLimits?(problem: Problem, start?: Verdict): Limits;
  /**
   * The next batch, best first; empty when there is nothing left to propose. `guidance` is there
   * where the loop decides what to build upon.
   */
  propose(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
    guidance?: Guidance,
  ): Promise<readonly Candidate[] | NoProposal | HeldForRight>;
  /** Tests that the solver writes itself, for problems that have too few. */
  writeTests?(
    problem: Problem,
    place: Pick<Guidance, 'sample' | 'effects'>,
    signal: AbortSignal,
  ): Promise<readonly VisibleTest[] | NoProposal>;
}

export type NoProposal =
  /** The turn is spent, and nothing came of it that could be judged. */
  | { readonly kind: 'nothing'; readonly reason: string }
  /** The trajectory cannot go on now. Nothing of it is recorded, so that it can go on later. */
  | { readonly kind: 'stopped'; readonly stop: ModelStop; readonly reason: string };

/** Nothing is proposed, since the solver holds the program of an earlier turn for right. */
export interface HeldForRight {
  readonly kind: 'heldForRight';
  /** Number of the turn. */
  readonly about: number;
}

export type ModelStop = Extract<
  StopReason,
  'budget' | 'cancelled' | 'modelRefused' | 'modelUnavailable'
>;

/** What the loop has decided of the next turn, and where its effects belong. */
export interface Guidance {
  readonly sample: number;
  readonly turn: number;
  readonly effects: Effects;
  readonly approach: Approach;
  /** Told what a model writes as it comes; what is told is for show and no part of the work. */
  readonly onText?: ProposalListener;
}

/** The whole of a call's first reply so far; `isDone` once the call has ended. */
export type ProposalListener = (told: {
  readonly kind: string;
  readonly text: string;
  readonly isDone: boolean;
}) => void;

export interface Approach {
  /** `sample`: from the task alone. `refine`: from `base` and what is told of it. */
  readonly kind: 'sample' | 'refine';
  /** Programs wanted; more than one for samples only. */
  readonly breadth: number;
  /** The turn to mend, and what to tell of it; the proposer adds its own explanation. */
  readonly base?: Turn;
  readonly feedback?: Feedback;
  /** The best turn so far, where it is another than `base`. */
  readonly best?: Turn;
  /** Lessons of earlier turns, oldest first, at most `maxLessons`. */
  readonly lessons: readonly string[];
  /** True after the same failure came back: more of the same would bring more of the same. */
  readonly isStuck: boolean;
}

/** Where an effect stands in a run. `ordinal` tells repeats of one kind apart. */
export interface EffectKey {
  readonly task: string;
  readonly sample: number;
  readonly turn: number;
  readonly kind: string;
  readonly ordinal: number;
}

/**
 * The journal as a run sees it: what was recorded under a key is answered, anything else is
 * produced and recorded before it is returned. A key met with another input is an error.
 */
export interface Effects {
  once<T>(
    key: EffectKey,
    input: unknown,
    produce: () => Promise<T>,
    /** What it says no to is answered, but not recorded: it is produced again on resume. */
    isKept?: (value: T) => boolean,
  ): Promise<T>;
  /**
   * Records something beside the run's work, under the next ordinal: no later run is answered with
   * it, and nothing depends on it. Of one kind and turn at most `maxBeside` are kept.
   */
  beside(key: Omit<EffectKey, 'ordinal'>, value: unknown): void;
}

export const maxBeside = 200;

/** What settings can demand of a sandbox. */
export const layerIds = [
  'namespaces',
  'network',
  'files',
  'user',
  'processes',
  'memory',
  'systemCalls',
] as const;
export type LayerId = (typeof layerIds)[number];

/** Demanded always: without these a program would be loose on the machine. */
export const alwaysRequired: readonly LayerId[] = ['namespaces', 'network', 'files'];
/** Demanded beside those unless settings say otherwise: what keeps the machine usable. */
export const requiredUnlessTold: readonly LayerId[] = ['user', 'processes', 'memory'];

/** A layer of isolation, as found by trying it. */
export interface SandboxLayer {
  readonly name: string;
  readonly state: 'on' | 'off' | 'unverified';
  readonly stops: string;
  /** The demandable layers that this one is or brings with it. */
  readonly ids?: readonly LayerId[];
  /** How it holds, or why it does not. */
  readonly detail?: string;
  /** Work stops where it is not on. */
  readonly required?: boolean;
}

export interface SandboxReport {
  readonly name: string;
  /** Languages whose programs it runs. */
  readonly languages: readonly LanguageName[];
  readonly usable: boolean;
  readonly layers: readonly SandboxLayer[];
  /** Why it is not usable, and what to do. */
  readonly problem?: string;
  readonly mend?: string;
  /** Version and place of what it uses. */
  readonly detail?: string;
  /** What programs known to be right and known to cheat were judged as. */
  readonly selfTest?: SelfTestReport;
}

/** Whether the judge told known programs apart before its first verdict. */
export interface SelfTestReport {
  readonly passed: boolean;
  readonly programs: number;
  readonly durationMs: number;
  /** Which program was judged wrongly, and as what. */
  readonly problem?: string;
}

/** One program run: what the harness inside is told, and its bounds. */
export interface SandboxJob {
  readonly payload: unknown;
  /**
   * For a second process, in a sandbox of its own, that the first can only answer: the tests of
   * the program, where they are judged apart.
   */
  readonly beside?: unknown;
  /** The second process may not be kept for the next job: it may have changed by this one. */
  readonly besideOnce?: boolean;
  readonly limits: Limits;
  readonly hashSeed?: HashSeed;
}

export type SandboxEnd =
  | 'finished'
  | 'died'
  | 'timedOut'
  | 'outOfMemory'
  | 'outputExceeded'
  | 'cancelled'
  | 'infrastructure';

export interface SandboxOutcome {
  readonly end: SandboxEnd;
  /** What the harness reported, in order. */
  readonly messages: readonly unknown[];
  readonly output: string;
  readonly durationMs: number;
  readonly detail?: string;
  /** How the second process ended, where there was one. */
  readonly beside?: SandboxOutcome;
}

/** Runs a program where it can do no harm. */
export interface Sandbox {
  probe(): Promise<SandboxReport>;
  run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome>;
  close(): Promise<void>;
}
