import { createHash } from 'node:crypto';

/**
 * A stream of numbers from 0 up to 1 that depends on the seed and the key alone, never on the
 * order of calls elsewhere (mulberry32 over a sha256 of both).
 */
export function randomOf(seed: number, key: string): () => number {
  let state = createHash('sha256')
    .update(`${String(seed)}\n${key}`)
    .digest()
    .readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The items in an order drawn from the stream. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
