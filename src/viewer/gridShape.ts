import type { TaskRow, TurnCell } from '../engine/domain/view';

/** How the rows of the grid are laid out at a width. */
export interface GridShape {
  /** Name above, cells and words below, where one line would be too tight. */
  readonly twoLines: boolean;
  readonly rowHeight: number;
  /** Cells that every row has room for, so that they stand under one another. */
  readonly cells: number;
}

const cellPx = 23;
const usualCells = 6;
const oneLineFromPx = 440;

export function gridShape(rows: readonly TaskRow[], widthPx: number): GridShape {
  const twoLines = widthPx < oneLineFromPx;
  const room = Math.floor((widthPx * (twoLines ? 0.5 : 0.3)) / cellPx);
  const most = rows.reduce((most, row) => Math.max(most, row.turns.length + endsWith(row)), 1);
  // Room for a usual count from the start, so that what stands beside does not move as turns come.
  const cells = Math.max(3, Math.min(Math.max(most, usualCells), room, 12));
  return { twoLines, rowHeight: twoLines ? 42 : 24, cells };
}

/** One more cell for the turn that is under way. */
function endsWith(row: TaskRow): number {
  return row.state === 'running' ? 1 : 0;
}

/** Those that fit, the count of earlier ones taking a place of its own. */
export function lastCells(
  turns: readonly TurnCell[],
  room: number,
): { readonly shown: readonly TurnCell[]; readonly earlier: number } {
  if (turns.length <= room) return { shown: turns, earlier: 0 };
  const shown = room <= 1 ? [] : turns.slice(-(room - 1));
  return { shown, earlier: turns.length - shown.length };
}
