/**
 * Unbiased estimate of pass@k from n samples of which c passed (Chen et al. 2021, 2107.03374):
 * 1 - C(n-c, k) / C(n, k), in its stable product form. Null where n < k: then it is undefined.
 */
export function passAtK(n: number, c: number, k: number): number | null {
  const whole = [n, c, k].every((value) => Number.isInteger(value) && value >= 0);
  if (!whole || c > n || k < 1) {
    throw new RangeError(`pass@k of n=${String(n)} c=${String(c)} k=${String(k)}`);
  }
  if (k > n) return null;
  if (n - c < k) return 1;
  let allFail = 1;
  for (let i = n - c + 1; i <= n; i++) allFail *= 1 - k / i;
  return 1 - allFail;
}
