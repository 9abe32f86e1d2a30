import type { Choice } from '../../domain/trajectory';

/**
 * How many first choices passed hidden tests too, by how many visible tests told programs apart
 * and whether all that passed did the same (`bench/search.ts`: the beginners' programs, 500 candidates each). Small
 * numbers, and the programs were written by us: to be measured again on other people's faults.
 */
const table: readonly {
  readonly tests: number;
  readonly agreed: Choice['measured'];
  readonly split: Choice['measured'];
}[] = [
  { tests: 1, agreed: { right: 7, of: 7 }, split: { right: 3, of: 4 } },
  { tests: 2, agreed: { right: 12, of: 13 }, split: { right: 3, of: 4 } },
  { tests: 3, agreed: { right: 5, of: 5 }, split: { right: 5, of: 8 } },
];

/** The row for so many telling tests; the last stands for more. `behaviours` null: one program passed. */
export function measuredOn(tellingTests: number, behaviours: number | null): Choice['measured'] {
  const row = table.find(({ tests }) => tests >= tellingTests) ?? table.at(-1);
  if (!row) return { right: 0, of: 0 };
  return (behaviours ?? 1) > 1 ? row.split : row.agreed;
}
