import type { Message, Row, RowOf, Shape } from './row';

interface TrlShape<S extends Shape> {
  /** Where its files lie in a dataset. */
  readonly folder: string;
  /** What stands beside the prompt and the names. */
  readonly columnsOf: (row: RowOf<S>) => Readonly<Record<string, unknown>>;
}

/** The columns that TRL reads (https://huggingface.co/docs/trl/dataset_formats), by shape. */
export const trlShapes: { readonly [S in Shape]: TrlShape<S> } = {
  completion: {
    folder: 'prompt-completion',
    columnsOf: (row) => ({ completion: assistant(row.completion) }),
  },
  preference: {
    folder: 'preference',
    columnsOf: (row) => ({ chosen: assistant(row.chosen), rejected: assistant(row.rejected) }),
  },
  labelled: {
    folder: 'unpaired',
    columnsOf: (row) => ({ completion: assistant(row.completion), label: row.label }),
  },
  weighted: {
    folder: 'weighted',
    columnsOf: ({ completion, reward, weight }) => ({
      ...{ completion: assistant(completion), reward, weight },
    }),
  },
  group: {
    folder: 'prompts',
    columnsOf: (row) => ({
      tests: row.tests,
      support: row.support,
      entry_point: row.entryPoint,
      timeout_seconds: row.timeoutSeconds,
      solved: row.solved,
    }),
  },
};

/** A whole row: its prompt, the columns of its shape, and the names of what it came from. */
export function trlRow(row: Row): Readonly<Record<string, unknown>> {
  // A row is read by the entry of its own shape.
  const { columnsOf } = trlShapes[row.shape] as TrlShape<Shape>;
  return { prompt: row.prompt, ...columnsOf(row), ...row.names };
}

/** An answer as the list of messages that most trainers want. */
export function assistant(content: string): readonly (Message & { role: 'assistant' })[] {
  return [{ role: 'assistant', content }];
}
