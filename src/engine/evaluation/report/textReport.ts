import type { Cell, Section, Sheet } from './sheet';

const maxNoteChars = 100;

/** For terminals: aligned tables, notes below each, and what it comes to on the last line. */
export function textReport(sheet: Sheet): string {
  const { title, subtitle, warnings, sections, closing } = sheet;
  return [
    ...wrapped(title, ''),
    ...wrapped(subtitle, ''),
    ...warnings.flatMap((warning) => wrapped(warning, '! ')),
    ...sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
    ...wrapped(closing, ''),
  ].join('\n');
}

function sectionLines({ title, columns, rows, notes = [] }: Section): string[] {
  const cells = [columns.map((text): Cell => ({ text })), ...rows];
  const texts = cells.map((row) => row.map(({ text }) => text.replace(/[\n\t]+/g, ' ')));
  const widths = columns.map((_, column) =>
    Math.max(...texts.map((row) => widthOf(row[column] ?? ''))),
  );
  // A column of words stands left, one of numbers right.
  const isWords = columns.map(
    (_, column) => column === 0 || rows.every((row) => row[column]?.value === undefined),
  );
  const lines = texts.map((row) =>
    row
      .map((text, column) => {
        const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)));
        return isWords[column] === true ? text + room : room + text;
      })
      .join('   ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  const rule = '─'.repeat(Math.max(...lines.map(widthOf)));
  return [
    title,
    `  ${head}`.trimEnd(),
    `  ${rule}`,
    ...body.map((line) => `  ${line}`),
    ...notes.flatMap((note) => wrapped(note, '  ')),
  ];
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+(?!%)/)) {
    if (line !== '' && line.length + word.length + 1 > maxNoteChars) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  const hanging = ' '.repeat(indent.length);
  return [...lines, line].map((one, place) => `${place === 0 ? indent : hanging}${one}`);
}

/** Columns that a text takes: those of East Asian scripts take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
