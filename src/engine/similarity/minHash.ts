import { randomOf } from '../domain/random';
import { spread } from './shingles';

/**
 * Bands that make a candidate of a pair of similarity 0.7 with probability 0.995 (42 bands of 6),
 * of 0.75 with 0.9997. Every candidate is compared exactly afterwards.
 */
const bands = 42;
const rowsPerBand = 6;
const permutations = bands * rowsPerBand;

/** MinHash signature (Broder 1997): per permutation the least hash of any shingle. */
export function signatureOf(shingles: Uint32Array): Uint32Array {
  const signature = new Uint32Array(permutations).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let row = 0; row < permutations; row++) {
      const hash = spread(shingle ^ (seeds[row] ?? 0));
      if (hash < (signature[row] ?? 0)) signature[row] = hash;
    }
  }
  return signature;
}

/** One key per band: texts that share one may be alike. */
export function bandKeys(signature: Uint32Array): Uint32Array {
  const keys = new Uint32Array(bands);
  for (let band = 0; band < bands; band++) {
    let key = band;
    for (let row = 0; row < rowsPerBand; row++) {
      key = spread(Math.imul(key, 31) + (signature[band * rowsPerBand + row] ?? 0));
    }
    keys[band] = key;
  }
  return keys;
}

const random = randomOf(0, 'minhash');
const seeds = Uint32Array.from({ length: permutations }, () => random() * 2 ** 32);
