import { passAtK } from '../../statistics/passAtK';
import type { TaskTally } from '../../statistics/rateInterval';
import { firstRight, isRight, lastTurn, type Attempt } from '../attempt';
import { talliesOf, type TaskAttempts } from './byTask';
import { rateOf, rateOfValues, undefinedRate, type Rate } from './rate';
import { howMany } from '../../domain/howMany';

export interface PassAtK {
  readonly k: number;
  readonly rate: Rate;
}

/** pass@k of answers (Chen et al. 2021, 2107.03374), the mean over tasks. */
export function passRates(tasks: readonly TaskAttempts[], ks: readonly number[]): PassAtK[] {
  const tallies = talliesOf(tasks);
  return ks.map((k) => ({ k, rate: passRate(tallies, k) }));
}

export interface PassAtKTurn extends PassAtK {
  readonly turn: number;
}

/**
 * pass@(k, turn): each trajectory is one sample, which counts as right where any of its turns up
 * to `turn` passes hidden tests.
 */
export function passRatesByTurn(
  tasks: readonly TaskAttempts[],
  ks: readonly number[],
): PassAtKTurn[] {
  const last = lastTurn(tasks.flatMap(({ attempts }) => attempts));
  return Array.from({ length: last }, (_, index) => index + 1).flatMap((turn) => {
    const tallies = talliesOf(tasks, (attempt) => isRightBy(attempt, turn));
    return ks.map((k) => ({ k, turn, rate: passRate(tallies, k) }));
  });
}

/** Whether any turn up to this one passes hidden tests. Null where our own fault hides it. */
export function isRightBy(attempt: Attempt, turn: number): boolean | null {
  const first = firstRight(attempt);
  if (first !== null && first <= turn) return true;
  const isHidden = attempt.turns.some(
    ({ number, program, passesHidden }) =>
      number <= turn && program !== null && passesHidden === null,
  );
  return isHidden || isRight(attempt) === null ? null : false;
}

/** Undefined unless every task has at least k samples, as in the official code. */
function passRate(tallies: readonly TaskTally[], k: number): Rate {
  const counted = tallies.filter(({ n }) => n > 0);
  const values = counted.map(({ n, c }) => passAtK(n, c, k)).filter((value) => value !== null);
  const lacking = counted.length - values.length;
  if (lacking > 0) {
    return undefinedRate(
      `${String(lacking)} of ${howMany(counted.length, 'task')} ${lacking === 1 ? 'has' : 'have'} fewer than ${howMany(k, 'sample')}`,
    );
  }
  // With k of 1 several samples a task narrow the interval; beyond, what they add is not known.
  return k === 1 ? rateOf(counted) : rateOfValues(values);
}
