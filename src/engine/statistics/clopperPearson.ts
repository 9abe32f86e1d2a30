/**
 * Exact 95 % interval of a share (Clopper and Pearson 1934): never too narrow, never of zero
 * width, right for few tasks too. Null where there is no trial.
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence = 0.95,
): readonly [number, number] | null {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!whole || successes < 0 || successes > trials) {
    throw new RangeError(`${String(successes)} of ${String(trials)}`);
  }
  if (trials === 0) return null;
  const tail = (1 - confidence) / 2;
  const lower =
    successes === 0 ? 0 : solve((p) => 1 - binomialCdf(successes - 1, trials, p) - tail);
  const upper = successes === trials ? 1 : solve((p) => tail - binomialCdf(successes, trials, p));
  return [lower, upper];
}

/** Root of an increasing function on [0, 1], to the last bits of a double. */
function solve(rising: (p: number) => number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X <= k) of a binomial, summed in logarithms. */
function binomialCdf(k: number, n: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return k >= n ? 1 : 0;
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
