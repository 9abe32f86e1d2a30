import type { Attempt, DatasetRecord, Split, SplitRecord } from '../../src/engine/datasets/pair';
import { recordId } from '../../src/engine/datasets/recordId';
import { aTask } from './builders';

export function anAttempt(parts: Partial<Attempt> = {}): Attempt {
  return {
    turn: 1,
    program: 'def double(x):\n    return x + 1\n',
    status: 'failed',
    passed: 1,
    of: 3,
    passedHidden: null,
    feedback: 'First failing test: v2\nExpected: 4\nGot: 3',
    isNearLimit: false,
    ...parts,
  };
}

export const rightProgram = 'def double(x):\n    return x * 2\n';

/** A pair of two turns: wrong, then right; parts can be replaced. */
export function aRecord(parts: Partial<Omit<DatasetRecord, 'id'>> = {}): DatasetRecord {
  const { starter: _, ...task } = aTask();
  const body = {
    task,
    run: 'r',
    sample: 0,
    attempts: [
      anAttempt({ explanation: 'It adds one.' }),
      anAttempt({
        ...{ turn: 2, program: rightProgram, status: 'passed', passed: 3 },
        ...{ passedHidden: true, feedback: '' },
      }),
    ],
    answer: 1,
    isolation: 'separate',
    solver: 'chat@1',
    models: ['qwen@localhost'],
    stop: 'solved',
    candidates: 2,
    decision: null,
    decided: 1,
    group: { samples: 4, solved: 2 },
    isReplay: false,
    ...parts,
  } as const;
  return { id: recordId(body), ...body };
}

export function inSplit(record: DatasetRecord, split: Split = 'train'): SplitRecord {
  return { ...record, split };
}
