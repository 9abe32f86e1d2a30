import { holm } from '../../statistics/holm';
import { comparePaired, type PairedComparison } from '../../statistics/pairedComparison';
import { talliesOf, type TaskAttempts } from './byTask';
import { rateOf, type Rate } from './rate';

/** Two evaluations on the tasks that both tried. Differences are `second` less `first`. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly firstRate: Rate;
  readonly secondRate: Rate;
  /** Null where no task was tried by both. */
  readonly paired: PairedComparison | null;
  /** The same p, corrected by Holm for how many comparisons were made at once. */
  readonly correctedP: number | null;
  /** Tasks that only one of them tried; they count nowhere. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Names of the tasks that moved, at most `maxMovedNamed` each. */
  readonly movedUp: readonly string[];
  readonly movedDown: readonly string[];
}

export interface Contestant {
  readonly name: string;
  readonly tasks: readonly TaskAttempts[];
}

const maxMovedNamed = 20;
const significance = 0.05;

/** Compares one evaluation with others, on the tasks that each pair has in common. */
export function compareWith(
  first: Contestant,
  others: readonly Contestant[],
  seed: number,
): Comparison[] {
  const compared = others.map((other) => compareTwo(first, other, seed));
  const tested = compared.flatMap(({ paired }) => (paired ? [paired.p] : []));
  const corrected = holm(tested);
  return compared.map((one) => {
    const { paired } = one;
    if (!paired) return one;
    const correctedP = corrected.shift() ?? paired.p;
    const isFound = correctedP < significance;
    const outcome = isFound ? paired.outcome : 'cannotTell';
    return { ...one, correctedP, paired: { ...paired, outcome } };
  });
}

function compareTwo(first: Contestant, second: Contestant, seed: number): Comparison {
  const secondOf = new Map(second.tasks.map((task) => [task.task, task]));
  const common = first.tasks.flatMap((task) => {
    const other = secondOf.get(task.task);
    return other ? [{ before: task, after: other }] : [];
  });
  const before = talliesOf(common.map((pair) => pair.before));
  const after = talliesOf(common.map((pair) => pair.after));
  const pairs = common.flatMap(({ before: { taskId } }, place) => {
    const [one, other] = [before[place], after[place]];
    return one && other && one.n > 0 && other.n > 0 ? [{ taskId, before: one, after: other }] : [];
  });
  const key = `compare ${first.name} ${second.name}`;
  const moved = (isMoved: (difference: number) => boolean): string[] =>
    pairs
      .filter((pair) => isMoved(pair.after.c / pair.after.n - pair.before.c / pair.before.n))
      .map(({ taskId }) => taskId)
      .slice(0, maxMovedNamed);
  return {
    first: first.name,
    second: second.name,
    firstRate: rateOf(pairs.map((pair) => pair.before)),
    secondRate: rateOf(pairs.map((pair) => pair.after)),
    paired: comparePaired(pairs, { seed, key }),
    correctedP: null,
    onlyFirst: first.tasks.length - pairs.length,
    onlySecond: second.tasks.length - pairs.length,
    movedUp: moved((difference) => difference > 0),
    movedDown: moved((difference) => difference < 0),
  };
}
