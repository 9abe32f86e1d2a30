import { kCentre } from '../../similarity/kCentre';
import { shinglesOf } from '../../similarity/shingles';
import { answerOf, isPair, type DatasetRecord, type Refusal } from '../pair';
import { refusalOf } from './refuse';
import type { StepResult } from './settings';

/** More programs of one task than this are not compared with each other: the first ones are. */
const maxCompared = 500;

/**
 * At most `most` verified programs of each task, those that are least alike (k-centre, greedy, from
 * the shortest), and as many records without one. The order of the records stays.
 */
export function perTask<T extends DatasetRecord>(
  records: readonly T[],
  most: number,
): StepResult<T> {
  const chosen = new Set<T>();
  const groups = Map.groupBy(records, (record) => `${record.task.hash} ${String(isPair(record))}`);
  for (const group of groups.values()) {
    for (const record of choose(group.slice(0, maxCompared), most)) chosen.add(record);
  }
  const refused: Refusal[] = [];
  const kept = records.filter((record) => {
    if (chosen.has(record)) return true;
    // What lends only wrong programs was no pair to begin with: its refusal was told before.
    if (isPair(record)) refused.push(refusalOf(record, 'perTask', `more than ${String(most)}`));
    return false;
  });
  return { kept, refused };
}

function choose<T extends DatasetRecord>(group: readonly T[], most: number): readonly T[] {
  if (group.length <= most) return group;
  const text = (record: T): string =>
    isPair(record) ? answerOf(record).program : (record.attempts.at(-1)?.program ?? '');
  const sorted = [...group].sort(
    (a, b) => text(a).length - text(b).length || (a.id < b.id ? -1 : 1),
  );
  const places = kCentre(
    sorted.map((record) => shinglesOf(text(record))),
    most,
  );
  return places.flatMap((place) => sorted[place] ?? []);
}
