import { isPair, splits, type Refusal, type Split, type SplitRecord } from './pair';
import type { Census } from './rowSource';
import type { StepReport } from './curation/settings';
import { termsOf } from './termsOfUse';
import { datasetFormat, recordsFile, type Comparison } from './version';

/** What of a journal went into a dataset: the same range gives the same bytes. */
export interface JournalRange {
  readonly run: string;
  readonly effects: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Over keys and inputs of all effects. */
  readonly sha256: string;
}

export interface WrittenFile {
  readonly file: string;
  readonly rows?: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DatasetFacts {
  readonly name: string;
  readonly format: string;
  readonly version: string;
  readonly tool: string;
  readonly settings: unknown;
  readonly ranges: readonly JournalRange[];
  readonly records: readonly SplitRecord[];
  readonly refused: readonly Refusal[];
  readonly steps: readonly StepReport[];
  readonly census: Census;
  readonly heldOut: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly tasks: number;
  }[];
  readonly parent: {
    readonly version: string;
    readonly sha256: string;
    readonly comparison: Comparison;
  } | null;
}

/** All that is needed to tell how the dataset was made, and to make it again. No clock is in it. */
export function manifestOf(
  facts: DatasetFacts,
  files: readonly WrittenFile[],
  records: WrittenFile | null,
): Record<string, unknown> {
  const pairs = facts.records.filter(isPair);
  const models = sortedUnique(facts.records.flatMap((record) => record.models));
  return {
    format: datasetFormat,
    name: facts.name,
    version: facts.version,
    parent: facts.parent,
    writtenAs: facts.format,
    tool: { name: 'code-flywheel', version: facts.tool },
    settings: facts.settings,
    journal: facts.ranges,
    counts: {
      records: facts.records.length,
      pairs: pairs.length,
      replayed: facts.records.filter(({ isReplay }) => isReplay).length,
      bySplit: countBySplit(pairs),
      byKind: facts.census.byKind,
      dropped: droppedBy(facts.refused),
    },
    tokens: facts.census.lengths,
    steps: facts.steps,
    heldOut: facts.heldOut,
    models: models.map((model) => ({ model, terms: termsOf(model) })),
    solvers: sortedUnique(facts.records.map(({ solver }) => solver)),
    licences: sortedUnique(facts.records.map(({ task }) => task.source.license ?? 'unknown')),
    sources: sortedUnique(facts.records.map(({ task }) => task.source.name)),
    families: placed(facts.records, ({ family }) => family),
    tasks: placed(facts.records, ({ hash }) => hash),
    files,
    records: records ?? { file: recordsFile, rows: 0, bytes: 0, sha256: '' },
  };
}

/** The split of each name, sorted by name. */
function placed(
  records: readonly SplitRecord[],
  nameOf: (task: SplitRecord['task']) => string,
): Record<string, Split> {
  return Object.fromEntries(
    records
      .map(({ task, split }): [string, Split] => [nameOf(task), split])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export function countBySplit(records: readonly SplitRecord[]): Record<Split, number> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { split } of records) counts[split]++;
  return Object.fromEntries(splits.map((split) => [split, counts[split]])) as Record<Split, number>;
}

export function droppedBy(refused: readonly Refusal[]): Record<string, number> {
  const dropped: Record<string, number> = {};
  for (const { reason } of refused) dropped[reason] = (dropped[reason] ?? 0) + 1;
  return dropped;
}

export function sortedUnique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
