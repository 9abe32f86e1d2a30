import { betaQuantile } from './betaDistribution';

/** The quantile of Student's t distribution, for shares from 0.5 up and any degrees of freedom. */
export function studentQuantile(share: number, degrees: number): number {
  if (!(share >= 0.5 && share < 1)) throw new RangeError(`share ${String(share)}`);
  const x = betaQuantile(2 * (1 - share), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}
