import type { Decision } from '../domain/records';
import type { Choice, StopReason } from '../domain/trajectory';
import type { SolveRequest } from './workbench';

export interface FunctionsRequest {
  /** A source file, or a test file for the functions that it tests. */
  readonly file: string;
  /** Its text where it is open and was changed. */
  readonly text?: string;
  /** Other files that are open and were changed: tests, mostly. */
  readonly open?: readonly { readonly file: string; readonly text: string }[];
}

export interface OwnFunction {
  readonly file: string;
  readonly name: string;
  /** From 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** Ids of the tests that call it. */
  readonly tests: readonly string[];
  /** Why it cannot be worked on by itself. */
  readonly problem?: string;
}

export interface SelfDebugRequest
  extends FunctionsRequest, Omit<SolveRequest, 'run' | 'tasksFile' | 'samples'> {
  /** The function. */
  readonly name: string;
  readonly run: string;
}

export interface SelfDebugResult {
  readonly run: string;
  readonly task: string;
  /** Tests that passed before, and that the answer passes. */
  readonly passedBefore: number;
  readonly passed: number;
  readonly of: number;
  readonly stop: StopReason;
  /** What a search says of the answer that it chose among several. */
  readonly choice?: Choice;
}

/** A call on which programs that pass differ, with what they give. */
export type DecidingTest = NonNullable<Choice['decidingTest']>;

/** What a person says that a call should give. */
export interface AnswerRequest {
  readonly run: string;
  /** Id or the beginning of the hash; needed where the run has several. */
  readonly task?: string;
  /** The call that the search asked about, unless told. */
  readonly call?: string;
  /** One expression of the language, or `raises NAME`. */
  readonly returns: string;
  /** The run that goes on with it. */
  readonly as: string;
}

export interface AnswerResult {
  readonly run: string;
  readonly task: string;
  readonly call: string;
  readonly stop: StopReason;
  /** Visible tests that the answer passes, the new one among them. */
  readonly passed: number;
  readonly of: number;
  readonly note?: string;
  /** What would decide next. */
  readonly next?: DecidingTest;
}

export interface ProposalRequest {
  readonly run: string;
  /** Text of the file where it is open and was changed. */
  readonly text?: string;
}

export interface Proposal {
  readonly run: string;
  readonly task: string;
  readonly file: string;
  readonly name: string;
  /** The file as it is, and as it would be. */
  readonly before: string;
  readonly after: string;
  /** Visible tests that the answer passes. */
  readonly passed: number;
  readonly of: number;
  /** The function is no longer as it was when the run began. */
  readonly isStale: boolean;
}

export interface DecideRequest {
  readonly run: string;
  readonly task: string;
  readonly decision: Decision;
  /** The file as the person left it, where the answer was edited. */
  readonly text?: string;
}
