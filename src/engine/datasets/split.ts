import { sha256 } from '../domain/hash';
import type { Split } from './pair';

const validationShare = 0.1;

/** The split of a family: all its tasks stand on one side, whatever else is in the dataset. */
export function splitOf(family: string, seed: number): Split {
  const place = Number.parseInt(sha256(`${String(seed)}\n${family}`).slice(0, 8), 16) / 2 ** 32;
  return place < validationShare ? 'validation' : 'train';
}
