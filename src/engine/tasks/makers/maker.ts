import type { Effects, Judge } from '../../domain/ports';
import type { Language, Task } from '../../domain/task';
import type { LanguageJudge } from '../../judge/languageJudge';
import type { Syntax } from '../../syntax/parser';
import type { RejectReason } from '../gate/gateReport';
import type { TestedFunction } from '../source/testedFunctions';

export interface MakerOptions {
  readonly syntax: Syntax;
  readonly judge: Judge;
  readonly languageJudge: (language: Language) => LanguageJudge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Most tasks of one function. */
  readonly perFunction: number;
  /** What else is recorded as the source of each task. */
  readonly note?: Readonly<Record<string, string>>;
  /** Refuses a function that one of its tests fails, which is else left out. */
  readonly allTests?: boolean;
  /** Name and licence of the code, as recorded on each task. */
  readonly origin: { readonly name: string; readonly license: string | null };
}

/** A task that its own maker did not let through, kept so that it can be looked at. */
export interface Refused {
  readonly task: Task;
  readonly reason: RejectReason;
  readonly saw: string;
}

export interface FromMaker {
  readonly tasks: readonly Task[];
  readonly refused: readonly Refused[];
  /** What a person should know of the function. */
  readonly notes: readonly string[];
}

/** Makes tasks from one tested function; without a model. */
export type FunctionMaker = (
  from: TestedFunction,
  options: MakerOptions & { readonly concurrency: number },
) => Promise<FromMaker>;

export const reasonWords: Readonly<Partial<Record<RejectReason, string>>> = {
  referenceFails: 'because it fails its own tests',
  flaky: 'because it passes its own tests only sometimes',
  infrastructure: 'because it could not be judged',
};
