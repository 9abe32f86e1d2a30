import { randomOf } from '../domain/random';

/**
 * Numbers from 0 up to 1 for drawing by the million: xoshiro128** (Blackman and Vigna 2021),
 * seeded from (seed, key) as all our randomness is.
 */
export function uniformOf(seed: number, key: string): () => number {
  const start = randomOf(seed, key);
  const word = (): number => (start() * 2 ** 32) | 0;
  let [a, b, c, d] = [word(), word(), word(), word() | 1];
  return () => {
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (result >>> 0) / 4294967296;
  };
}
