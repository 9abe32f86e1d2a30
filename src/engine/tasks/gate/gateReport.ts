import type { JsonObject } from '../../domain/json';

/** The steps of the gate, in their order. A step that fails is the last one. */
export const gateSteps = [
  // What the maker itself refused.
  'making',
  'parses',
  'reference',
  'stubs',
  'strength',
  'tests',
  'dependence',
  'novelty',
  'contamination',
  'family',
  'difficulty',
] as const;
export type GateStep = (typeof gateSteps)[number];

export const gateVersion = 'gate@1';

/** Why a task was not let in. */
export type RejectReason =
  // What makes a task
  | 'fewFailingTests'
  | 'noFailingTests'
  | 'notCompiled'
  | 'timedOut'
  | 'infrastructure'
  // What a model wrote
  | 'badReply'
  | 'eliminated'
  // The gate
  | 'doesNotParse'
  | 'noReference'
  | 'notJudged'
  | 'referenceFails'
  | 'flaky'
  | 'starterPasses'
  | 'emptyPasses'
  | 'constantPasses'
  | 'noMutants'
  | 'weakTests'
  | 'outsideWorld'
  | 'duplicate'
  | 'notNovel'
  | 'contaminated'
  | 'heldOut';

/** What one step saw, in words and numbers for people. */
export interface StepRecord {
  readonly step: GateStep;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly saw: string;
}

/** A mutant of the reference that no test tells from it. */
export interface Survivor {
  /** Line of the reference, from 1. */
  readonly line: number;
  readonly operator: string;
  /** `< to <=`. */
  readonly note: string;
  /** A call on which it differs from the reference, where one was found. */
  readonly told?: ToldApart;
}

export interface ToldApart {
  readonly call: string;
  readonly expected: string;
  readonly actual: string;
}

export interface MutationSummary {
  /** Mutants that could be judged and are not likely to be equal to the reference. */
  readonly mutants: number;
  readonly killed: number;
  /** Killed by tests that somebody wrote, the generated differential one apart. */
  readonly killedByWritten: number;
  readonly likelyEquivalent: number;
  /** `killed / mutants`. */
  readonly score: number;
  readonly survivors: readonly Survivor[];
}

export interface Difficulty {
  readonly solver: string;
  readonly solved: number;
  readonly samples: number;
}

/** `trainingOnly`: its tests are too weak to measure by, and strong enough to learn from. */
export type GateState = 'admitted' | 'trainingOnly' | 'rejected';

export interface GateReport {
  readonly version: string;
  readonly state: GateState;
  readonly reason?: RejectReason;
  readonly steps: readonly StepRecord[];
  readonly mutation?: MutationSummary;
  /** Ids of tests that killed no mutant and ran no line of their own, and were left out. */
  readonly droppedTests: readonly string[];
  readonly difficulty?: Difficulty;
}

/** The key under which the report stands on the line of its task. */
export const gateKey = 'gate';

export function asJson(report: GateReport): JsonObject {
  return JSON.parse(JSON.stringify(report)) as JsonObject;
}
