import type { Estimate, PauseReason, Phase, RunBudget, RunState } from './view';
import type { Attempt, ChatChoice, ChatMessage, ChatUsage } from './chat';
import type { RoundStep } from './rounds';
import type { Evidence, StopReason } from './trajectory';
import type { Status } from './verdict';

/** The kinds of effects that a trajectory records, in the order in which they come. */
export const effectKinds = {
  /** Turn 0: the verdict of the starter on visible tests. */
  start: 'start',
  /** The batch that the solver proposed. */
  propose: 'propose',
  /** A `CallRecord`: a model call for programs, an explanation, or tests. */
  callForProgram: 'call/program',
  callForExplanation: 'call/explanation',
  callForTests: 'call/tests',
  /** The same, for a task; `task` is the name of its maker, `sample` its number, `turn` the step. */
  callForTask: 'call/task',
  /** An `AttemptRecord`: a request that brought no usable reply. Recorded beside the run's work. */
  attempt: 'attempt',
  /** Ordinal: turn. What a trace of the failing turn before showed. */
  trace: 'trace',
  /** Ordinal: place in the batch. The verdict on tests that the solver wrote. */
  agreement: 'agreement',
  /** Ordinal: place in the batch. The verdict on visible tests. */
  verdict: 'verdict',
  /** A `TurnRecord`: which of the batch stands for the turn. */
  turn: 'turn',
  /** The verdict on hidden tests. */
  score: 'score',
  /** Turn 0: an `OutcomeRecord`, after which nothing follows. */
  outcome: 'outcome',
  /** Turn 0: a `DecisionRecord`, where a person decided on the answer. */
  decision: 'decision',
} as const;

/** Kinds of effects of trajectories that are model calls, all `CallRecord`s. */
export const callKinds = [
  effectKinds.callForProgram,
  effectKinds.callForExplanation,
  effectKinds.callForTests,
] as const;

/** Those, and the calls by which tasks are made. */
export const paidCallKinds = [...callKinds, effectKinds.callForTask] as const;

/** A model call that was answered: all that was said, by whom, and what it cost. */
export interface CallRecord {
  readonly model: string;
  /** Name and version of the prompt file: `refine@1`. */
  readonly prompt: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
  /** Empty where it was refused. */
  readonly choices: readonly ChatChoice[];
  readonly refused?: string;
  /** It was refused because it was longer than the model reads. */
  readonly tooLong?: { readonly contextTokens: number | null };
  readonly usage: ChatUsage | null;
  readonly costUsd: number | null;
  readonly durationMs: number;
}

/** A request that brought no usable reply, or not all of it, with what was asked. */
export interface AttemptRecord extends Attempt {
  /** The kind and the ordinal of the call that it was a try of. */
  readonly call: string;
  readonly ordinal: number;
  readonly model: string;
  readonly prompt: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
}

/** What stands of a turn without its program: enough for a row of the grid. */
export interface TurnRecord {
  readonly number: number;
  readonly ordinal: number;
  readonly status: Status;
  readonly passed: number;
  readonly of: number;
  readonly screened: number;
  readonly feedback: string | null;
  readonly durationMs: number;
  /** Why the turn has no program. Then `ordinal` is -1 and it stands in no trajectory. */
  readonly nothing?: string;
}

export interface OutcomeRecord {
  readonly stop: StopReason;
  readonly turns: number;
  /** Number of the turn whose program is the answer; null where there is none. */
  readonly answer: number | null;
  readonly solvedVisible: boolean;
  /** Null where there is no hidden test, or its verdict is not about the program. */
  readonly passedHidden: boolean | null;
  readonly candidates: number;
  readonly durationMs: number;
  /** What the answer was chosen by, where visible tests did not settle it. */
  readonly chosenBy?: Evidence;
  /** Why it could not be judged, where it could not. */
  readonly reason?: string;
}

export type Decision = 'accepted' | 'edited' | 'rejected';

/** What a person made of the answer of a trajectory. */
export interface DecisionRecord {
  readonly source: 'person';
  readonly decision: Decision;
  /** The file as the person left it, where the answer was edited. */
  readonly text?: string;
}

/** What is known of a run beside its effects; every part may still be missing. */
export interface RunFacts {
  readonly phase?: Phase;
  readonly done?: number;
  readonly total?: number;
  readonly rejected?: Readonly<Record<string, number>>;
  readonly leftOut?: readonly { readonly language: string; readonly reason: string }[];
  readonly dataset?: string;
  readonly pairs?: number;
  /** What a chat model may use at most. */
  readonly budget?: RunBudget;
  /** What its model reads, as the endpoint told when calls began; calls are fitted to it. */
  readonly reads?: { readonly contextTokens: number | 'unknown' };
  /** Where its model answers now, where that is another address than at first. */
  readonly movedTo?: string;
  /** Why it stopped before its end; null takes it back. */
  readonly pausedBy?: PauseReason | null;
  /** The round and the step that rounds have come to. */
  readonly round?: { readonly number: number; readonly step: RoundStep };
  /** The goals file that rounds go by, and how many of them were asked for. */
  readonly goals?: { readonly file: string; readonly rounds: number };
  /** The evaluation as text. */
  readonly report?: string;
}

/** A run as the journal holds it. */
export interface RunRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly solver: string;
  readonly state: RunState;
  readonly message: string | null;
  readonly startedAt: number;
  readonly workedMs: number;
  readonly settings: unknown;
  readonly facts: RunFacts;
}

export type { Estimate };
