import { uniformOf } from './uniform';

export interface BootstrapOptions {
  /** Draws; 10,000 unless told. */
  readonly draws?: number;
  readonly confidence?: number;
  readonly seed: number;
  /** Tells apart uses of one seed. */
  readonly key: string;
}

/**
 * Percentile interval of a mean by drawing whole tasks anew (Efron 1979): for values that are no
 * shares, such as tokens or money per task. Over few tasks it is too narrow; pass rates have
 * `rateInterval`. Null of no value. The same seed and key give the same interval.
 */
export function bootstrapMean(
  values: readonly number[],
  options: BootstrapOptions,
): readonly [number, number] | null {
  const { draws = 10_000, confidence = 0.95, seed, key } = options;
  const count = values.length;
  if (count === 0) return null;
  const data = Float64Array.from(values);
  const next = uniformOf(seed, key);
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let item = 0; item < count; item++) sum += data[(next() * count) | 0] ?? 0;
    means[draw] = sum / count;
  }
  means.sort();
  const tail = (1 - confidence) / 2;
  return [sortedQuantile(means, tail), sortedQuantile(means, 1 - tail)];
}

/** Linear between the two nearest of sorted values (type 7 of Hyndman and Fan 1996). */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
