import { unhurried } from '../domain/pause';
import { splits, type Split, type SplitRecord } from './pair';
import { shapeOfKind, shapes, type Row, type RowKind, type RowOf, type Shape } from './row';
import { rowsOf, type RowSettings } from './rows';

/** Token lengths of rows, prompt and answer together, and how many a trainer would cut. */
export interface LengthReport {
  readonly rows: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  /** By limit in tokens: rows longer than it, which most trainers cut without a word. */
  readonly over: Readonly<Record<string, number>>;
}

/** Usual limits: TRL's own default, then those that recipes name. */
const limits = [1024, 2048, 4096, 8192];

export interface Census {
  readonly byShape: Readonly<Record<Shape, Readonly<Record<Split, number>>>>;
  readonly byKind: Readonly<Partial<Record<RowKind, number>>>;
  readonly lengths: Readonly<Partial<Record<Shape, LengthReport>>>;
}

/** The rows of a dataset, made anew each time they are read, so that they are never all in memory. */
export class RowSource {
  private constructor(
    readonly records: readonly SplitRecord[],
    readonly settings: RowSettings,
    readonly census: Census,
  ) {}

  static async of(
    records: readonly SplitRecord[],
    settings: RowSettings,
    working: {
      readonly countTokens: (text: string) => number;
      readonly signal: AbortSignal;
      readonly told: (done: number) => void;
    },
  ): Promise<RowSource> {
    const byShape = Object.fromEntries(
      shapes.map((shape) => [shape, { train: 0, validation: 0, test: 0 }]),
    ) as Record<Shape, Record<Split, number>>;
    const byKind: Partial<Record<RowKind, number>> = {};
    const tokens = new Map<Shape, number[]>();
    const known = new Map<string, number>();
    const count = (text: string): number => {
      const before = known.get(text);
      if (before !== undefined) return before;
      if (known.size >= maxKnown) known.clear();
      const counted = working.countTokens(text);
      known.set(text, counted);
      return counted;
    };
    const seen = new Set<string>();
    for await (const some of unhurried(records, working.signal, atATime, working.told)) {
      for (const row of some.flatMap((record) => [...onceEach(rowsOf(record, settings), seen)])) {
        byShape[row.shape][row.split]++;
        byKind[row.kind] = (byKind[row.kind] ?? 0) + 1;
        const texts = [...row.prompt.map(({ content }) => content), longestAnswer(row)];
        const length = texts.reduce((sum, text) => sum + count(text) + tokensOfTemplate, 0);
        const lengths = tokens.get(row.shape) ?? [];
        if (lengths.length === 0) tokens.set(row.shape, lengths);
        lengths.push(length);
      }
      known.clear();
    }
    const lengths = Object.fromEntries([...tokens].map(([shape, all]) => [shape, reportOf(all)]));
    return new RowSource(records, settings, { byShape, byKind, lengths });
  }

  count(shape: Shape, split?: Split): number {
    const counts = this.census.byShape[shape];
    return split === undefined ? splits.reduce((sum, one) => sum + counts[one], 0) : counts[split];
  }

  *rows<S extends Shape>(shape: S, split: Split): Generator<RowOf<S>> {
    const seen = new Set<string>();
    const kinds = this.settings.kinds.filter((kind) => shapeOfKind(kind) === shape);
    const settings = { ...this.settings, kinds };
    for (const record of this.records) {
      if (record.split !== split) continue;
      for (const row of onceEach(rowsOf(record, settings), seen)) {
        if (isOf(row, shape)) yield row;
      }
    }
  }
}

const atATime = 200;
const maxKnown = 5000;
/** What a chat template puts around a message, about. */
const tokensOfTemplate = 4;

/**
 * A group stands for its task and a label for its program: of several records each is told once, and
 * a program is never told right and wrong.
 */
function* onceEach(rows: readonly Row[], seen: Set<string>): Generator<Row> {
  for (const row of rows) {
    const key =
      row.shape === 'group'
        ? `group ${row.names.task_hash}`
        : row.shape === 'labelled'
          ? `${row.names.task_hash} ${row.completion}`
          : null;
    if (key !== null && seen.has(key)) continue;
    if (key !== null) seen.add(key);
    yield row;
  }
}

function isOf<S extends Shape>(row: Row, shape: S): row is RowOf<S> {
  return row.shape === shape;
}

function longestAnswer(row: Row): string {
  switch (row.shape) {
    case 'completion':
    case 'labelled':
    case 'weighted':
      return row.completion;
    case 'preference':
      return row.chosen.length > row.rejected.length ? row.chosen : row.rejected;
    case 'group':
      return '';
  }
}

function reportOf(lengths: number[]): LengthReport {
  const sorted = Uint32Array.from(lengths).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    rows: sorted.length,
    median: at(0.5),
    p95: at(0.95),
    longest: at(1),
    over: Object.fromEntries(
      limits.map((limit) => [String(limit), sorted.filter((length) => length > limit).length]),
    ),
  };
}
