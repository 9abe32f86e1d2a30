import type { Judging, Language, Limits, Problem, Test } from './task';
import type { Candidate, Turn } from './trajectory';
import type { Verdict } from './verdict';

/** A program as the judge takes it. */
export interface Program {
  readonly language: Language;
  readonly source: string;
  readonly entryPoint: string;
  readonly support?: string;
  readonly judging?: Judging;
  /** Seed of Python's string hashes; 0 unless told. What depends on it is not deterministic. */
  readonly hashSeed?: HashSeed;
}

export type HashSeed = 0 | 1 | 2;
export const hashSeeds: readonly HashSeed[] = [0, 1, 2];

/** A source as the program of a task or problem. */
export function programFor(
  of: {
    readonly language: Language;
    readonly entryPoint: string;
    readonly support?: string;
    readonly judging?: Judging;
  },
  source: string,
): Program {
  const { language, entryPoint, support, judging } = of;
  return {
    language,
    entryPoint,
    source,
    ...(support === undefined ? {} : { support }),
    ...(judging === undefined ? {} : { judging }),
  };
}

export interface Coverage {
  readonly kind: 'coverage';
  /** Lines of the program (from 1) that each test ran, by test id. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

/** Asked for apart from the verdict, so that a verdict is never slowed by watching. */
export type Observation = Coverage | { readonly kind: 'unavailable'; readonly reason: string };

export interface Judge {
  /** Never throws for what a program does; cancelled work gives the status `cancelled`. */
  judge(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict>;
  observe(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation>;
}

export interface Solver {
  /** With a version, as recorded: `search-repair@1`. */
  readonly name: string;
  /** The next batch, best first; empty when there is nothing left to propose. */
  propose(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
  ): Promise<readonly Candidate[]>;
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
  once<T>(key: EffectKey, input: unknown, produce: () => Promise<T>): Promise<T>;
}

/** A layer of isolation, as found by trying it. */
export interface SandboxLayer {
  readonly name: string;
  readonly state: 'on' | 'off' | 'unverified';
  readonly stops: string;
}

export interface SandboxReport {
  readonly name: string;
  /** Languages whose programs it runs. */
  readonly languages: readonly Language[];
  readonly usable: boolean;
  readonly layers: readonly SandboxLayer[];
  /** Why it is not usable, and what to do. */
  readonly problem?: string;
  readonly mend?: string;
  /** Version and place of what it uses. */
  readonly detail?: string;
}

/** One program run: what the harness inside is told, and its bounds. */
export interface SandboxJob {
  readonly payload: unknown;
  /**
   * For a second process, in a sandbox of its own, that the first can only answer: the tests of
   * the program, where they are judged apart.
   */
  readonly beside?: unknown;
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
