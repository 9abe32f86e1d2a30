/** Strata of the stratified draw, as eva has them. */
const strata = 10;

/**
 * Places drawn without replacement, each draw in proportion to the shares that are left (Efraimidis
 * and Spirakis 2006: the largest of u^(1/w)). In the order drawn; all where fewer are there.
 */
export function weightedDraw(
  shares: readonly number[],
  count: number,
  random: () => number,
): number[] {
  return (
    shares
      // Logarithms: of a small share the power is 0 for every u.
      .map((share, place) => ({ place, key: Math.log(1 - random()) / share }))
      .sort((a, b) => b.key - a.key || a.place - b.place)
      .slice(0, count)
      .map(({ place }) => place)
  );
}

/** The largest shares; the earlier among equals. For comparison: eva found drawing better. */
export function greedyDraw(shares: readonly number[], count: number): number[] {
  return [...shares.keys()]
    .sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b)
    .slice(0, count);
}

/**
 * As many from each tenth of the places by share as from the next, by chance inside: tasks of every
 * difficulty. Tenths that run out leave their draws to the others.
 */
export function stratifiedDraw(
  shares: readonly number[],
  count: number,
  random: () => number,
): number[] {
  const ranked = greedyDraw(shares, shares.length);
  const groups = Array.from({ length: Math.min(strata, ranked.length) }, (_, group) => {
    const from = Math.floor((group * ranked.length) / strata);
    const to = Math.floor(((group + 1) * ranked.length) / strata);
    return ranked.length < strata ? ranked.slice(group, group + 1) : ranked.slice(from, to);
  }).map((places) =>
    weightedDraw(
      places.map(() => 1),
      places.length,
      random,
    ).map((at) => places[at] ?? 0),
  );
  const drawn: number[] = [];
  for (let turn = 0; drawn.length < Math.min(count, ranked.length); turn++) {
    drawn.push(...groups.flatMap((group) => group.slice(turn, turn + 1)));
  }
  return drawn.slice(0, count);
}
