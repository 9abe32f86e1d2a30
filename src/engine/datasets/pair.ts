import type { Decision } from '../domain/records';
import type { StopReason } from '../domain/trajectory';
import type { Task } from '../domain/task';
import type { Isolation, Status } from '../domain/verdict';

export const splits = ['train', 'validation', 'test'] as const;
export type Split = (typeof splits)[number];

/** One program of a trajectory, with what was found of it. */
export interface Attempt {
  /** Number of the turn; 0 for the starter, which nobody proposed. */
  readonly turn: number;
  readonly program: string;
  readonly status: Status;
  /** Visible tests that passed, of all. */
  readonly passed: number;
  readonly of: number;
  /** Null where hidden tests were not asked. */
  readonly passedHidden: boolean | null;
  /** What visible tests said of it; empty where it passed. */
  readonly feedback: string;
  /** What its author wrote of it when it was told that it fails. */
  readonly explanation?: string;
  /** Its verdict was within 20 % of a limit: another day it might go the other way. */
  readonly isNearLimit: boolean;
}

/**
 * The canonical record of a dataset: one trajectory, with the task. All formats are written from it.
 * It is a **pair** where `answer` names a program that passed all tests again when the dataset was
 * made; else it lends only wrong programs and a person's decision.
 */
export interface DatasetRecord {
  /** sha256 over the canonical JSON of task hash, programs and what was told of them. */
  readonly id: string;
  readonly task: Task;
  readonly run: string;
  readonly sample: number;
  /** In the order in which they came, the starter first where there is one. */
  readonly attempts: readonly Attempt[];
  /** Place in `attempts` of the program that was verified again; null where there is none. */
  readonly answer: number | null;
  /** Where the tests of the verification ran. */
  readonly isolation: Isolation;
  readonly solver: string;
  /** Chat models that took part, as recorded; none for a search. */
  readonly models: readonly string[];
  readonly stop: StopReason;
  readonly candidates: number;
  /** What a person made of the answer. */
  readonly decision: Decision | null;
  /** Place in `attempts` of the answer that the person saw, verified or not. */
  readonly decided: number | null;
  /** How the samples of its task went in the runs of the dataset, infrastructure faults left out. */
  readonly group: { readonly samples: number; readonly solved: number };
  /** A wrong version of the answer, made by one edit when the dataset was: it fails tests. */
  readonly injected?: { readonly program: string; readonly operator: string };
  /** It was taken over from an earlier version, to be mixed in. */
  readonly isReplay: boolean;
}

/** A task with a verified program. */
export type Pair = DatasetRecord & { readonly answer: number };

export type SplitRecord<T extends DatasetRecord = DatasetRecord> = T & { readonly split: Split };

export function isPair(record: DatasetRecord): record is Pair {
  return record.answer !== null;
}

export function answerOf(pair: Pair): Attempt {
  const attempt = pair.attempts[pair.answer];
  if (!attempt) throw new Error(`the record ${pair.id} has no attempt ${String(pair.answer)}`);
  return attempt;
}

/** The failing program that the answer came from: the last one before it; null where it was the first. */
export function failingOf(pair: Pair): Attempt | null {
  return pair.attempts.slice(0, pair.answer).findLast(isWrong) ?? null;
}

/** A program whose failure says something of the program. */
export function isWrong(attempt: Attempt): boolean {
  switch (attempt.status) {
    case 'failed':
    case 'crashed':
    case 'notCompiled':
    case 'timedOut':
    case 'outOfMemory':
    case 'outputExceeded':
      return true;
    case 'passed':
      return attempt.passedHidden === false;
    case 'noTests':
    case 'tampered':
    case 'cancelled':
    case 'infrastructure':
      return false;
  }
}

/** Something that was left out, why, and of what it is told; never the text that was refused. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly run: string;
  readonly task: string;
  readonly sample: number;
  readonly record?: string;
  readonly detail?: string;
}

export type RefusalReason =
  | 'notEnded'
  | 'infrastructure'
  | 'notSolved'
  | 'noHiddenTests'
  | 'failsHidden'
  | 'heldOut'
  | 'editorModel'
  | 'touchesTests'
  | 'nearLimit'
  | 'notVerifiedAgain'
  | 'flaky'
  | 'sharedIsolation'
  | 'copiedAnswer'
  | 'secret'
  | 'email'
  | 'homePath'
  | 'licence'
  | 'source'
  | 'duplicate'
  | 'nearDuplicate'
  | 'contaminated'
  | 'difficulty'
  | 'perTask';
