import { randomOf, shuffled } from '../domain/random';
import { sha256 } from '../domain/hash';
import { curate, fittingBeside } from '../datasets/curation/curate';
import type { CurationSettings, StepReport } from '../datasets/curation/settings';
import { answerOf, isPair, type Refusal, type SplitRecord } from '../datasets/pair';
import { isEditorModel } from '../datasets/termsOfUse';
import type { RunJournal } from '../journal/runJournal';
import { withInjectedFaults } from './exportFaults';
import { collectRecords } from './exportRecords';
import type { ExportOptions } from './exportRun';
import { verifyRecords, type VerifyOptions } from './exportVerify';

/** What goes into a dataset, and what does not. */
export interface Selection {
  readonly records: readonly SplitRecord[];
  readonly refused: readonly Refusal[];
  readonly steps: readonly StepReport[];
}

/** For harnesses that score answers themselves: nothing is left out and nothing judged. */
export function everyAnswer({ journal, runs, heldOut, editorModels }: ExportOptions): Selection {
  const all = runs.flatMap(
    (run) => collectRecords(journal, [run], { heldOut, editorModels, every: true }).collected,
  );
  return {
    records: all.map(({ record }) => ({ ...record, split: 'test' })),
    ...{ refused: [], steps: [] },
  };
}

/** What passes again in the run of the verification, curated, with replay of the earlier version. */
export async function verifiedSelection(
  options: ExportOptions,
  run: RunJournal,
): Promise<Selection> {
  const { journal, runs, curation, heldOut, signal, parent } = options;
  const tell = (what: string, done: number, total: number): void =>
    options.progress({ what, done, total });
  const found = collectRecords(journal, runs, {
    ...{ heldOut, editorModels: options.editorModels, every: false },
  });
  const verifying = {
    ...{ judge: options.judge, run, isolation: options.isolation, seed: curation.seed },
    ...{ concurrency: options.concurrency, progress: tell, signal },
  };
  const verified = await verifyRecords(found.collected, { ...verifying, firstKey: 0 });
  const curated = await curate(verified.records, {
    ...{ settings: curation, heldOut, syntax: options.syntax, signal, progress: tell },
    placed: parent?.families ?? new Map(),
  });
  const replayed = await replay(curated.records, options, {
    ...{ ...verifying, firstKey: found.collected.length },
  });
  const selected = [...curated.records, ...replayed.records];
  const records = options.rows.kinds.includes('injected')
    ? await withInjectedFaults(
        selected,
        { ...verifying, syntax: options.syntax, firstKey: 0 },
        options.rows,
      )
    : selected;
  return {
    records,
    refused: [...found.refused, ...verified.refused, ...curated.refused, ...replayed.refused],
    steps: parent
      ? [...curated.steps, replayStep(curated.records, records, curation)]
      : curated.steps,
  };
}

/**
 * Training pairs of the earlier version that are not in this one, drawn by the seed, so many that
 * they are the share asked for; each passes the same filters and is verified again as a new one is.
 */
async function replay(
  records: readonly SplitRecord[],
  options: ExportOptions,
  verifying: VerifyOptions,
): Promise<Pick<Selection, 'records' | 'refused'>> {
  const { parent, curation, heldOut, editorModels, signal, syntax } = options;
  if (parent === null || curation.replayShare <= 0) return { records: [], refused: [] };
  const pairs = records.filter(isPair);
  const isNew = new Set(pairs.map(programKey));
  const train = pairs.filter(({ split }) => split === 'train').length;
  const share = Math.min(curation.replayShare, mostReplay);
  const wanted = Math.round((share / (1 - share)) * train);
  const earlier = parent.records.flatMap((record) =>
    isPair(record) &&
    record.split === 'train' &&
    !heldOut.holds(record.task) &&
    (editorModels || !record.models.some(isEditorModel)) &&
    !isNew.has(programKey(record))
      ? [{ ...record, isReplay: true }]
      : [],
  );
  const drawn = shuffled(earlier, randomOf(curation.seed, 'replay'));
  const fitting = await fittingBeside(records, drawn, {
    ...{ settings: curation, heldOut, syntax, signal },
  });
  const left = new Room(pairs, curation.perTask);
  const kept: SplitRecord[] = [];
  const refused = [...fitting.refused];
  for (let from = 0; from < fitting.kept.length && kept.length < wanted;) {
    const some = left.take(fitting.kept, from, wanted - kept.length);
    from = some.next;
    const verified = await verifyRecords(
      some.records.map((record) => ({
        record: { ...record, answer: null },
        candidate: record.answer,
      })),
      { ...verifying, firstKey: verifying.firstKey + from },
    );
    refused.push(...verified.refused);
    const split = { split: 'train', isReplay: true } as const;
    kept.push(...verified.records.map((record): SplitRecord => ({ ...record, ...split })));
  }
  return { records: kept, refused };
}

/** How many more programs of each task a dataset takes. */
class Room {
  private readonly taken = new Map<string, number>();

  constructor(
    pairs: readonly SplitRecord[],
    private readonly perTask: number,
  ) {
    for (const { task } of pairs) this.count(task.hash);
  }

  /** The next records, at most so many, of tasks that have room for them. */
  take(records: readonly SplitRecord[], from: number, most: number) {
    const some: SplitRecord[] = [];
    let next = from;
    for (; next < records.length && some.length < most; next++) {
      const record = records[next];
      if (!record || (this.taken.get(record.task.hash) ?? 0) >= this.perTask) continue;
      this.count(record.task.hash);
      some.push(record);
    }
    return { records: some, next };
  }

  private count(task: string): void {
    this.taken.set(task, (this.taken.get(task) ?? 0) + 1);
  }
}

/** More would be the earlier dataset with something new in it. */
const mostReplay = 0.5;

function programKey(record: SplitRecord): string {
  return isPair(record) ? `${record.task.hash} ${sha256(answerOf(record).program)}` : '';
}

function replayStep(
  before: readonly SplitRecord[],
  after: readonly SplitRecord[],
  { replayShare }: CurationSettings,
): StepReport {
  const [pairs, all] = [before, after].map((records) => records.filter(isPair).length);
  return { step: 'replay', setting: String(replayShare), before: pairs ?? 0, after: all ?? 0 };
}
