import type { TaskRow } from '../engine/domain/view';

export const filters = ['all', 'failing', 'solved'] as const;
export type Filter = (typeof filters)[number];

/** Rows that a filter and a text let through; the text is looked for in name and entry point. */
export function filterRows(
  rows: readonly TaskRow[],
  filter: Filter,
  text: string,
): readonly TaskRow[] {
  const wanted = text.trim().toLowerCase();
  if (filter === 'all' && wanted === '') return rows;
  return rows.filter(
    (row) =>
      fits(row, filter) &&
      (wanted === '' || `${row.id}\n${row.entryPoint}`.toLowerCase().includes(wanted)),
  );
}

/** How many rows each filter shows. */
export function countRows(rows: readonly TaskRow[]): Record<Filter, number> {
  return {
    all: rows.length,
    failing: rows.filter((row) => fits(row, 'failing')).length,
    solved: rows.filter((row) => fits(row, 'solved')).length,
  };
}

/** Solved: on visible tests, as the header counts. Failing: tried at least once and not solved. */
function fits(row: TaskRow, filter: Filter): boolean {
  const solved = row.solvedVisible === true;
  switch (filter) {
    case 'all':
      return true;
    case 'solved':
      return solved;
    case 'failing':
      return !solved && (row.state === 'ended' || row.turns.length > 0);
  }
}
