import type { DatasetRecord, Refusal, RefusalReason } from '../pair';
import type { StepResult } from './settings';

export function refusalOf(record: DatasetRecord, reason: RefusalReason, detail?: string): Refusal {
  return {
    reason,
    run: record.run,
    task: record.task.id,
    sample: record.sample,
    record: record.id,
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Parts the records by what `why` says of each: null keeps it. */
export function partition<T extends DatasetRecord>(
  records: readonly T[],
  why: (record: T) => Refusal | null,
): StepResult<T> {
  const kept: T[] = [];
  const refused: Refusal[] = [];
  for (const record of records) {
    const refusal = why(record);
    if (refusal === null) kept.push(record);
    else refused.push(refusal);
  }
  return { kept, refused };
}
