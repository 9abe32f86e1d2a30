import type { MendOperator, Operator } from '../../syntax/operators/operator';

/**
 * How far a patch of one edit of this kind is trusted once it passes the visible tests, from 0 to
 * 1: how often such patches were right on the files of `npm run bench search` (152 choices with what
 * else passed), pulled towards a first guess as if that had been seen four times. Edits that can bend
 * a program to any test are trusted least: constant answers, conditions that always hold, what is
 * taken out (Qi et al. 2015).
 */
export const precision: Readonly<Record<Operator | MendOperator, number>> = {
  missingImport: 0.95,
  misspelling: 0.95,
  mutator: 0.95,
  notation: 0.9,
  missingReturn: 0.9,
  indentation: 0.85,
  lookupDefault: 0.85,
  letterCase: 0.85,
  conversion: 0.8,
  boolean: 0.75,
  missingStep: 0.75,
  regroup: 0.75,
  sortKey: 0.75,
  offByOne: 0.7,
  order: 0.7,
  argumentsApart: 0.7,
  separator: 0.7,
  rangeDirection: 0.7,
  localCall: 0.7,
  negation: 0.65,
  exchange: 0.65,
  missingStatement: 0.65,
  emptyGuard: 0.6,
  call: 0.6,
  argument: 0.6,
  compose: 0.6,
  returnedTruth: 0.6,
  comparison: 0.55,
  wordsOfTask: 0.55,
  initialValue: 0.5,
  variable: 0.5,
  arithmetic: 0.45,
  countedCall: 0.45,
  twins: 0.4,
  constant: 0.4,
  equalityGuard: 0.4,
  synthesis: 0.4,
  donor: 0.3,
  unwrap: 0.3,
  statement: 0.3,
  condition: 0.15,
};
