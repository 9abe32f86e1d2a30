/** Holm's step-down correction (1979) of p values for how many there are, in their order. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((p, place) => ({ p, place })).sort((a, b) => a.p - b.p);
  const corrected = values.map(() => 1);
  let least = 0;
  order.forEach(({ p, place }, rank) => {
    least = Math.max(least, Math.min(1, p * (values.length - rank)));
    corrected[place] = least;
  });
  return corrected;
}
