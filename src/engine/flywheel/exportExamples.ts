import type { DatasetFile } from '../datasets/formats/format';

/** A row as it would be written, cut. */
export interface RowExample {
  readonly file: string;
  readonly row: string;
}

const perFile = 3;
const maxChars = 20_000;

/** The first rows of each file of data, as text. */
export function examplesOf(files: readonly DatasetFile[]): RowExample[] {
  return files.flatMap((file) => {
    if (file.kind === 'text') return [];
    const rows =
      file.kind === 'lines'
        ? file.lines()
        : mapped(file.table.rows(), (row) => JSON.stringify(row));
    return [...firstOf(rows, perFile)].map((row) => ({ file: file.file, row: cut(row) }));
  });
}

function* firstOf<T>(all: Iterable<T>, most: number): Generator<T> {
  let taken = 0;
  for (const one of all) {
    if (taken++ >= most) return;
    yield one;
  }
}

function* mapped<T>(all: Iterable<T>, to: (one: T) => string): Generator<string> {
  for (const one of all) yield to(one);
}

function cut(text: string): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars)} …`;
}
