import type { Mend } from '../../syntax/mends';
import type { MendOperator, Operator } from '../../syntax/operators/operator';

/** How early an edit of this kind is tried, as a share of 1. */
export const priority: Readonly<Record<Operator | MendOperator, number>> = {
  notation: 1,
  missingImport: 1,
  misspelling: 1,
  comparison: 1,
  offByOne: 0.85,
  constant: 0.85,
  boolean: 0.85,
  arithmetic: 0.8,
  indentation: 0.8,
  missingReturn: 0.75,
  mutator: 0.75,
  emptyGuard: 0.7,
  negation: 0.7,
  wordsOfTask: 0.7,
  regroup: 0.7,
  call: 0.7,
  initialValue: 0.65,
  missingStep: 0.65,
  argument: 0.65,
  lookupDefault: 0.6,
  variable: 0.6,
  order: 0.6,
  twins: 0.55,
  countedCall: 0.65,
  argumentsApart: 0.6,
  letterCase: 0.6,
  separator: 0.6,
  exchange: 0.55,
  sortKey: 0.5,
  rangeDirection: 0.5,
  localCall: 0.5,
  compose: 0.5,
  conversion: 0.5,
  equalityGuard: 0.4,
  condition: 0.3,
  unwrap: 0.3,
  statement: 0.35,
  returnedTruth: 0.35,
  missingStatement: 0.35,
  donor: 0.3,
  synthesis: 0.3,
};

/** What a symptom makes more likely. */
const bySymptom: Readonly<Record<string, Partial<Record<Operator | MendOperator, number>>>> = {
  nothing: { missingReturn: 3, mutator: 3, indentation: 1.5, lookupDefault: 1.5 },
  kind: { conversion: 2, missingReturn: 1.5, initialValue: 1.5, mutator: 1.5 },
  NameError: { missingImport: 5, misspelling: 5, variable: 2 },
  ReferenceError: { misspelling: 5, variable: 2 },
  UnboundLocalError: { initialValue: 2, indentation: 2 },
  KeyError: { lookupDefault: 3 },
  ZeroDivisionError: { emptyGuard: 2, equalityGuard: 1.5 },
  IndexError: { emptyGuard: 2, offByOne: 1.3, equalityGuard: 1.3 },
  ValueError: { emptyGuard: 2 },
  TypeError: { conversion: 1.8, mutator: 2, lookupDefault: 1.5, emptyGuard: 1.2 },
  AttributeError: { misspelling: 3, conversion: 1.8, mutator: 2 },
  RecursionError: { equalityGuard: 3 },
  RangeError: { equalityGuard: 3 },
  timedOut: { missingStep: 3, missingStatement: 1.5, offByOne: 1.3, indentation: 1.3 },
};

/** Each further edit of one kind at one place comes a little later. */
const repeatDecay = 0.97;

/** An edit, and how early it is tried by hand priority: above 0. */
export interface RankedMend {
  readonly edit: Mend;
  readonly rank: number;
}

/** Edits with their hand priority, as they came. Those whose weight is 0 are left out. */
export function handRanks(
  edits: readonly Mend[],
  symptom: string,
  weightOf: (edit: Mend) => number,
): readonly RankedMend[] {
  const boosts = Object.hasOwn(bySymptom, symptom) ? (bySymptom[symptom] ?? {}) : {};
  const repeats = new Map<string, number>();
  return edits
    .map((edit) => {
      const place = `${edit.operator} ${String(edit.start)}`;
      const repeat = repeats.get(place) ?? 0;
      repeats.set(place, repeat + 1);
      const rank =
        weightOf(edit) *
        priority[edit.operator] *
        (boosts[edit.operator] ?? 1) *
        repeatDecay ** repeat;
      return { edit, rank };
    })
    .filter(({ rank }) => rank > 0);
}

/** In the order in which they are tried. */
export function byRank(ranked: readonly RankedMend[]): readonly RankedMend[] {
  return [...ranked].sort((a, b) => b.rank - a.rank || a.edit.start - b.edit.start);
}
