/** A change that tests do not notice, at its place in a file as the file is now. */
export interface MissedMark {
  /** The function that was changed. */
  readonly name: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** `< to <=`. */
  readonly note: string;
  readonly told?: { readonly call: string; readonly expected: string; readonly actual: string };
}

/** One change of a text: `length` characters from `start` on became `added` others. */
export interface TextChange {
  readonly start: number;
  readonly length: number;
  readonly added: number;
}

/**
 * The marks of a text after it was changed: those behind a change move with the text, and those
 * that it touches are gone, for what they were about is no longer there.
 */
export function afterChanges(
  marks: readonly MissedMark[],
  changes: readonly TextChange[],
): MissedMark[] {
  // From the last to the first, so that each still stands where it says.
  const ordered = [...changes].sort((a, b) => b.start - a.start);
  return ordered.reduce<MissedMark[]>(
    (left, change) => left.flatMap((mark) => afterChange(mark, change) ?? []),
    [...marks],
  );
}

function afterChange(mark: MissedMark, { start, length, added }: TextChange): MissedMark | null {
  if (start >= mark.end) return mark;
  if (start + length > mark.start) return null;
  const by = added - length;
  return { ...mark, start: mark.start + by, end: mark.end + by };
}
