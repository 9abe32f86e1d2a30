import type { TaskRow } from '../domain/view';

/** The row of a task from the rows of its samples, in their order: that of the best, with counts. */
export function ofSamples(rows: readonly TaskRow[]): TaskRow {
  const best = bestSample(rows);
  const shown = rows[best];
  if (!shown) throw new Error('a task without samples');
  if (rows.length === 1) return shown;
  const { solvedVisible: _solved, passedHidden: _passed, stop, ...rest } = shown;
  const ended = rows.filter(({ state }) => state === 'ended').length;
  const solved = rows.filter((row) => row.solvedVisible === true).length;
  const told = rows.filter((row) => typeof row.passedHidden === 'boolean');
  const passedHidden = told.filter((row) => row.passedHidden === true).length;
  const isEnded = ended === rows.length;
  return {
    ...rest,
    state: isEnded
      ? 'ended'
      : rows.some(({ state }) => state === 'running')
        ? 'running'
        : 'waiting',
    candidates: sum(rows.map((row) => row.candidates)),
    durationMs: sum(rows.map((row) => row.durationMs)),
    ...(isEnded && stop !== undefined ? { stop } : {}),
    ...(isEnded || solved > 0 ? { solvedVisible: solved > 0 } : {}),
    ...(isEnded || told.length > 0
      ? { passedHidden: told.length === 0 ? null : passedHidden > 0 }
      : {}),
    samples: { best, of: rows.length, ended, solved, passedHidden },
  };
}

/**
 * The place of the best sample: one that is solved, else the one whose best turn passes most, the
 * earlier among equals. Hidden tests have no say.
 */
export function bestSample(rows: readonly TaskRow[]): number {
  let best = 0;
  rows.forEach((row, place) => {
    if (rank(row) > rank(rows[best])) best = place;
  });
  return best;
}

function rank(row: TaskRow | undefined): number {
  if (!row) return -1;
  if (row.solvedVisible === true) return Infinity;
  const begun = row.state === 'waiting' && row.turns.length === 0 ? -1 : 0;
  return Math.max(begun, ...row.turns.map(({ passed }) => passed));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
