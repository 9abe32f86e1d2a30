import type { StopReason } from '../domain/trajectory';
import type { Task } from '../domain/task';
import type { Verdict } from '../domain/verdict';

export type Split = 'train' | 'validation';

/** A task with a verified program and the failing one it came from, with the evidence. */
export interface Pair {
  readonly task: Task;
  /** The program that was verified again in a fresh sandbox. */
  readonly program: string;
  /** The failing program that was to be mended. */
  readonly failing: string;
  /** The last other wrong program that was proposed, where there was one. */
  readonly otherFailing: string | null;
  /** What was told of the failing program, from visible tests only. */
  readonly feedback: string;
  readonly split: Split;
  readonly evidence: {
    readonly run: string;
    readonly verificationRun: string;
    readonly solver: string;
    readonly stop: StopReason;
    readonly candidates: number;
    readonly verdict: Verdict;
    readonly testsHash: string;
  };
}
