import { sha256 } from '../domain/hash';
import type { Split } from './pair';

/** Shares of families; the rest is for training. */
const validationShare = 0.1;
const testShare = 0.1;

/**
 * The split of a family: all its tasks stand on one side, whatever else is in the dataset. Where
 * an earlier version placed the family, it stays there.
 */
export function splitOf(
  family: string,
  seed: number,
  placed: ReadonlyMap<string, Split> = none,
): Split {
  const before = placed.get(family);
  if (before !== undefined) return before;
  const place = Number.parseInt(sha256(`${String(seed)}\n${family}`).slice(0, 8), 16) / 2 ** 32;
  if (place < validationShare) return 'validation';
  return place < validationShare + testShare ? 'test' : 'train';
}

const none: ReadonlyMap<string, Split> = new Map();
