import type { MendOperator, Operator } from '../../syntax/operators/operator';

/**
 * How far a patch of one edit of this kind is trusted once it passes the visible tests, from 0 to
 * 1. Edits that can bend a program to any test are trusted least: constant answers, conditions that
 * always hold, what is taken out (Qi et al. 2015).
 */
export const precision: Readonly<Record<Operator | MendOperator, number>> = {
  missingImport: 0.95,
  misspelling: 0.95,
  notation: 0.9,
  missingReturn: 0.9,
  mutator: 0.9,
  indentation: 0.9,
  comparison: 0.85,
  lookupDefault: 0.8,
  boolean: 0.8,
  offByOne: 0.75,
  arithmetic: 0.75,
  missingStep: 0.75,
  initialValue: 0.75,
  emptyGuard: 0.75,
  wordsOfTask: 0.75,
  twins: 0.55,
  regroup: 0.75,
  call: 0.7,
  argument: 0.7,
  order: 0.7,
  negation: 0.65,
  conversion: 0.65,
  variable: 0.6,
  compose: 0.6,
  constant: 0.55,
  countedCall: 0.6,
  argumentsApart: 0.7,
  letterCase: 0.75,
  sortKey: 0.6,
  rangeDirection: 0.6,
  localCall: 0.6,
  missingStatement: 0.5,
  donor: 0.4,
  returnedTruth: 0.4,
  equalityGuard: 0.35,
  synthesis: 0.35,
  unwrap: 0.3,
  statement: 0.3,
  condition: 0.15,
};
