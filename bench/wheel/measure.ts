import { concurrently } from '../../src/engine/domain/concurrently';
import type { Task } from '../../src/engine/domain/task';
import type { EditOrder } from '../../src/engine/solvers/search/search';
import { median } from '../../src/engine/statistics/median';
import { signFlip } from '../../src/engine/statistics/signFlip';
import { studentQuantile } from '../../src/engine/statistics/studentT';
import { atATime, type World } from './arms';
import { trial } from './trial';

export const mostVerdicts = 2000;
const never = new AbortController().signal;

/** What one order of edits did on one set of tasks, by place of a task. */
export interface Measured {
  /** Verdicts up to the first program that passes the hidden tests too; null where none came. */
  readonly fixedAt: readonly (number | null)[];
  readonly fixes: readonly (string | null)[];
  /** Whether the first program that passes the visible tests passes the hidden ones; null for none. */
  readonly firstIsRight: readonly (boolean | null)[];
}

/** Searches every task until it is mended, or 2,000 verdicts are spent. */
export async function measure(
  tasks: readonly Task[],
  order: EditOrder | null,
  { verdicts, syntax }: Pick<World, 'verdicts' | 'syntax'>,
): Promise<Measured> {
  const options = { order, budget: mostVerdicts, until: 'fix', verdicts, syntax } as const;
  const trials = await concurrently(tasks, atATime, never, (task) => trial(task, options));
  const passing = trials.map((one) => one?.passing ?? []);
  const right = passing.map((all) => all.find(({ isRight }) => isRight));
  return {
    fixedAt: right.map((one) => one?.at ?? null),
    fixes: right.map((one) => one?.attempt.program ?? null),
    firstIsRight: passing.map(([first]) => first?.isRight ?? null),
  };
}

/** An arm on one set of tasks, over its seeds. */
export interface ArmOn {
  readonly arm: string;
  readonly bySeed: readonly Measured[];
}

/**
 * The area under "mended within B verdicts" over the logarithm of B from 1 to 2,000: 1 where the
 * first candidate is the fix, 0 where none is.
 */
export function areaOf(fixedAt: number | null): number {
  return fixedAt === null ? 0 : 1 - Math.log(fixedAt) / Math.log(mostVerdicts);
}

/** Mean over the seeds, task by task. */
export function byTask({ bySeed }: ArmOn, value: (fixedAt: number | null) => number): number[] {
  const tasks = bySeed[0]?.fixedAt.length ?? 0;
  return Array.from({ length: tasks }, (_, task) =>
    mean(bySeed.map(({ fixedAt }) => value(fixedAt[task] ?? null))),
  );
}

export interface Row {
  readonly arm: string;
  readonly within: readonly number[];
  readonly area: number;
  readonly mean: number;
  readonly median: number;
  readonly lost: number;
  readonly won: number;
  readonly distinct: number;
  readonly firstRight: number | null;
}

export const budgets = [50, 200, 500, 2000] as const;

/** A row of the table. Tasks newly lost and won are told against `against`, the hand priority. */
export function rowOf(on: ArmOn, against: ArmOn): Row {
  const censored = byTask(on, (at) => at ?? mostVerdicts);
  const baseline = against.bySeed[0];
  const moved = (before: boolean): number =>
    mean(
      on.bySeed.map(
        ({ fixedAt }) =>
          fixedAt.filter(
            (at, task) => (at !== null) !== before && (baseline?.fixedAt[task] !== null) === before,
          ).length,
      ),
    );
  const first = on.bySeed.flatMap(({ firstIsRight }) => firstIsRight.filter((one) => one !== null));
  return {
    arm: on.arm,
    within: budgets.map((budget) =>
      mean(byTask(on, (at) => (at !== null && at <= budget ? 1 : 0))),
    ),
    area: mean(byTask(on, areaOf)),
    mean: mean(censored),
    median:
      median(on.bySeed.flatMap(({ fixedAt }) => fixedAt.map((at) => at ?? mostVerdicts))) ?? 0,
    lost: moved(true),
    won: moved(false),
    distinct: new Set(
      on.bySeed.flatMap(({ fixes }) =>
        fixes.flatMap((fix, task) => (fix === null ? [] : `${String(task)} ${fix}`)),
      ),
    ).size,
    firstRight: first.length === 0 ? null : first.filter(Boolean).length / first.length,
  };
}

export interface Difference {
  readonly arm: string;
  readonly against: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  /** Tasks, or families of tasks, that stand for themselves. */
  readonly count: number;
}

/**
 * The area of one arm less that of another, on the same tasks: means over seeds, tasks of one
 * family put together, Student's interval over families and the sign-flip test.
 */
export function difference(one: ArmOn, other: ArmOn, families: readonly string[]): Difference {
  const [a, b] = [byTask(one, areaOf), byTask(other, areaOf)];
  const byFamily = new Map<string, number[]>();
  for (const [task, family] of families.entries()) {
    const moved = (a[task] ?? 0) - (b[task] ?? 0);
    byFamily.set(family, [...(byFamily.get(family) ?? []), moved]);
  }
  const moves = [...byFamily.values()].map(mean);
  const value = mean(moves);
  const spread = moves.reduce((sum, move) => sum + (move - value) ** 2, 0) / (moves.length - 1);
  const half = studentQuantile(0.975, moves.length - 1) * Math.sqrt(spread / moves.length);
  const key = `${one.arm} ${other.arm}`;
  return {
    ...{ arm: one.arm, against: other.arm, value, interval: [value - half, value + half] },
    ...{ p: signFlip(moves, { seed: 1, key }), count: moves.length },
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
