/**
 * A draw from the beta distribution with both shapes at least 1, as the share of two gamma draws
 * (Marsaglia and Tsang 2000).
 */
export function betaSample(random: () => number, a: number, b: number): number {
  if (!(a >= 1 && b >= 1)) throw new RangeError(`beta of ${String(a)} and ${String(b)}`);
  const left = gammaSample(random, a);
  return left / (left + gammaSample(random, b));
}

function gammaSample(random: () => number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalSample(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller 1958. */
function normalSample(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
