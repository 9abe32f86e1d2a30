import { unhurried } from '../../domain/pause';
import type { Syntax } from '../../syntax/parser';
import { isPair, type DatasetRecord, type Refusal, type Split, type SplitRecord } from '../pair';
import { splitOf } from '../split';
import { withoutDuplicates, withoutNearDuplicates } from './duplicates';
import type { HeldOut } from './heldOut';
import { perTask } from './perTask';
import { partition, refusalOf } from './refuse';
import type { CurationSettings, StepReport, StepResult } from './settings';
import { howMany } from '../../domain/howMany';

export interface Curated {
  readonly records: readonly SplitRecord[];
  readonly refused: readonly Refusal[];
  readonly steps: readonly StepReport[];
}

export interface CurateOptions {
  readonly settings: CurationSettings;
  readonly heldOut: HeldOut;
  readonly syntax: Syntax;
  /** Splits of families in the earlier version: they stay. */
  readonly placed: ReadonlyMap<string, Split>;
  readonly signal: AbortSignal;
  readonly progress: (what: string, done: number, total: number) => void;
}

const atATime = 500;

/**
 * From verified records to a selection: filters of licence, source and difficulty, held-out sets,
 * equal and near-equal programs, a bound for each task, and splits by family. Each step is told
 * with its setting and its counts. Pure but for pauses: the same records give the same selection.
 */
export async function curate(
  records: readonly DatasetRecord[],
  options: CurateOptions,
): Promise<Curated> {
  const { settings, heldOut, syntax, signal } = options;
  const refused: Refusal[] = [];
  const steps: StepReport[] = [];
  let left = records;
  const take = async (
    step: string,
    setting: string,
    work: (
      told: (done: number) => void,
    ) => StepResult<DatasetRecord> | Promise<StepResult<DatasetRecord>>,
  ): Promise<void> => {
    signal.throwIfAborted();
    const before = left.filter(isPair).length;
    const total = left.length;
    const result = await work((done) => options.progress(step, done, total));
    left = result.kept;
    refused.push(...result.refused);
    steps.push({ step, setting, before, after: left.filter(isPair).length });
  };
  await take('licences', listed(settings.licences), () => partition(left, badLicence(settings)));
  await take('sources', listed(settings.sources), () => partition(left, badSource(settings)));
  await take('difficulty', settings.difficulty.join(' to '), () =>
    partition(left, badDifficulty(settings)),
  );
  await take('held-out sets', howMany(heldOut.tasks.length, 'task'), (told) =>
    decontaminated(left, heldOut, signal, told),
  );
  await take('duplicates', 'syntax trees', (told) =>
    withoutDuplicates(left, syntax, { signal, told }),
  );
  await take('near duplicates', String(settings.similarity), (told) =>
    withoutNearDuplicates(left, settings.similarity, { signal, told }),
  );
  await take('programs of a task', String(settings.perTask), () => perTask(left, settings.perTask));
  const placed = left.map((record): SplitRecord => ({
    ...record,
    split: splitOf(record.task.family, settings.seed, options.placed),
  }));
  return { records: placed, refused, steps };
}

/**
 * Of earlier records those that every filter of this dataset lets in beside its own: its licences,
 * sources and difficulty, nothing of its held-out sets, no duplicate of what it has already, and no
 * more of a task than it takes. What it has is never given up for them.
 */
export async function fittingBeside<T extends DatasetRecord>(
  own: readonly DatasetRecord[],
  earlier: readonly T[],
  options: Pick<CurateOptions, 'settings' | 'heldOut' | 'syntax' | 'signal'>,
): Promise<StepResult<T>> {
  const { settings, heldOut, syntax, signal } = options;
  const working = { signal, told: () => undefined };
  const refused: Refusal[] = [];
  let left: readonly DatasetRecord[] = earlier;
  const take = (result: StepResult<DatasetRecord>): void => {
    const isOwn = new Set(own);
    left = result.kept.filter((record) => !isOwn.has(record));
    refused.push(...result.refused);
  };
  take(partition(left, badLicence(settings)));
  take(partition(left, badSource(settings)));
  take(partition(left, badDifficulty(settings)));
  take(await decontaminated(left, heldOut, signal, working.told));
  take(await withoutDuplicates([...own, ...left], syntax, working));
  take(await withoutNearDuplicates([...own, ...left], settings.similarity, working));
  const kept = new Set(left);
  return { kept: earlier.filter((record) => kept.has(record)), refused };
}

function listed(names: readonly string[] | null): string {
  return names === null ? 'all' : names.join(', ');
}

function badLicence({ licences }: CurationSettings) {
  return (record: DatasetRecord): Refusal | null => {
    const licence = record.task.source.license ?? 'unknown';
    if (licences === null || licences.includes(licence.toLowerCase())) return null;
    return refusalOf(record, 'licence', licence);
  };
}

function badSource({ sources }: CurationSettings) {
  return (record: DatasetRecord): Refusal | null => {
    const { name } = record.task.source;
    return sources === null || sources.includes(name) ? null : refusalOf(record, 'source', name);
  };
}

function badDifficulty({ difficulty: [least, most] }: CurationSettings) {
  return (record: DatasetRecord): Refusal | null => {
    const { samples, solved } = record.group;
    const share = samples === 0 ? 0 : solved / samples;
    if (share >= least && share <= most) return null;
    return refusalOf(record, 'difficulty', `${String(solved)} of ${String(samples)} solved it`);
  };
}

async function decontaminated(
  records: readonly DatasetRecord[],
  heldOut: HeldOut,
  signal: AbortSignal,
  told: (done: number) => void,
): Promise<StepResult<DatasetRecord>> {
  if (heldOut.tasks.length === 0) return { kept: records, refused: [] };
  const kept: DatasetRecord[] = [];
  const refused: Refusal[] = [];
  for await (const some of unhurried(records, signal, atATime, told)) {
    for (const record of some) {
      const found = heldOut.contamination(record);
      if (found === null) kept.push(record);
      else {
        const detail = `${found.rule}, task ${found.task}: ${found.matched}`;
        refused.push(refusalOf(record, 'contaminated', detail));
      }
    }
  }
  return { kept, refused };
}
