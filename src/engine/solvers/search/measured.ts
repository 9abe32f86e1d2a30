import type { Choice } from '../../domain/trajectory';

type Share = Choice['measured'];

/** From here on an edit, or a few together, is of a kind that is trusted. */
const trusted = 0.5;

type Row = Readonly<Record<'agreed' | 'split' | 'other', Share>>;

/**
 * How many first choices passed hidden tests too: by how many visible tests tell programs apart,
 * which says most; then by how far their edits are trusted, and whether all that passed did the same
 * (`npm run bench search`, at most 5,000 candidates, 175 choices: programs of beginners, one-line
 * defects, programs as models write them, pairs and triples of faults). With a single such test those
 * of programs as models write them alone: it lets nearly anything pass, and on published programs of
 * models 26 of 88 were right. Small numbers, on faults of few authors.
 */
const byTests: readonly [one: Row, two: Row, more: Row] = [
  {
    agreed: { right: 6, of: 9 },
    split: { right: 4, of: 9 },
    other: { right: 1, of: 10 },
  },
  {
    agreed: { right: 15, of: 19 },
    split: { right: 8, of: 15 },
    other: { right: 12, of: 19 },
  },
  {
    agreed: { right: 37, of: 42 },
    split: { right: 10, of: 14 },
    other: { right: 20, of: 26 },
  },
];

/** `behaviours` null: one program passed, or they could not be compared. */
export function measuredOn(of: {
  readonly tellingTests: number;
  readonly trust: number;
  readonly behaviours: number | null;
}): Share {
  const [one, two, more] = byTests;
  const row = of.tellingTests <= 1 ? one : of.tellingTests === 2 ? two : more;
  if (of.trust < trusted) return row.other;
  return (of.behaviours ?? 1) > 1 ? row.split : row.agreed;
}
