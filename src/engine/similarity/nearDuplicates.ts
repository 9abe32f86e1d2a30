import { BandTable } from './bandTable';
import { bandKeys, signatureOf } from './minHash';
import { jaccardFrom, shinglesOf } from './shingles';

/** So many texts of one bucket are compared with a new one: more are copies of a template. */
const maxCompared = 200;

/**
 * Texts kept so far, asked for one that is like a new one: found by MinHash with bands, then compared
 * exactly, so that none below `threshold` is ever told.
 */
export class SimilarityIndex {
  private readonly buckets = new BandTable();
  private readonly shingles = new Map<number, Uint32Array>();
  /** In which question each was compared last, so that it is compared once. */
  private seen = new Int32Array(1024);
  private asked = 0;
  private last: {
    readonly text: string;
    readonly shingles: Uint32Array;
    keys: Uint32Array;
  } | null = null;

  constructor(private readonly threshold: number) {}

  add(id: number, text: string): void {
    const { shingles, keys } = this.read(text);
    this.shingles.set(id, shingles);
    for (const key of keys) this.buckets.add(key, id);
    if (id < this.seen.length) return;
    const larger = new Int32Array(id * 2);
    larger.set(this.seen);
    this.seen = larger;
  }

  /** The most similar of those kept that `accepts` takes, where it is similar enough. */
  nearest(
    text: string,
    accepts: (id: number) => boolean = always,
  ): { readonly id: number; readonly similarity: number } | null {
    const { shingles, keys } = this.read(text);
    const asked = ++this.asked;
    let best: { id: number; similarity: number } | null = null;
    const compare = (id: number): void => {
      if (this.seen[id] === asked || !accepts(id)) return;
      this.seen[id] = asked;
      const other = this.shingles.get(id);
      if (!other || !canBeAlike(shingles.length, other.length, this.threshold)) return;
      const least = Math.max(this.threshold, best?.similarity ?? 0);
      const similarity = jaccardFrom(shingles, other, least);
      if (similarity !== null && similarity > (best?.similarity ?? 0)) best = { id, similarity };
    };
    for (const key of keys) this.buckets.each(key, maxCompared, compare);
    return best;
  }

  /** Asked for and then added: the same text is hashed once. */
  private read(text: string): { shingles: Uint32Array; keys: Uint32Array } {
    if (this.last?.text !== text) {
      const shingles = shinglesOf(text);
      this.last = { text, shingles, keys: bandKeys(signatureOf(shingles)) };
    }
    return this.last;
  }
}

function canBeAlike(a: number, b: number, threshold: number): boolean {
  return Math.min(a, b) >= threshold * Math.max(a, b);
}

function always(): boolean {
  return true;
}
