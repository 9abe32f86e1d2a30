const farZ = 8.3;

/** Share of the standard normal distribution below z (series of Marsaglia 2004). */
export function normalBelow(z: number): number {
  if (z <= -farZ) return 0;
  if (z >= farZ) return 1;
  let sum = z;
  let term = z;
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI));
}

export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`share ${String(share)}`);
  let low = -farZ;
  let high = farZ;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
