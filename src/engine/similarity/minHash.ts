import { randomOf } from '../domain/random';
import { spread } from './shingles';

/**
 * Bands that make a candidate of a pair of similarity 0.7 with probability 0.995 (42 bands of 6),
 * of 0.75 with 0.9997. Every candidate is compared exactly afterwards.
 */
const bands = 42;
const rowsPerBand = 6;
const permutations = bands * rowsPerBand;

/**
 * MinHash signature (Broder 1997): per permutation the least hash of any shingle. A permutation is a
 * product with an odd number and a sum, of numbers that are hashes already; row by row, so that the
 * least so far stays in a register.
 */
export function signatureOf(shingles: Uint32Array): Int32Array {
  const signature = new Int32Array(permutations);
  for (let row = 0; row < permutations; row++) {
    const factor = factors[row] as number;
    const addend = addends[row] as number;
    let least = 0x7fffffff;
    for (let at = 0; at < shingles.length; at++) {
      const hash = (Math.imul(shingles[at] as number, factor) + addend) | 0;
      if (hash < least) least = hash;
    }
    signature[row] = least;
  }
  return signature;
}

/** One key per band: texts that share one may be alike. */
export function bandKeys(signature: Int32Array): Uint32Array {
  const keys = new Uint32Array(bands);
  for (let band = 0; band < bands; band++) {
    let key = band;
    for (let row = 0; row < rowsPerBand; row++) {
      key = spread(Math.imul(key, 31) + (signature[band * rowsPerBand + row] as number));
    }
    keys[band] = key;
  }
  return keys;
}

const random = randomOf(0, 'minhash');
const factors = Int32Array.from({ length: permutations }, () => (random() * 2 ** 32) | 1);
const addends = Int32Array.from({ length: permutations }, () => random() * 2 ** 32);
