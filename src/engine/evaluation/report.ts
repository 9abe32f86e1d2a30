import type { Estimate } from '../domain/view';
import type { EvaluationTable, Row } from './table';
import { howMany } from '../domain/howMany';

const columns = [
  'tasks',
  'solved (visible)',
  'passed (hidden)',
  'same behaviour',
  'exact revert',
  'candidates',
];

const stopWords: Readonly<Record<string, string>> = {
  solved: 'solved',
  turnsUsed: 'all turns used',
  candidatesUsed: 'nothing left to try',
  repeating: 'repeating itself',
  budget: 'budget spent',
  cancelled: 'cancelled',
  modelRefused: 'model refused',
  modelUnavailable: 'model unavailable',
  infrastructure: 'could not be judged',
};

/** The evaluation as a table for terminals: shares of all tasks with 95 % intervals. */
export function reportText(table: EvaluationTable): string {
  const groups: readonly (readonly [string, readonly Row[]])[] = [
    ['', [table.all]],
    ['by language', table.byLanguage],
    ['by kind of fault', table.byFault],
  ];
  const cells = groups.flatMap(([title, rows]) => [
    ...(title === '' ? [] : [[title, ...columns.map(() => '')]]),
    ...rows.map((row) => [title === '' ? row.group : `  ${row.group}`, ...cellsOf(row)]),
  ]);
  const lines = alignColumns([['', ...columns], ...cells]);
  const stops = Object.entries(table.byStop)
    .sort(([, a], [, b]) => b - a)
    .map(([stop, count]) => `${stopWords[stop] ?? stop} ${String(count)}`);
  return [
    ...lines,
    '',
    `Stopped because: ${stops.join(' · ') || 'nothing ran'}`,
    'Shares with exact 95 % intervals. "candidates" is the median over solved tasks.',
    '"same behaviour": equal to the original on inputs generated from those of the tests.',
    ...(table.infrastructure > 0
      ? [
          `${howMany(table.infrastructure, 'task')} could not be judged and ${table.infrastructure === 1 ? 'counts' : 'count'} nowhere.`,
        ]
      : []),
  ].join('\n');
}

function cellsOf(row: Row): string[] {
  const candidates = row.medianCandidates === null ? '–' : String(row.medianCandidates);
  const shares = [row.solvedVisible, row.passedHidden, row.sameBehaviour, row.exactRevert];
  return [String(row.tasks), ...shares.map(shareText), candidates];
}

/** `31 65 % [50–77]`. */
function shareText({ count, of, interval }: Estimate): string {
  if (of === 0 || !interval) return '–';
  const percent = (value: number): string => String(Math.round(value * 100));
  const [low, high] = interval;
  return `${String(count)}  ${percent(count / of)} % [${percent(low)}–${percent(high)}]`;
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
