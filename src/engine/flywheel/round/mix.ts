import { randomOf } from '../../domain/random';
import type { MixWarning } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { weightedDraw } from './draw';

/** Of tasks whose rewards are all whole, from which nothing is left to learn. */
const saturatedShare = 0.8;
/** A fall of distinct programs or of topics by so much is a loss of diversity. */
const diversityLoss = 0.2;
/** Shares of the mix where its usual ones have been found wanting. */
const saturatedOld = 0.1;
const diverseOld = 0.5;

export interface MixSettings {
  readonly old: number;
  readonly new: number;
}

/** What tells how varied a pool is: distinct starting programs and topics, each by task. */
export interface Diversity {
  readonly programs: number;
  readonly topics: number;
}

export interface Mixed {
  readonly pool: readonly Task[];
  readonly old: number;
  readonly new: number;
  readonly warnings: readonly MixWarning[];
}

/**
 * The next pool: a uniform share of the one before and a share of the new tasks, each of its own
 * size as eva has it (0.2 and 0.8), no task twice. A saturated pool keeps less that is old; one
 * that loses diversity keeps more; and where too few new tasks came, old ones fill up.
 */
export function mixPools(
  before: readonly Task[],
  made: readonly Task[],
  options: MixSettings & {
    readonly seed: number;
    readonly round: number;
    readonly warnings: readonly MixWarning[];
    /** Old tasks fill up to this many. */
    readonly least: number;
  },
): Mixed {
  const { warnings, seed, round } = options;
  const random = randomOf(seed, `round ${String(round)} mix`);
  const oldShare = warnings.includes('lessDiverse')
    ? Math.max(options.old, diverseOld)
    : warnings.includes('saturated')
      ? Math.min(options.old, saturatedOld)
      : options.old;
  const known = new Set(before.map(({ hash }) => hash));
  const fresh = made.filter(({ hash }) => !known.has(hash));
  const takenNew = uniform(fresh, Math.ceil(options.new * fresh.length), random);
  const wanted = Math.max(Math.round(oldShare * before.length), options.least - takenNew.length);
  const takenOld = uniform(before, Math.min(before.length, wanted), random);
  const isShort = wanted > Math.round(oldShare * before.length);
  return {
    pool: [...takenOld, ...takenNew],
    old: takenOld.length,
    new: takenNew.length,
    warnings: isShort ? [...warnings, 'fewTasks'] : warnings,
  };
}

/** What the rewards and the tasks of a pool warn of, against the pool that the run began with. */
export function warningsOf(
  rewards: readonly (readonly number[])[],
  now: Diversity,
  first: Diversity,
): MixWarning[] {
  const told = rewards.filter(({ length }) => length > 0);
  const whole = told.filter((some) => some.every((reward) => reward >= 1)).length;
  const fell = (one: number, other: number): boolean => one < (1 - diversityLoss) * other;
  return [
    ...(told.length > 0 && whole > saturatedShare * told.length ? (['saturated'] as const) : []),
    ...(fell(now.programs, first.programs) || fell(now.topics, first.topics)
      ? (['lessDiverse'] as const)
      : []),
  ];
}

/**
 * `programs`: the share of tasks whose key no earlier task has. `topics`: entropy of the topics,
 * in bits.
 */
export function diversityOf(keys: readonly string[], topics: readonly string[]): Diversity {
  const count = Math.max(1, keys.length);
  const sizes = [...Map.groupBy(topics, (topic) => topic).values()].map(({ length }) => length);
  const entropy = sizes.reduce((sum, size) => {
    const share = size / Math.max(1, topics.length);
    return sum - share * Math.log2(share);
  }, 0);
  return { programs: new Set(keys).size / count, topics: entropy };
}

/** So many by chance, in the order in which they stood. */
function uniform(tasks: readonly Task[], count: number, random: () => number): Task[] {
  const places = weightedDraw(
    tasks.map(() => 1),
    count,
    random,
  );
  return places.sort((a, b) => a - b).flatMap((place) => tasks[place] ?? []);
}
