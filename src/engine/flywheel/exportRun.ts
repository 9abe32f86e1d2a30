import { sha256 } from '../domain/hash';
import { randomOf, shuffled } from '../domain/random';
import type { Judge } from '../domain/ports';
import { countIsolations, type ExportIsolation } from '../domain/verdict';
import { curate } from '../datasets/curation/curate';
import type { HeldOut } from '../datasets/curation/heldOut';
import type { CurationSettings, StepReport } from '../datasets/curation/settings';
import type { DatasetFormat } from '../datasets/formats/format';
import { countBySplit, droppedBy, type DatasetFacts } from '../datasets/manifest';
import { answerOf, isPair, type Refusal, type SplitRecord } from '../datasets/pair';
import { shapeOfKind, type RowKind } from '../datasets/row';
import { RowSource } from '../datasets/rowSource';
import type { RowSettings } from '../datasets/rows';
import { compareVersions, nextVersion, type EarlierVersion } from '../datasets/version';
import { writeDataset } from '../datasets/writeDataset';
import type { MachineJudge } from '../judge/machineJudge';
import type { Journal } from '../journal/journal';
import type { RunJournal } from '../journal/runJournal';
import type { Syntax } from '../syntax/parser';
import { collectRecords } from './exportRecords';
import { verifyRecords, type VerifyOptions } from './exportVerify';
import type { ExportResult, ProgressListener } from './workbench';

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
  readonly signal: AbortSignal;
}

interface Selection {
  readonly records: readonly SplitRecord[];
  readonly refused: readonly Refusal[];
  readonly steps: readonly StepReport[];
}

/**
 * Dataset of runs: each program that solved its task is judged again on all its tests, in a run of
 * its own that is never answered from the journal, and becomes a pair only if it passes; then the
 * pairs are curated, split by family and written. The same journal and settings give the same bytes.
 */
export async function exportRun(options: ExportOptions): Promise<ExportResult> {
  const { journal, runs, format, parent, signal, progress } = options;
  const selection =
    format.takes === 'answers' ? everyAnswer(options) : await verifiedSelection(options);
  const { records } = selection;
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
  const written = await writeDataset({
    ...{ folder: options.folder, format, source, facts, signal },
    told: (what, done, total) => progress({ done, total, what: `writing ${what}` }),
  });
  const pairs = records.filter(isPair);
  return {
    out: options.folder,
    format: format.name,
    version: facts.version,
    records: records.length,
    pairs: pairs.length,
    bySplit: countBySplit(records.filter(isPair)),
    byKind: source.census.byKind,
    byIsolation: countIsolations(
      pairs.map(({ isolation }) => ({
        ...{ status: 'passed', tests: [], output: '', durationMs: 0, isolation },
      })),
    ),
    dropped: droppedBy(selection.refused),
    steps: selection.steps,
    tokens: source.census.lengths,
    ...(comparison ? { comparison } : {}),
    ...written,
  };
}

function fits(format: DatasetFormat, kind: RowKind): boolean {
  return format.shapes.includes(shapeOfKind(kind)) && !(format.without ?? []).includes(kind);
}

/** For harnesses that score answers themselves: nothing is left out and nothing judged. */
function everyAnswer({ journal, runs, heldOut, editorModels }: ExportOptions): Selection {
  const all = runs.flatMap(
    (run) => collectRecords(journal, [run], { heldOut, editorModels, every: true }).collected,
  );
  return {
    records: all.map(({ record }) => ({ ...record, split: 'test' })),
    ...{ refused: [], steps: [] },
  };
}

async function verifiedSelection(options: ExportOptions): Promise<Selection> {
  const { journal, runs, curation, heldOut, signal, parent } = options;
  const tell = (what: string, done: number, total: number): void =>
    options.progress({ what, done, total });
  const found = collectRecords(journal, runs, {
    ...{ heldOut, editorModels: options.editorModels, every: false },
  });
  // Names of verification runs hold the time, so that none is ever answered from an earlier one.
  const title = runs.join(', ');
  const run = journal.drive({
    id: `${runs.join('+')}/verify/${new Date().toISOString()}`,
    ...{ kind: 'verify', title: `verification of ${title}`, settings: { runs } },
    solver: journal.run(runs[0] ?? '').solver,
  });
  try {
    const verifying = {
      ...{ judge: options.judge, run, isolation: options.isolation, seed: curation.seed },
      ...{ concurrency: options.concurrency, progress: tell, signal },
    };
    const verified = await verifyRecords(found.collected, { ...verifying, firstKey: 0 });
    const curated = await curate(verified.records, {
      ...{ settings: curation, heldOut, syntax: options.syntax, signal, progress: tell },
      placed: parent?.families ?? new Map(),
    });
    const replayed = await replay(curated.records, options, run, {
      ...{ ...verifying, firstKey: found.collected.length },
    });
    run.release('finished');
    return {
      records: [...curated.records, ...replayed],
      refused: [...found.refused, ...verified.refused, ...curated.refused],
      steps: parent
        ? [...curated.steps, replayStep(curated.records, replayed, curation)]
        : curated.steps,
    };
  } catch (error) {
    run.release(signal.aborted ? 'cancelled' : 'failed');
    throw error;
  }
}

/**
 * Training pairs of the earlier version that are not in this one, drawn by the seed, so many that
 * they are the share asked for; each is verified again as a new one is.
 */
async function replay(
  records: readonly SplitRecord[],
  { parent, curation, heldOut }: ExportOptions,
  run: RunJournal,
  verifying: VerifyOptions,
): Promise<SplitRecord[]> {
  if (parent === null || curation.replayShare <= 0) return [];
  const isNew = new Set(records.filter(isPair).map(programKey));
  const train = records.filter((record) => isPair(record) && record.split === 'train').length;
  const share = Math.min(curation.replayShare, mostReplay);
  const wanted = Math.round((share / (1 - share)) * train);
  const earlier = parent.records.filter(
    (record) => isPair(record) && record.split === 'train' && !heldOut.holds(record.task),
  );
  const candidates = earlier.filter((record) => isPair(record) && !isNew.has(programKey(record)));
  const drawn = shuffled(candidates, randomOf(curation.seed, 'replay'));
  const kept: SplitRecord[] = [];
  for (let from = 0; from < drawn.length && kept.length < wanted; from += wanted) {
    const some = drawn.slice(from, from + wanted - kept.length);
    const verified = await verifyRecords(
      some.map((record) => ({ record: { ...record, answer: null }, candidate: record.answer })),
      { ...verifying, run, firstKey: verifying.firstKey + from },
    );
    kept.push(
      ...verified.records.map((record): SplitRecord => ({
        ...record,
        ...{ split: 'train', isReplay: true },
      })),
    );
  }
  return kept;
}

/** More would be the earlier dataset with something new in it. */
const mostReplay = 0.5;

function programKey(record: SplitRecord): string {
  return isPair(record) ? `${record.task.hash} ${sha256(answerOf(record).program)}` : '';
}

function replayStep(
  records: readonly SplitRecord[],
  replayed: readonly SplitRecord[],
  { replayShare }: CurationSettings,
): StepReport {
  const before = records.filter(isPair).length;
  return {
    ...{ step: 'replay', setting: String(replayShare), before },
    after: before + replayed.length,
  };
}
