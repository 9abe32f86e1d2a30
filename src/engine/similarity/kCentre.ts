import { jaccard } from './shingles';

/**
 * Greedy k-centre (Gonzalez 1985, as Diverse-Evol uses it, 2311.08182): the first item, then each
 * time the one that is least like all chosen so far; the earlier among equals. Places in the
 * order chosen.
 */
export function kCentre(items: readonly Uint32Array[], count: number): number[] {
  const [first] = items;
  if (first === undefined || count < 1) return [];
  const chosen = [0];
  const distance = Float64Array.from(items, (item) => 1 - jaccard(item, first));
  while (chosen.length < Math.min(count, items.length)) {
    let farthest = -1;
    distance.forEach((value, place) => {
      if (!chosen.includes(place) && value > (distance[farthest] ?? -1)) farthest = place;
    });
    const next = items[farthest];
    if (next === undefined) break;
    chosen.push(farthest);
    items.forEach((item, place) => {
      distance[place] = Math.min(distance[place] ?? 1, 1 - jaccard(item, next));
    });
  }
  return chosen;
}
