import { splits } from '../pair';
import { rewardModule } from '../recipes/rewardModule';
import type { CompletionRow, RowOf, Shape } from '../row';
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

/** A conversation to its answer, each message with whether it is learned, under a trainer's key. */
export function learnedMessages(row: CompletionRow, key: string): object[] {
  return [
    ...row.prompt.map((message) => ({ ...message, [key]: false })),
    { role: 'assistant', content: row.completion, [key]: true },
  ];
}

/** The module that rewards programs by their tests, where there are rows to sample for. */
export function rewardFiles(source: RowSource): DatasetFile[] {
  if (source.count('group') === 0) return [];
  return [{ kind: 'text', file: 'rewards.py', text: rewardModule }];
}

/**
 * A row whose numbers are always written with a point. Loaders take the type of a column from the
 * first rows that they meet: after `1` in one file, `0.5` in the next one is an error.
 */
export function withDecimals(row: object): object {
  const point = (value: unknown): unknown =>
    typeof value === 'number' && Number.isInteger(value) ? rawJson(value.toFixed(1)) : value;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, point(value)]));
}

// Of the language since ES2025; its types do not know it yet.
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };
