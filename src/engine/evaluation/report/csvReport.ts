import type { Sheet } from './sheet';

/** One line a cell: table, row, column, value, low, high, text. RFC 4180. */
export function csvReport({ sections }: Sheet): string {
  const lines = sections.flatMap(({ id, columns, rows }) =>
    rows.flatMap((cells) =>
      cells.slice(1).map((cell, place) => {
        const [low, high] = cell.interval ?? [null, null];
        const column = columns[place + 1] ?? '';
        const name = cells[0]?.text ?? '';
        return [
          ...[id, name, column].map(quoted),
          ...[cell.value ?? null, low, high].map((value) => (value === null ? '' : String(value))),
          quoted(cell.text),
        ].join(',');
      }),
    ),
  );
  return ['table,row,column,value,low,high,text', ...lines].map((line) => `${line}\r\n`).join('');
}

/** A leading sign would make a spreadsheet run the text as a formula. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
