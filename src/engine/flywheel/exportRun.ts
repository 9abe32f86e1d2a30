import path from 'node:path';
import type { Judge } from '../domain/ports';
import { countIsolations, type ExportIsolation } from '../domain/verdict';
import type { HeldOut } from '../datasets/curation/heldOut';
import type { CurationSettings } from '../datasets/curation/settings';
import type { DatasetFormat } from '../datasets/formats/format';
import { countBySplit, droppedBy, type DatasetFacts } from '../datasets/manifest';
import { isPair } from '../datasets/pair';
import { shapeOfKind, type RowKind } from '../datasets/row';
import { RowSource } from '../datasets/rowSource';
import type { RowSettings } from '../datasets/rows';
import { compareVersions, nextVersion, type EarlierVersion } from '../datasets/version';
import { dataFiles, filesBefore, writeDataset } from '../datasets/writeDataset';
import type { MachineJudge } from '../judge/machineJudge';
import type { Journal } from '../journal/journal';
import type { Syntax } from '../syntax/parser';
import { examplesOf } from './exportExamples';
import { everyAnswer, verifiedSelection, type Selection } from './exportSelection';
import type { VerificationSettings } from './trainedOn';
import type { ConfirmExport, ExportResult, ProgressListener } from './workbench';

export interface ExportOptions {
  readonly journal: Journal;
  readonly judge: Judge & Partial<Pick<MachineJudge, 'for'>>;
  readonly syntax: Syntax;
  readonly countTokens: (text: string) => number;
  readonly runs: readonly string[];
  readonly folder: string;
  readonly format: DatasetFormat;
  readonly version: string;
  readonly curation: CurationSettings;
  readonly rows: RowSettings;
  /** `separate`: verdicts that a program could have forged let nothing in. */
  readonly isolation: ExportIsolation;
  readonly heldOut: HeldOut;
  readonly heldOutFiles: DatasetFacts['heldOut'];
  readonly parent: EarlierVersion | null;
  /** Lets in what models wrote that the editor lent. */
  readonly editorModels: boolean;
  readonly concurrency: number;
  readonly progress: ProgressListener;
  /** Asked before anything is written; no leaves the folder as it was. Written unasked without it. */
  readonly confirm?: ConfirmExport;
  readonly signal: AbortSignal;
}

/**
 * Dataset of runs: each program that solved its task is judged again on all its tests, in a run of
 * its own that is never answered from the journal, and becomes a pair only if it passes; then the
 * pairs are curated, split by family, shown to whoever is to confirm, and written. The same journal
 * and settings give the same bytes.
 */
export async function exportRun(options: ExportOptions): Promise<ExportResult> {
  const { journal, runs, signal } = options;
  // A folder that cannot be used is told before anything is judged.
  await filesBefore(options.folder);
  if (options.format.takes === 'answers') return written(options, everyAnswer(options));
  const settings: VerificationSettings = { runs, folder: path.resolve(options.folder) };
  // Names of verification runs hold the time, so that none is ever answered from an earlier one.
  const run = journal.drive({
    id: `${runs.join('+')}/verify/${new Date().toISOString()}`,
    ...{ kind: 'verify', title: `verification of ${runs.join(', ')}`, settings },
    solver: journal.run(runs[0] ?? '').solver,
  });
  try {
    const kinds = options.rows.kinds.filter((kind) => fits(options.format, kind));
    const rows = { ...options.rows, kinds };
    const result = await written(options, await verifiedSelection({ ...options, rows }, run));
    // By this it is told later whether these tasks were ever given out to be trained on.
    run.release(result.written ? 'finished' : 'cancelled');
    return result;
  } catch (error) {
    run.release(signal.aborted ? 'cancelled' : 'failed');
    throw error;
  }
}

async function written(options: ExportOptions, selection: Selection): Promise<ExportResult> {
  const { journal, runs, format, parent, signal, progress } = options;
  const { records, refused } = selection;
  const ranges = runs.map((run) => ({ run, ...journal.rangeOf(run) }));
  const kinds = options.rows.kinds.filter((kind) => fits(format, kind));
  const source = await RowSource.of(
    records,
    { ...options.rows, kinds },
    {
      ...{ countTokens: options.countTokens, signal },
      told: (done) => progress({ done, total: records.length, what: 'making rows' }),
    },
  );
  const comparison = parent && compareVersions(parent.records, records);
  const facts: DatasetFacts = {
    name: `Verified programs of ${runs.join(', ')}`,
    format: format.name,
    version: nextVersion(parent),
    tool: options.version,
    settings: {
      curation: options.curation,
      rows: { ...options.rows, kinds },
      ...{ isolation: options.isolation, editorModels: options.editorModels },
    },
    ranges,
    ...selection,
    census: source.census,
    heldOut: options.heldOutFiles,
    parent: parent && comparison && { version: parent.version, sha256: parent.sha256, comparison },
  };
  const pairs = records.filter(isPair);
  const files = dataFiles(format, source, facts);
  const told = {
    out: options.folder,
    format: format.name,
    version: facts.version,
    records: records.length,
    pairs: pairs.length,
    bySplit: countBySplit(pairs),
    byKind: source.census.byKind,
    byIsolation: countIsolations(
      pairs.map(({ isolation }) => ({
        ...{ status: 'passed', tests: [], output: '', durationMs: 0, isolation },
      })),
    ),
    dropped: droppedBy(refused),
    steps: selection.steps,
    tokens: source.census.lengths,
    ...(comparison ? { comparison } : {}),
    rows: Object.fromEntries(
      files.flatMap(({ file, rows }) => (rows === undefined ? [] : [[file, rows]])),
    ) as Record<string, number>,
  };
  if (options.confirm) {
    const preview = { ...told, examples: examplesOf(files), refused: refused.slice(0, maxRefused) };
    const isWanted = await options.confirm(preview, signal);
    signal.throwIfAborted();
    if (!isWanted) return { ...told, files: [], written: false };
  }
  const done = await writeDataset({
    ...{ folder: options.folder, format, source, facts, signal },
    told: (what, place, total) => progress({ done: place, total, what: `writing ${what}` }),
  });
  return { ...told, files: done.files, written: true };
}

/** Refusals that a preview tells one by one; all are counted. */
const maxRefused = 500;

function fits(format: DatasetFormat, kind: RowKind): boolean {
  return format.shapes.includes(shapeOfKind(kind)) && !(format.without ?? []).includes(kind);
}
