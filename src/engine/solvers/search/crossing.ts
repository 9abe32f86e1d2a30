import type { Mend } from '../../syntax/mends';
import { edited, starterAttempt, type Attempt } from './attempt';

/** An attempt that came no less near than the starter, with its edits as edits of the starter. */
interface Part {
  readonly places: readonly Mend[];
  readonly behaviour: string;
  readonly distance: number;
}

/** Parts that are crossed with each other, the nearest. */
const mostParts = 32;
/** Those that give the same are often one mend in disguise. */
const mostPerBehaviour = 2;
/** Each new part is crossed with so many of the nearest. */
const mostPartners = 16;

/**
 * Partial mends put together (complementary partials): several edits at different places, each of
 * which alone changes what comes out for no worse, are what a program with several faults needs, and are met
 * far earlier so than one behind the other.
 */
export class Crossing {
  private parts: Part[] = [];
  private queue: { readonly attempt: Attempt; readonly cost: number }[] = [];

  constructor(
    private readonly starter: string,
    private readonly maxEdits: number,
  ) {}

  /** Takes note of an attempt that does otherwise than the starter and is as near, or nearer. */
  add(attempt: Attempt, behaviour: string, distance: number): void {
    const { places } = attempt;
    if (places === null || places.length === 0) return;
    const part = { places, behaviour, distance };
    const alike = this.parts.filter((one) => one.behaviour === behaviour);
    if (alike.length >= mostPerBehaviour) return;
    const known = this.parts;
    this.parts = [...known, part].sort((a, b) => a.distance - b.distance).slice(0, mostParts);
    if (!this.parts.includes(part)) return;
    for (const other of known.slice(0, mostPartners)) {
      const attempt = this.crossed(part, other);
      if (attempt) this.queue.push({ attempt, cost: distance + other.distance });
    }
    this.queue.sort((a, b) => a.cost - b.cost);
  }

  /** The most promising pair that was not given yet; undefined where there is none. */
  next(): Attempt | undefined {
    return this.queue.shift()?.attempt;
  }

  private crossed(one: Part, other: Part): Attempt | null {
    const all = [...one.places, ...other.places].sort((a, b) => b.start - a.start);
    if (all.length > this.maxEdits) return null;
    const overlap = all.slice(1).some((earlier, at) => {
      const later = all[at];
      return later !== undefined && (earlier.end > later.start || earlier.start === later.start);
    });
    if (overlap) return null;
    // From the end, so that no edit moves the place of another.
    return all.reduce(edited, starterAttempt(this.starter));
  }
}
