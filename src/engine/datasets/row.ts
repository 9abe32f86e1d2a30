import type { Split } from './pair';

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Each is made from records by a rule of its own (`rows.ts`). */
export const rowKinds = [
  'solution',
  'repair',
  'explained',
  'dialogue',
  'preference',
  'injected',
  'unpaired',
  'decision',
  'rise',
  'group',
] as const;
export type RowKind = (typeof rowKinds)[number];

/** What a trainer needs to read a row: one file, one schema, one shape. */
export const shapes = ['completion', 'preference', 'labelled', 'weighted', 'group'] as const;
export type Shape = (typeof shapes)[number];

export function shapeOfKind(kind: RowKind): Shape {
  switch (kind) {
    case 'solution':
    case 'repair':
    case 'explained':
    case 'dialogue':
      return 'completion';
    case 'preference':
    case 'injected':
      return 'preference';
    case 'unpaired':
    case 'decision':
      return 'labelled';
    case 'rise':
      return 'weighted';
    case 'group':
      return 'group';
  }
}

interface RowBase {
  readonly kind: RowKind;
  readonly split: Split;
  /** Ends with the user. Loss falls on what follows it and on nothing in it. */
  readonly prompt: readonly Message[];
  /** Flat strings that name things, the same keys in every row. */
  readonly names: RowNames;
}

export interface RowNames {
  readonly task_id: string;
  readonly task_hash: string;
  readonly family: string;
  readonly language: string;
  readonly license: string;
  readonly solver: string;
  readonly kind: RowKind;
}

export type CompletionRow = RowBase & { readonly shape: 'completion'; readonly completion: string };
export type PreferenceRow = RowBase & {
  readonly shape: 'preference';
  readonly chosen: string;
  readonly rejected: string;
};
export type LabelledRow = RowBase & {
  readonly shape: 'labelled';
  readonly completion: string;
  readonly label: boolean;
};
/** RISE: the loss of a row counts `weight` times, exp(reward / τ). */
export type WeightedRow = RowBase & {
  readonly shape: 'weighted';
  readonly completion: string;
  readonly reward: number;
  readonly weight: number;
};
/** For sampling with a reward that runs the tests. `solved`: share of the samples so far. */
export type GroupRow = RowBase & {
  readonly shape: 'group';
  readonly entryPoint: string;
  /** JSON of the tests, which the reward runs; none of them stands in the prompt unless visible. */
  readonly tests: string;
  readonly support: string;
  readonly timeoutSeconds: number;
  readonly samples: number;
  readonly solved: number;
};

export type Row = CompletionRow | PreferenceRow | LabelledRow | WeightedRow | GroupRow;
export type RowOf<S extends Shape> = Extract<Row, { readonly shape: S }>;
