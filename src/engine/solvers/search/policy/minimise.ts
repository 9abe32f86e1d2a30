/** A value to be made small, and its slope at the same place. */
export interface Slope {
  readonly value: number;
  readonly gradient: Float64Array;
}

const memory = 8;
const enough = 1e-4;
const mostHalvings = 30;

/**
 * The limited-memory BFGS method (Nocedal 1980) for a smooth convex function, with steps halved
 * until the value falls (Armijo): no step ever makes it larger. Deterministic; it stops after
 * `steps`, or where nothing more is to be gained.
 */
export async function minimise(
  start: Float64Array,
  slopeAt: (place: Float64Array) => Slope,
  steps: number,
  between: () => Promise<void>,
): Promise<Float64Array> {
  let place = start;
  let now = slopeAt(place);
  const moves: { moved: Float64Array; turned: Float64Array; scale: number }[] = [];
  for (let step = 0; step < steps; step++) {
    await between();
    const direction = downhill(now.gradient, moves);
    const slope = dot(direction, now.gradient);
    if (slope > -enough * enough) break;
    let length = moves.length === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    let next: Float64Array | null = null;
    let there = now;
    for (let halving = 0; halving < mostHalvings; halving++, length /= 2) {
      const tried = place.map((value, at) => value + length * (direction[at] ?? 0));
      there = slopeAt(tried);
      if (there.value <= now.value + 1e-4 * length * slope) {
        next = tried;
        break;
      }
    }
    if (next === null) break;
    const moved = next.map((value, at) => value - (place[at] ?? 0));
    const turned = there.gradient.map((value, at) => value - (now.gradient[at] ?? 0));
    const curvature = dot(moved, turned);
    if (curvature > 1e-12) {
      moves.push({ moved, turned, scale: 1 / curvature });
      if (moves.length > memory) moves.shift();
    }
    const gained = now.value - there.value;
    place = next;
    now = there;
    if (gained < 1e-7) break;
  }
  return place;
}

function downhill(
  gradient: Float64Array,
  moves: readonly {
    readonly moved: Float64Array;
    readonly turned: Float64Array;
    readonly scale: number;
  }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (let at = moves.length - 1; at >= 0; at--) {
    const move = moves[at];
    if (!move) continue;
    const share = move.scale * dot(move.moved, direction);
    shares[at] = share;
    add(direction, move.turned, -share);
  }
  const last = moves.at(-1);
  if (last) {
    const size = 1 / (last.scale * dot(last.turned, last.turned));
    for (let at = 0; at < direction.length; at++) direction[at] = (direction[at] ?? 0) * size;
  }
  for (const [at, move] of moves.entries()) {
    const share = move.scale * dot(move.turned, direction);
    add(direction, move.moved, (shares[at] ?? 0) - share);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + times * (what[at] ?? 0);
}
