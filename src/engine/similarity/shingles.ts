/**
 * What a text is compared by: hashes of its runs of five words (code and prose alike are cut at
 * everything that is no letter, digit or underscore), or of five characters where it is too
 * short for that to say much. Sorted, each once.
 */
export function shinglesOf(text: string): Uint32Array {
  const words = isAscii.test(text) ? wordsOfAscii(text) : wordsOf(text);
  return sortedOnce(words.length < fewWords ? ofCharacters(text) : ofWords(words));
}

const isAscii = /^[\x00-\x7f]*$/;

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

/** Of FNV-1a. */
const start = 0x811c9dc5 | 0;
const prime = 0x01000193;

/** FNV-1a over UTF-16 units, with the last step of MurmurHash3 to spread the bits. */
export function hash32(text: string, seed = 0): number {
  let hash = (start ^ seed) | 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
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

/** Hashes of the words in lower case, in order. */
function wordsOf(text: string): number[] {
  const words = text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
  return words.map((word) => hash32(word.toLowerCase()));
}

/** The same where there is nothing but ASCII, as in most programs: without a text for each word. */
function wordsOfAscii(text: string): number[] {
  const words: number[] = [];
  let hash = start;
  let isInWord = false;
  for (let at = 0; at < text.length; at++) {
    const letter = lowerCase[text.charCodeAt(at)] as number;
    if (letter !== 0) {
      hash = Math.imul(hash ^ letter, prime);
      isInWord = true;
    } else if (isInWord) {
      words.push(spread(hash));
      hash = start;
      isInWord = false;
    }
  }
  if (isInWord) words.push(spread(hash));
  return words;
}

/** By code: the code of the letter in lower case, of a digit or underscore; 0 for all else. */
const lowerCase = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return /\w/.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
});

function ofWords(words: readonly number[]): Uint32Array {
  const runs = new Uint32Array(words.length - shingleLength + 1);
  for (let first = 0; first < runs.length; first++) {
    let hash = 0;
    for (let at = first; at < first + shingleLength; at++) {
      hash = spread(Math.imul(hash, 31) + (words[at] as number));
    }
    runs[first] = hash;
  }
  return runs;
}

function ofCharacters(text: string): Uint32Array {
  const plain = text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (plain.length === 0) return new Uint32Array();
  const count = Math.max(1, plain.length - shingleLength + 1);
  return Uint32Array.from({ length: count }, (_, at) =>
    hash32(plain.slice(at, at + shingleLength)),
  );
}

function sortedOnce(hashes: Uint32Array): Uint32Array {
  hashes.sort();
  let count = 0;
  for (let at = 0; at < hashes.length; at++) {
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[count++] = hashes[at] as number;
  }
  return hashes.slice(0, count);
}
