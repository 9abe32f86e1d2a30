import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { splits } from '../datasets/pair';
import { datasetFormat } from '../datasets/version';
import { isAboutProgram, type Verdict } from '../domain/verdict';
import type { Trained } from '../evaluation/heldOut';
import type { Journal } from '../journal/journal';
import { datasetFolders } from './datasetLibrary';

const maxDatasets = 1000;

const split = z.enum(splits);
const manifestSchema = z.looseObject({
  format: z.literal(datasetFormat),
  families: z.record(z.string(), split),
  /** By hash; manifests of earlier versions tell families only. */
  tasks: z.record(z.string(), split).default({}),
});

/** Settings of the verification that every export leaves in the journal. */
export interface VerificationSettings {
  readonly runs: readonly string[];
  /** Where the dataset was written. */
  readonly folder?: string;
}

/**
 * What was exported for training before a time: by the manifests in `datasets/` of the workspace,
 * of the journal and of runs, and by the verifications in the journal, wherever their dataset went.
 * The `test` split of a dataset is not trained on, and counts nowhere.
 */
export async function trainedBefore(journal: Journal, before: number): Promise<Trained[]> {
  const runs = journal.runs();
  // An export that was cancelled or declined wrote nothing.
  const verifications = runs.filter(({ kind, state }) => kind === 'verify' && state === 'finished');
  const folderOf = (settings: unknown): string | undefined =>
    (settings as Partial<VerificationSettings>).folder;
  const folders = await datasetFolders(journal.file, journal);
  const trained: Trained[] = [];
  const told = new Set<string>();
  for (const folder of folders.slice(0, maxDatasets)) {
    const manifest = await readManifest(folder);
    if (!manifest) continue;
    // The manifest tells of the last export into its folder; earlier ones are told by the journal.
    const last = verifications
      .filter(({ settings }) => path.resolve(folderOf(settings) ?? '') === folder)
      .sort((a, b) => a.startedAt - b.startedAt)
      .at(-1);
    if (last) told.add(last.id);
    if ((last?.startedAt ?? manifest.writtenAt) >= before) continue;
    const dataset = path.relative(process.cwd(), folder) || folder;
    trained.push({
      dataset,
      tasks: trainedKeys(manifest.tasks),
      families: trainedKeys(manifest.families),
    });
  }
  for (const { id, startedAt, title } of verifications) {
    if (startedAt >= before || told.has(id)) continue;
    const passed = journal
      .effects(id, ['verify'])
      .filter(
        ({ value }) => isAboutProgram(value as Verdict) && (value as Verdict).status === 'passed',
      );
    if (passed.length === 0) continue;
    const tasks = new Set(passed.map(({ task }) => task));
    const families = new Set([...tasks].flatMap((hash) => journal.task(hash)?.family ?? []));
    trained.push({ dataset: title.replace('verification', 'export'), tasks, families });
  }
  return trained;
}

function trainedKeys(placed: Readonly<Record<string, (typeof splits)[number]>>): Set<string> {
  return new Set(Object.entries(placed).flatMap(([key, place]) => (place === 'test' ? [] : [key])));
}

async function readManifest(folder: string) {
  const file = path.join(folder, 'manifest.json');
  try {
    const { mtimeMs } = await stat(file);
    const parsed = manifestSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? { ...parsed.data, writtenAt: mtimeMs } : null;
  } catch {
    return null;
  }
}
