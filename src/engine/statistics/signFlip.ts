import { uniformOf } from './uniform';

const maxExact = 15;

/**
 * Two-sided sign-flip permutation test of paired differences: were the names of the two solvers
 * drawn by lot for each task, how often would the mean differ as much? Every assignment is tried
 * up to 15 differences that are not zero, else `draws` of them, with p = (1 + count) / (draws + 1).
 */
export function signFlip(
  differences: readonly number[],
  options: { readonly draws?: number; readonly seed: number; readonly key: string },
): number {
  const moved = Float64Array.from(differences.filter((value) => value !== 0));
  const seen = Math.abs(moved.reduce((sum, value) => sum + value, 0));
  // Sums of the same numbers in another order differ in their last bits.
  const least = seen - 1e-9 * Math.max(1, seen);
  if (moved.length === 0) return 1;
  if (moved.length <= maxExact) return exact(moved, least);
  const { draws = 10_000, seed, key } = options;
  const next = uniformOf(seed, key);
  let asFar = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const value of moved) sum += next() < 0.5 ? value : -value;
    if (Math.abs(sum) >= least) asFar++;
  }
  return (1 + asFar) / (draws + 1);
}

function exact(moved: Float64Array, least: number): number {
  const ways = 2 ** moved.length;
  let asFar = 0;
  for (let way = 0; way < ways; way++) {
    let sum = 0;
    moved.forEach((value, place) => (sum += way & (1 << place) ? -value : value));
    if (Math.abs(sum) >= least) asFar++;
  }
  return asFar / ways;
}
