import { maxWeight, type EditPolicy } from './editPolicy';
import type { Decision } from './states';

type Counts = EditPolicy['counts'];

/** Wins and tries of operators, added to what was counted before. */
export function countsOf(decisions: readonly Decision[], before: Counts): Counts {
  const counts = new Map(Object.entries(before).map(([name, seen]) => [name, { ...seen }]));
  for (const { operators, right } of decisions) {
    for (const [at, operator] of operators.entries()) {
      const seen = counts.get(operator) ?? { tries: 0, wins: 0 };
      counts.set(operator, seen);
      seen.tries += 1;
      if (at === right) seen.wins += 1;
    }
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As if so many wins, and as many as the hand priority expects, had been seen of each operator. */
const smoothing = 4;

/**
 * The baseline that a learned policy has to beat: of each operator how often it was right, against
 * how often the hand priority would have it, smoothed, and nothing else.
 */
export function countedWeights(decisions: readonly Decision[]): Record<string, number> {
  const wins = new Map<string, number>();
  const expected = new Map<string, number>();
  for (const { base, operators, right } of decisions) {
    const most = base.reduce((max, score) => Math.max(max, score), -Infinity);
    const shares = base.map((score) => Math.exp(score - most));
    const sum = shares.reduce((all, share) => all + share, 0);
    for (const [at, operator] of operators.entries()) {
      expected.set(operator, (expected.get(operator) ?? 0) + (shares[at] ?? 0) / sum);
      if (at === right) wins.set(operator, (wins.get(operator) ?? 0) + 1);
    }
  }
  return Object.fromEntries(
    [...expected].map(([operator, share]) => {
      const weight = Math.log(((wins.get(operator) ?? 0) + smoothing) / (share + smoothing));
      return [`operator=${operator}`, Math.max(-maxWeight, Math.min(maxWeight, weight))];
    }),
  );
}
