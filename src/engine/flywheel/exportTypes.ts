import type { StepReport } from '../datasets/curation/settings';
import type { Refusal, Split } from '../datasets/pair';
import type { RowKind, Shape } from '../datasets/row';
import type { LengthReport } from '../datasets/rowSource';
import type { RiseCriterion } from '../datasets/rows';
import type { Comparison as VersionComparison } from '../datasets/version';
import type { ExportIsolation, Isolation } from '../domain/verdict';
import type { RowExample } from './exportExamples';

export interface ExportRequest {
  /** At least one. */
  readonly runs: readonly string[];
  readonly out: string;
  /** As the workbench was opened with, unless told. */
  readonly isolation?: ExportIsolation;
  /** Name of a format; `trl` unless told. */
  readonly format?: string;
  /** Files with tasks that no row may share text with, and whose families stay out. */
  readonly heldOut?: readonly string[];
  /** Folder of an earlier version: its splits stay, and some of its pairs are mixed in. */
  readonly parent?: string;
  readonly rowKinds?: readonly RowKind[];
  /** Most verified programs of a task; 4 unless told. */
  readonly perTask?: number;
  readonly seed?: number;
  /** From 0 to 1; 0.7 unless told. */
  readonly similarity?: number;
  /** Least and most share of samples that solved a task. */
  readonly difficulty?: readonly [number, number];
  readonly licences?: readonly string[];
  readonly sources?: readonly string[];
  /** Share of training pairs that come from the parent; 0.2 unless told. */
  readonly replay?: number;
  readonly riseCriterion?: RiseCriterion;
  /** Lets in what models wrote that the editor lent. */
  readonly editorModels?: boolean;
}

/** A dataset as its manifest tells of it. */
export interface DatasetSummary {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Of the version that it came after; null where it is the first. */
  readonly parent: string | null;
  readonly format: string;
  readonly runs: readonly string[];
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  readonly pairs: number;
  readonly bySplit: Readonly<Record<Split, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  /** Files of rows. */
  readonly files: readonly { readonly file: string; readonly rows: number }[];
}

export interface DatasetRowsRequest {
  readonly folder: string;
  /** One of the files of the dataset. */
  readonly file: string;
  readonly most: number;
}

export interface DatasetRefusedRequest {
  readonly folder: string;
  /** All reasons unless told. */
  readonly reason?: string;
  readonly most: number;
}

/** Two datasets by their records. */
export interface DatasetComparison extends VersionComparison {
  readonly before: string;
  readonly after: string;
  readonly versions: readonly string[];
  /** Families that stand in another split, the first ones. */
  readonly families: readonly {
    readonly family: string;
    readonly from: Split;
    readonly to: Split;
  }[];
}

/** Yes writes the dataset; no leaves everything as it was. */
export type ConfirmExport = (preview: ExportPreview, signal: AbortSignal) => Promise<boolean>;

/** A dataset that is ready to be written. */
export interface ExportPreview extends Omit<ExportResult, 'files' | 'written'> {
  /** The first rows of each file. */
  readonly examples: readonly RowExample[];
  /** The first ones; `dropped` counts all. */
  readonly refused: readonly Refusal[];
}

export interface ExportResult {
  /** False where it was only looked at. */
  readonly written: boolean;
  readonly out: string;
  readonly format: string;
  readonly version: string;
  /** Trajectories that rows are made from, those without a verified program included. */
  readonly records: number;
  readonly pairs: number;
  /** Pairs by split. */
  readonly bySplit: Readonly<Record<Split, number>>;
  readonly byKind: Readonly<Partial<Record<RowKind, number>>>;
  /** Where the tests of the pairs ran, counted. */
  readonly byIsolation: Readonly<Record<Isolation, number>>;
  /** Rows by file. */
  readonly rows: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly steps: readonly StepReport[];
  readonly tokens: Readonly<Partial<Record<Shape, LengthReport>>>;
  /** Against the parent. */
  readonly comparison?: VersionComparison;
  readonly files: readonly string[];
}
