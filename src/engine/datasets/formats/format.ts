import type { RowSource } from '../rowSource';
import type { Table } from '../../files/parquet';
import type { Recipe } from '../recipes/recipe';
import type { RowKind, Shape } from '../row';

/** One file of a dataset: where it lies in the folder, and what stands in it. */
export type DatasetFile = {
  readonly file: string;
  /** Rows in it; absent for what is no data. */
  readonly rows?: number;
} & (
  | { readonly kind: 'lines'; readonly lines: () => Iterable<string> }
  | { readonly kind: 'parquet'; readonly table: Table }
  | { readonly kind: 'text'; readonly text: string }
);

/**
 * A format for one trainer or harness. Adding one is a file like those beside this and its golden
 * file. Pure: the same rows give the same bytes.
 */
export interface DatasetFormat {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** The shapes of rows that it can hold; others are not made for it. */
  readonly shapes: readonly Shape[];
  /** Kinds of those shapes that its trainer would read wrongly. */
  readonly without?: readonly RowKind[];
  /**
   * `answers`: every answer of the runs as it is, for harnesses that score it themselves. Else the
   * records that were verified again and selected.
   */
  readonly takes?: 'answers';
  files(source: RowSource, facts: FormatFacts): readonly DatasetFile[];
  recipes(source: RowSource): readonly Recipe[];
}

/** What some formats tell beside their rows. */
export interface FormatFacts {
  readonly name: string;
  readonly version: string;
  readonly tool: string;
  /** The latest time in the journal ranges, ISO 8601: no clock is read. */
  readonly recordedAt: string;
}
