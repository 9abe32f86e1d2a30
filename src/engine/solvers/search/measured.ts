import type { Choice } from '../../domain/trajectory';

type Share = Choice['measured'];

/** From here on an edit, or a few together, is of a kind that is trusted. */
const trusted = 0.5;

/**
 * How many first choices passed hidden tests too, by how far their edits are trusted and whether all
 * that passed did the same (`npm run bench search`, at most 5,000 candidates: the beginners' programs
 * and pairs and triples of faults in HumanEval). Small numbers, on faults of few authors.
 */
const severalTests: Readonly<Record<'trusted' | 'other', Record<'agreed' | 'split', Share>>> = {
  trusted: { agreed: { right: 20, of: 22 }, split: { right: 7, of: 9 } },
  other: { agreed: { right: 18, of: 25 }, split: { right: 4, of: 6 } },
};

/** With a single visible test, on programs that models wrote: it lets nearly anything pass. */
const oneTest: Share = { right: 26, of: 88 };

/** `behaviours` null: one program passed, or they could not be compared. */
export function measuredOn(of: {
  readonly visibleTests: number;
  readonly trust: number;
  readonly behaviours: number | null;
}): Share {
  if (of.visibleTests <= 1) return oneTest;
  const row = severalTests[of.trust >= trusted ? 'trusted' : 'other'];
  return (of.behaviours ?? 1) > 1 ? row.split : row.agreed;
}
