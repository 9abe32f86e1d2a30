import type { AttemptTurn } from '../attempt';

/** One independent first program: what it cost, how it did on visible tests, whether it is right. */
export interface Draw {
  readonly cost: number;
  /** Visible tests passed; -1 where no program came. */
  readonly visiblePassed: number;
  readonly passesVisible: boolean;
  readonly isRight: boolean;
}

export function drawOf(turn: AttemptTurn, cost: number): Draw {
  const { visiblePassed, passesVisible } = turn;
  return { cost, visiblePassed, passesVisible, isRight: turn.passesHidden === true };
}

/** What resampling gives on one task with at most so many programs. */
export interface Resampled {
  /** Chance that the program chosen is right. */
  readonly right: number;
  /** Mean cost of the programs drawn until the first that passes visible tests. */
  readonly cost: number;
}

/**
 * Plain resampling from a pool of independent programs, in every order at once: draw without
 * putting back until one passes all visible tests or `most` were drawn, and answer with the best
 * on visible tests, the earliest among equals. Exact, no simulation. `most` from 1 to the pool's
 * size.
 */
export function resampled(pool: readonly Draw[], most: number): Resampled {
  return { right: chanceRight(pool, most), cost: meanCost(pool, most) };
}

/** The best of all drawn is on a level with equal chance for each program of that level. */
function chanceRight(pool: readonly Draw[], most: number): number {
  const levels = [...Map.groupBy(pool, levelOf)].sort(([a], [b]) => a - b);
  let below = 0;
  let right = 0;
  for (const [, draws] of levels) {
    const upTo = below + draws.length;
    const isBest = shareWithin(upTo, most, pool.length) - shareWithin(below, most, pool.length);
    right += (isBest * draws.filter(({ isRight }) => isRight).length) / draws.length;
    below = upTo;
  }
  return right;
}

function levelOf({ passesVisible, visiblePassed }: Draw): number {
  return passesVisible ? Infinity : visiblePassed;
}

function meanCost(pool: readonly Draw[], most: number): number {
  const failing = pool.filter(({ passesVisible }) => !passesVisible);
  const sumOf = (draws: readonly Draw[]): number => draws.reduce((sum, { cost }) => sum + cost, 0);
  const passingCost = sumOf(pool) - sumOf(failing);
  const failingCost = failing.length === 0 ? 0 : sumOf(failing) / failing.length;
  let cost = 0;
  for (let before = 0; before < most; before++) {
    const goesOn = shareWithin(failing.length, before, pool.length);
    if (goesOn === 0) break;
    const left = pool.length - before;
    cost += (goesOn * (passingCost + (failing.length - before) * failingCost)) / left;
  }
  return cost;
}

/** Chance that all of `drawn` out of `all` come from `some` of them: C(some, drawn) / C(all, drawn). */
function shareWithin(some: number, drawn: number, all: number): number {
  if (drawn > some) return 0;
  let share = 1;
  for (let i = 0; i < drawn; i++) share *= (some - i) / (all - i);
  return share;
}
