/**
 * What a text is compared by: hashes of its runs of five words (code and prose alike are cut at
 * everything that is no letter, digit or underscore), or of five characters where it is too
 * short for that to say much. Sorted, each once.
 */
export function shinglesOf(text: string): Uint32Array {
  const words = text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
  const hashes = words.length < fewWords ? ofCharacters(text) : ofWords(words);
  return Uint32Array.from(new Set(hashes)).sort();
}

/** Jaccard similarity of two sets of shingles, from 0 to 1; two empty sets are alike. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 && b.length === 0) return 1;
  let [inA, inB, both] = [0, 0, 0];
  while (inA < a.length && inB < b.length) {
    const [x, y] = [a[inA] ?? 0, b[inB] ?? 0];
    if (x === y) both++;
    if (x <= y) inA++;
    if (y <= x) inB++;
  }
  return both / (a.length + b.length - both);
}

/** The Jaccard similarity where it is at least `least`, else null: most comparisons end early. */
export function jaccardFrom(a: Uint32Array, b: Uint32Array, least: number): number | null {
  // Both sets may have so many shingles of their own before no more similarity is to be had.
  let spare = a.length + b.length - 2 * Math.ceil((least * (a.length + b.length)) / (1 + least));
  let [inA, inB] = [0, 0];
  while (inA < a.length && inB < b.length && spare >= 0) {
    const [x, y] = [a[inA] as number, b[inB] as number];
    if (x !== y) spare--;
    if (x <= y) inA++;
    if (y <= x) inB++;
  }
  if (spare < 0) return null;
  const similarity = jaccard(a, b);
  return similarity >= least ? similarity : null;
}

/** FNV-1a over UTF-16 units, with the last step of MurmurHash3 to spread the bits. */
export function hash32(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return spread(hash);
}

export function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const shingleLength = 5;
/** Below this a text is compared by characters. */
const fewWords = 50;

function ofWords(words: readonly string[]): number[] {
  const single = words.map((word) => hash32(word.toLowerCase()));
  return Array.from({ length: words.length - shingleLength + 1 }, (_, start) => {
    let hash = 0;
    for (let at = start; at < start + shingleLength; at++) {
      hash = spread(Math.imul(hash, 31) + (single[at] ?? 0));
    }
    return hash;
  });
}

function ofCharacters(text: string): number[] {
  const plain = text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (plain.length === 0) return [];
  const count = Math.max(1, plain.length - shingleLength + 1);
  return Array.from({ length: count }, (_, at) => hash32(plain.slice(at, at + shingleLength)));
}
