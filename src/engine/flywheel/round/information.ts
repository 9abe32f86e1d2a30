/** How much a task may teach, from the rewards of its samples (eva, 2411.00062, section 3). */
export type InformationKind = 'gap' | 'maxMean' | 'learnability';

/** Weight that even the least informative task keeps, so that none is out of reach. */
export const leastWeight = 1e-3;

/**
 * `gap`: best less worst reward (the paper's A*_min). `maxMean`: best less mean. `learnability`:
 * p(1 - p), p the share of samples whose reward is whole; its greatest value is 1/4. Rewards that
 * are no numbers are left out; of fewer than two nothing is known, and it is 0.
 */
export function informationOf(rewards: readonly number[], kind: InformationKind): number {
  const known = rewards.filter((reward) => Number.isFinite(reward));
  if (known.length < 2) return 0;
  const most = Math.max(...known);
  switch (kind) {
    case 'gap':
      return most - Math.min(...known);
    case 'maxMean':
      return Math.max(0, most - known.reduce((sum, reward) => sum + reward, 0) / known.length);
    case 'learnability': {
      const whole = known.filter((reward) => reward >= 1).length / known.length;
      return whole * (1 - whole);
    }
  }
}

export interface Weights {
  /** Each above 0; they add up to 1. */
  readonly shares: readonly number[];
  /** All weights were the same: a choice by them is one by chance. */
  readonly isUniform: boolean;
}

/**
 * Shares to draw by: stretched from 0 to 1 as eva does, with the least weight added, since a share
 * of 0 could leave fewer tasks than are drawn. Equal weights, or none known, are uniform.
 */
export function sharesOf(weights: readonly number[]): Weights {
  const clean = weights.map((weight) => (Number.isFinite(weight) ? weight : 0));
  const [least, most] = [Math.min(...clean), Math.max(...clean)];
  if (clean.length === 0 || most === least) {
    return { shares: clean.map(() => 1 / clean.length), isUniform: true };
  }
  const stretched = clean.map((weight) => (weight - least) / (most - least) + leastWeight);
  const sum = stretched.reduce((total, weight) => total + weight, 0);
  return { shares: stretched.map((weight) => weight / sum), isUniform: false };
}

/** Of the share of a task, so much comes from how rare its topic is (eva's `iw_topic`). */
const topicShare = 0.25;

/** Shares with rare topics lifted: 0.75 of their own, 0.25 by the inverse count of their topic. */
export function balanced(shares: readonly number[], topics: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const rarity = topics.map((topic) => 1 / (counts.get(topic) ?? 1));
  const sum = rarity.reduce((total, one) => total + one, 0);
  return shares.map((own, at) => (1 - topicShare) * own + (topicShare * (rarity[at] ?? 0)) / sum);
}
