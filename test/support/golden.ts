import type { DatasetFile, DatasetFormat } from '../../src/engine/datasets/formats/format';
import type { SplitRecord } from '../../src/engine/datasets/pair';
import { rowKinds, shapeOfKind } from '../../src/engine/datasets/row';
import { RowSource } from '../../src/engine/datasets/rowSource';
import { usualRows } from '../../src/engine/datasets/rows';
import { aTask } from './builders';
import { aRecord, anAttempt, inSplit } from './records';

export const goldenFacts = {
  name: 'Golden',
  version: '1.0.0',
  tool: '0',
  recordedAt: '2026-01-01T00:00:00.000Z',
};

/** A chat pair, a repair from a starter, one that was not solved, and one that a person rejected. */
export const goldenRecords: readonly SplitRecord[] = [
  inSplit(aRecord()),
  inSplit(
    aRecord({
      task: aTask({ entryPoint: 'triple', prompt: 'Write triple(x): x"\n```é' }),
      attempts: [
        anAttempt({ turn: 0, program: 'def triple(x):\n    return x\n' }),
        anAttempt({ turn: 1, program: 'def triple(x):\n    return x + x\n' }),
        anAttempt({
          ...{ turn: 2, program: 'def triple(x):\n    return 3 * x\n', status: 'passed' },
          ...{ passed: 3, passedHidden: true, feedback: '' },
        }),
      ],
      injected: { program: 'def triple(x):\n    return 3 - x\n', operator: 'arithmetic' },
      ...{ answer: 2, decided: 2, decision: 'accepted', group: { samples: 2, solved: 2 } },
    }),
  ),
  inSplit(aRecord({ attempts: [anAttempt({ turn: 1 })], answer: null, decided: 0 }), 'validation'),
  inSplit(
    aRecord({
      task: aTask({ promptKind: 'code', prompt: 'def double(x):\n    """Doubles."""\n' }),
      ...{ sample: 1, decision: 'rejected' },
    }),
    'test',
  ),
];

/** The rows of records as a format would have them. */
export async function sourceFor(
  format: DatasetFormat,
  records: readonly SplitRecord[] = goldenRecords,
): Promise<RowSource> {
  const kinds = rowKinds.filter(
    (kind) => format.shapes.includes(shapeOfKind(kind)) && !(format.without ?? []).includes(kind),
  );
  const countTokens = (text: string): number => Math.ceil(text.length / 4);
  const working = { countTokens, signal: new AbortController().signal, told: () => undefined };
  return RowSource.of(records, { ...usualRows, kinds }, working);
}

/** What a file would hold. */
export function textOf(file: DatasetFile): string {
  const plain = (_: string, value: unknown): unknown => value;
  switch (file.kind) {
    case 'lines':
      return [...file.lines()].join('\n');
    case 'parquet':
      return [...file.table.rows()].map((row) => JSON.stringify(row, plain)).join('\n');
    case 'text':
      return file.text;
  }
}
