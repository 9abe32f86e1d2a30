import type { ScreenedOutcome } from '../../domain/trajectory';
import { applyEdit } from '../../syntax/edits';
import type { Mend } from '../../syntax/mends';

/** A program some edits away from the starter, and how far it has come. */
export interface Attempt {
  readonly program: string;
  /** The edits that made it, first to last. */
  readonly edits: readonly Step[];
  /** The starter's line that a line of this program comes from. */
  readonly lineInStarter: (line: number) => number;
  readonly parent: Attempt | null;
  /** The edits as edits of the starter, at places apart; null where they build on each other. */
  readonly places: readonly Mend[] | null;
}

export type Step = Pick<Mend, 'operator' | 'note' | 'line'> & {
  /** What it put in, for telling what was copied from the tests. */
  readonly added: string;
  readonly removed: string;
};

/** An attempt that was judged, with the edits of it that were not tried yet. */
export interface Opened {
  readonly attempt: Attempt;
  readonly outcome: ScreenedOutcome;
  /** Null until it is first gone on from: finding the edits costs. */
  edits: readonly Mend[] | null;
  tried: number;
}

export function starterAttempt(program: string): Attempt {
  return { program, edits: [], lineInStarter: (line) => line, parent: null, places: [] };
}

/** The attempt with one more edit. Its lines are those of the program before, where they moved to. */
export function edited(parent: Attempt, edit: Mend): Attempt {
  const { program: source } = parent;
  const removed = source.slice(edit.start, edit.end);
  const first = linesIn(source.slice(0, edit.start)) + 1;
  const before = linesIn(removed);
  const after = linesIn(edit.replacement);
  const { operator, note, line, replacement: added } = edit;
  const place = parent.places && placeInStarter(parent.places, edit);
  return {
    program: applyEdit(source, edit),
    edits: [...parent.edits, { operator, note, line, added, removed }],
    lineInStarter(now) {
      if (now <= first) return parent.lineInStarter(now);
      if (now <= first + after) return parent.lineInStarter(Math.min(now, first + before));
      return parent.lineInStarter(now - after + before);
    },
    parent,
    places: parent.places && place ? [...parent.places, place] : null,
  };
}

/** What people read of it: `comparison, line 12: < to <=; missingReturn, line 4: add return x`. */
export function noteOf({ edits }: Attempt): string {
  return edits
    .map(({ operator, line, note }) => `${operator}, line ${String(line)}: ${note}`)
    .join('; ');
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * An edit of a program as an edit of the starter that some edits made it from; null where it
 * touches what one of them put in.
 */
export function placeInStarter(places: readonly Mend[], edit: Mend): Mend | null {
  let shift = 0;
  for (const place of [...places].sort((a, b) => a.start - b.start)) {
    const start = place.start + shift;
    const end = start + place.replacement.length;
    if (edit.end < start) break;
    if (edit.start <= end) return null;
    shift += place.replacement.length - (place.end - place.start);
  }
  return { ...edit, start: edit.start - shift, end: edit.end - shift };
}
