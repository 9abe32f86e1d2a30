import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors';
import { splits } from '../datasets/pair';
import { compareVersions, datasetFormat, readVersion } from '../datasets/version';
import type { Journal } from '../journal/journal';
import type { VerificationSettings } from './trainedOn';
import type { DatasetComparison, DatasetSummary } from './workbench';

const maxDatasets = 1000;
/** Families named of those that moved between splits. */
const maxNamed = 100;

const counts = z.record(z.string(), z.number());
const manifestSchema = z.looseObject({
  format: z.literal(datasetFormat),
  name: z.string(),
  version: z.string(),
  writtenAs: z.string(),
  parent: z.looseObject({ version: z.string() }).nullable(),
  journal: z.array(z.looseObject({ run: z.string() })),
  counts: z.looseObject({
    pairs: z.number(),
    bySplit: z.record(z.enum(splits), z.number()),
    dropped: counts,
  }),
  files: z.array(z.looseObject({ file: z.string(), rows: z.number().optional() })),
});

/**
 * Datasets that can be found from here, newest first: in `datasets/` beside the journal and of the
 * workspace it belongs to, and where runs of the journal were exported to.
 */
export async function listDatasets(
  journalFile: string,
  journal: Journal | null,
): Promise<DatasetSummary[]> {
  const found = await Promise.all(
    (await datasetFolders(journalFile, journal)).slice(0, maxDatasets).map(datasetAt),
  );
  return found
    .filter((dataset) => dataset !== null)
    .sort((a, b) => b.writtenAt - a.writtenAt || (a.folder < b.folder ? -1 : 1));
}

/** Folders that hold or held a dataset, absolute. */
export async function datasetFolders(
  journalFile: string,
  journal: Journal | null,
): Promise<string[]> {
  const runs = journal?.runs() ?? [];
  const exported = runs.flatMap(({ facts, settings, kind }) => [
    ...(facts.dataset === undefined ? [] : [facts.dataset]),
    ...(kind === 'verify' ? [(settings as Partial<VerificationSettings>).folder ?? []].flat() : []),
  ]);
  const all = [...(await besides(journalFile)), ...exported];
  return [...new Set(all.map((one) => path.resolve(one)))];
}

async function besides(journalFile: string): Promise<string[]> {
  const own = path.dirname(path.resolve(journalFile));
  const places = path.basename(own) === '.flywheel' ? [own, path.dirname(own)] : [own];
  const found: string[] = [];
  for (const folder of places.map((one) => path.join(one, 'datasets'))) {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const manifests = names.filter((name) => path.basename(name) === 'manifest.json');
    found.push(...manifests.map((name) => path.dirname(path.join(folder, name))));
  }
  return found;
}

/** Null where there is none that this version reads. */
async function datasetAt(folder: string): Promise<DatasetSummary | null> {
  const file = path.join(folder, 'manifest.json');
  try {
    const { mtimeMs } = await stat(file);
    const told = manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const files = told.files.flatMap(({ file: name, rows }) =>
      rows === undefined ? [] : [{ file: name, rows }],
    );
    return {
      ...{ folder, files, writtenAt: mtimeMs, version: told.version, format: told.writtenAs },
      name: told.name,
      runs: told.journal.map(({ run }) => run),
      parent: told.parent?.version ?? null,
      pairs: told.counts.pairs,
      bySplit: told.counts.bySplit,
      dropped: told.counts.dropped,
    };
  } catch {
    return null;
  }
}

/** What differs between two datasets, by record: added, removed, and moved to another split. */
export async function compareDatasets(before: string, after: string): Promise<DatasetComparison> {
  if (path.resolve(before) === path.resolve(after)) {
    throw new UserError({ code: 'badUsage', message: `${before} is compared with itself` });
  }
  const [one, other] = [await readVersion(before), await readVersion(after)];
  const moved = [...other.families].flatMap(([family, to]) => {
    const from = one.families.get(family);
    return from === undefined || from === to ? [] : [{ family, from, to }];
  });
  return {
    ...{ before, after, versions: [one.version, other.version] },
    ...compareVersions(one.records, other.records),
    families: moved.slice(0, maxNamed),
  };
}
