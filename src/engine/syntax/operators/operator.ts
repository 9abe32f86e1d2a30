import type { Language } from '../../domain/task';
import type { Node } from '../node';
import type { Scopes } from '../scopes';

/** A kind of small edit. The names are recorded with candidates, so they never change. */
export type Operator =
  | 'comparison'
  | 'arithmetic'
  | 'boolean'
  | 'negation'
  | 'constant'
  | 'offByOne'
  | 'variable'
  | 'call'
  | 'argument'
  | 'unwrap'
  | 'condition'
  | 'statement';

/** Edits that mend and that nobody would put in as a fault. The names are recorded too. */
export type MendOperator =
  | 'emptyGuard'
  | 'equalityGuard'
  | 'missingReturn'
  | 'indentation'
  | 'conversion'
  | 'synthesis'
  | 'wordsOfTask'
  | 'mutator'
  | 'missingImport'
  | 'misspelling'
  | 'initialValue'
  | 'missingStep'
  | 'lookupDefault'
  | 'donor'
  | 'order'
  | 'compose'
  | 'regroup'
  | 'twins'
  | 'separator'
  | 'exchange'
  | 'argumentsApart'
  | 'countedCall'
  | 'missingStatement'
  | 'localCall'
  | 'rangeDirection'
  | 'returnedTruth'
  | 'sortKey'
  | 'letterCase'
  | 'notation';

/** A replacement of one stretch of the source. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** For people; where it is missing, "old to new". */
  readonly note?: string;
  /** Line that the change is of, where that is not the line of `start`. */
  readonly line?: number;
}

/** The module that is edited. */
export interface Place {
  readonly language: Language;
  readonly source: string;
  readonly scopes: Scopes;
  /** Literals that the prompt names, as the language writes them; none where absent. */
  readonly words?: Words;
}

export interface Words {
  readonly numbers: readonly string[];
  readonly strings: readonly string[];
}

/** The changes that a family of operators makes at one node; it is asked for every node. */
export type Family = (node: Node, place: Place) => readonly Change[];

export const none: readonly Change[] = [];

export function replace(node: Node, replacement: string, note?: string): Change {
  const change = { start: node.start, end: node.end, replacement };
  return note === undefined ? change : { ...change, note };
}

/** Text cut to a length that fits a note. */
export function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
