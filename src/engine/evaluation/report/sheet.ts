/** A report before it has a form: sections of tables, some with a chart. All forms come from it. */
export interface Sheet {
  readonly title: string;
  readonly subtitle: string;
  readonly warnings: readonly string[];
  readonly sections: readonly Section[];
  /** What it comes to, in plain words. */
  readonly closing: string;
}

export interface Section {
  /** Name of the table in CSV. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly Cell[])[];
  readonly notes?: readonly string[];
  readonly chart?: Chart;
}

export interface Cell {
  readonly text: string;
  /** The number behind the text, and its 95 % interval. */
  readonly value?: number | null;
  readonly interval?: readonly [number, number] | null;
}

export type Chart = LinesChart | BarsChart | IntervalsChart;

/** Shares over something; each series may have a band. */
export interface LinesChart {
  readonly kind: 'lines';
  readonly label: string;
  readonly x: string;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly {
      readonly x: number;
      readonly y: number;
      readonly interval?: readonly [number, number] | null;
    }[];
  }[];
}

export interface BarsChart {
  readonly kind: 'bars';
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly count: number }[];
}

/** Differences or shares with their intervals, one below the other. */
export interface IntervalsChart {
  readonly kind: 'intervals';
  readonly label: string;
  readonly rows: readonly {
    readonly name: string;
    readonly value: number;
    readonly interval: readonly [number, number];
  }[];
}
