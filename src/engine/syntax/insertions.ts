/** Text to be put into a source at an offset. */
export interface Insertion {
  readonly offset: number;
  /** At one offset, what ends there is closed before what begins there is opened. */
  readonly side: 'closing' | 'opening';
  readonly text: string;
}

/**
 * The source with all insertions made. At one offset and side they stand in the order given: what
 * opens outermost first, what closes innermost first.
 */
export function insertAll(source: string, insertions: readonly Insertion[]): string {
  const rank = { closing: 0, opening: 1 };
  // Sorting is stable.
  const ordered = [...insertions].sort(
    (a, b) => a.offset - b.offset || rank[a.side] - rank[b.side],
  );
  let result = '';
  let done = 0;
  for (const { offset, text } of ordered) {
    result += source.slice(done, offset) + text;
    done = offset;
  }
  return result + source.slice(done);
}
