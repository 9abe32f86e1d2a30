import type { Refusal } from '../../engine/datasets/pair';
import type { DatasetSummary } from '../../engine/flywheel/workbench';

/** A node of the Datasets tree. The fields are also the target that its commands read. */
export type DatasetNode =
  | { readonly kind: 'dataset'; readonly folder: string; readonly dataset: DatasetSummary }
  | { readonly kind: 'card'; readonly folder: string }
  | { readonly kind: 'file'; readonly folder: string; readonly file: string; readonly rows: number }
  | { readonly kind: 'refused'; readonly folder: string; readonly dataset: DatasetSummary }
  | {
      readonly kind: 'reason';
      readonly folder: string;
      readonly reason: string;
      readonly count: number;
    }
  | {
      readonly kind: 'refusal';
      readonly folder: string;
      readonly place: number;
      readonly refusal: Refusal;
    }
  | {
      readonly kind: 'more';
      readonly folder: string;
      readonly reason: string;
      readonly left: number;
    };

/** Refusals of a reason that the tree names; the file has all. */
export const maxRefusalsShown = 200;

/** What stands below a dataset: its card, its files of rows, and what was left out of it. */
export function partsOf(dataset: DatasetSummary): DatasetNode[] {
  const { folder, files } = dataset;
  return [
    { kind: 'card', folder },
    ...files.map(({ file, rows }): DatasetNode => ({ kind: 'file', folder, file, rows })),
    ...(refusedCount(dataset) > 0 ? [{ kind: 'refused', folder, dataset } as const] : []),
  ];
}

/** Reasons for which something was left out, most first. */
export function reasonsOf({ folder, dropped }: DatasetSummary): DatasetNode[] {
  return Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .sort(([a, most], [b, fewer]) => fewer - most || (a < b ? -1 : 1))
    .map(([reason, count]) => ({ kind: 'reason', folder, reason, count }));
}

export function refusedCount({ dropped }: DatasetSummary): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

/** What a command of the Datasets tree is meant for: a node, or nothing. */
export function datasetTarget(argument: unknown): {
  folder?: string;
  file?: string;
  reason?: string;
} {
  if (typeof argument !== 'object' || argument === null) return {};
  const { folder, file, reason } = argument as Readonly<Record<string, unknown>>;
  return {
    ...(typeof folder === 'string' ? { folder } : {}),
    ...(typeof file === 'string' ? { file } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}
