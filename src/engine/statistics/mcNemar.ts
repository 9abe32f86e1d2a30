import { logGamma } from './betaDistribution';

export interface McNemar {
  /** Tasks that only the first passed, and only the second. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Exact, two-sided. */
  readonly p: number;
  readonly midP: number;
}

/** Fewer tasks than these that tell two solvers apart can never be significant at 0.05. */
export const fewestDiscordant = 6;

/**
 * McNemar's exact test of two solvers on the same tasks with one answer each: only tasks on which
 * they differ say anything. With none, p is 1.
 */
export function mcNemar(onlyFirst: number, onlySecond: number): McNemar {
  const total = onlyFirst + onlySecond;
  const least = Math.min(onlyFirst, onlySecond);
  let tail = 0;
  for (let count = 0; count <= least; count++) tail += fairCoin(total, count);
  const p = Math.min(1, 2 * tail);
  const midP = onlyFirst === onlySecond ? p : p - fairCoin(total, least);
  return { onlyFirst, onlySecond, p, midP };
}

function fairCoin(flips: number, heads: number): number {
  const ways = logGamma(flips + 1) - logGamma(heads + 1) - logGamma(flips - heads + 1);
  return Math.exp(ways - flips * Math.LN2);
}
