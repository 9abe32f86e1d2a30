import { randomOf } from '../../domain/random';
import type { Cell, WeighedTask } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { kCentre } from '../../similarity/kCentre';
import { shinglesOf } from '../../similarity/shingles';
import { cellOf, topicOf } from './fits';
import { greedyDraw, stratifiedDraw, weightedDraw } from './draw';
import type { Goals } from './goals';
import { balanced, informationOf, sharesOf } from './information';

export interface Chosen {
  readonly weighed: readonly WeighedTask[];
  readonly isUniform: boolean;
}

/** A cell that the round before found weak counts for so many. */
const focusFactor = 2;

/**
 * Tasks to make the next ones from, where the solver can learn most by the rewards of its samples
 * (eva's creator, 2411.00062); with `diversity` those least like each other (Diverse-Evol,
 * 2311.08182). The same tasks, rewards and seed choose the same.
 */
export function chooseTasks(
  tasks: readonly Task[],
  rewards: readonly (readonly number[])[],
  options: Pick<Goals, 'choose' | 'seed' | 'focus'> & { readonly round: number },
): Chosen {
  const { choose, seed, round } = options;
  const kind = choose.by;
  const information = rewards.map((some) =>
    informationOf(some, kind === 'diversity' || kind === 'uniform' ? 'gap' : kind),
  );
  const weights = kind === 'uniform' ? information.map(() => 1) : information;
  const { shares: own, isUniform } = sharesOf(weights);
  const focused = withFocus(own, tasks, options.focus);
  const count = Math.max(1, Math.floor(choose.share * tasks.length));
  const random = randomOf(seed, `round ${String(round)} choose`);
  const places =
    kind === 'diversity'
      ? kCentre(tasks.map(textOf).map(shinglesOf), count)
      : drawn(choose.draw, focused, tasks, count, random);
  const chosen = new Set(places);
  return {
    isUniform,
    weighed: tasks.map(({ hash, id }, place) => ({
      ...{ task: hash, id, rewards: rewards[place] ?? [], information: information[place] ?? 0 },
      isChosen: chosen.has(place),
    })),
  };
}

function drawn(
  how: Goals['choose']['draw'],
  shares: readonly number[],
  tasks: readonly Task[],
  count: number,
  random: () => number,
): number[] {
  switch (how) {
    case 'weighted':
      return weightedDraw(shares, count, random);
    case 'balanced':
      return weightedDraw(balanced(shares, tasks.map(topicOf)), count, random);
    case 'stratified':
      return stratifiedDraw(shares, count, random);
    case 'greedy':
      return greedyDraw(shares, count);
  }
}

function withFocus(
  shares: readonly number[],
  tasks: readonly Task[],
  focus: readonly Cell[],
): readonly number[] {
  if (focus.length === 0) return shares;
  const lifted = shares.map((share, place) => {
    const task = tasks[place];
    const cell = task && cellOf(task);
    const isWeak = focus.some(
      ({ language, concept, fault }) =>
        cell?.language === language && cell.concept === concept && cell.fault === fault,
    );
    return isWeak ? share * focusFactor : share;
  });
  const sum = lifted.reduce((total, share) => total + share, 0);
  return lifted.map((share) => share / sum);
}

function textOf({ prompt, starter, reference }: Task): string {
  return [prompt, reference ?? starter ?? ''].join('\n');
}
