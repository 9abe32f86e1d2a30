import { hashOf } from '../domain/hash';
import type { DatasetRecord } from './pair';

/** What a record is known by, in every version: its task, its programs and what was told of them. */
export function recordId(record: Omit<DatasetRecord, 'id'>): string {
  return hashOf({
    task: record.task.hash,
    answer: record.answer,
    attempts: record.attempts.map(({ program, feedback, explanation }) => ({
      program,
      feedback,
      explanation,
    })),
  });
}
