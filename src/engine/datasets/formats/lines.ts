import { splits } from '../pair';
import type { RowOf, Shape } from '../row';
import type { RowSource } from '../rowSource';
import type { DatasetFile } from './format';

/** One file of JSON lines for each split that has rows of the shape. */
export function linesOf<S extends Shape>(
  source: RowSource,
  shape: S,
  nameOf: (split: string) => string,
  lineOf: (row: RowOf<S>) => unknown,
): DatasetFile[] {
  return splits
    .filter((split) => source.count(shape, split) > 0)
    .map((split) => ({
      kind: 'lines',
      file: nameOf(split),
      rows: source.count(shape, split),
      *lines() {
        for (const row of source.rows(shape, split)) yield JSON.stringify(lineOf(row));
      },
    }));
}

/** An answer as the list of messages that most trainers want. */
export function assistant(content: string): readonly { role: 'assistant'; content: string }[] {
  return [{ role: 'assistant', content }];
}
