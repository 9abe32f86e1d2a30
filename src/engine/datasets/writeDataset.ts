import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';
import { sha256 } from '../domain/hash';
import { writeProblem, writeWhole } from '../files/atomicWrite';
import { dataCard } from './card';
import { trlFiles } from './formats/trl';
import type { Pair } from './pair';

/** Of `manifest.json`, by which a folder is known as a dataset. */
const datasetFormat = 'flywheel-dataset-1';

export interface DatasetWritten {
  readonly files: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}

/** Writes rows, manifest and card of a dataset; each file whole or not at all, the card last. */
export async function writeDataset(options: {
  readonly folder: string;
  readonly name: string;
  readonly pairs: readonly Pair[];
  readonly dropped: Readonly<Record<string, number>>;
  readonly version: string;
  readonly run: string;
}): Promise<DatasetWritten> {
  const { folder, pairs } = options;
  await refuseForeign(folder);
  const files = trlFiles(pairs);
  const written: string[] = [];
  const write = async (file: string, text: string): Promise<void> => {
    await writeWhole(path.join(folder, file), text);
    written.push(file);
  };
  const texts = files.map(({ file, rows }) => ({
    file,
    rows: rows.length,
    text: rows.map((row) => `${row}\n`).join(''),
  }));
  for (const { file, text } of texts) await write(file, text);
  const manifest = {
    format: datasetFormat,
    name: options.name,
    run: options.run,
    version: options.version,
    files: texts.map(({ file, rows, text }) => ({ file, rows, sha256: sha256(text) })),
    dropped: options.dropped,
    pairs: pairs.map(({ task, program, failing, split, evidence }) => ({
      task: task.hash,
      id: task.id,
      family: task.family,
      split,
      program: sha256(program),
      failing: sha256(failing),
      source: task.source,
      evidence: { ...evidence, verdict: { ...evidence.verdict, output: undefined } },
    })),
  };
  await write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await write('README.md', dataCard({ ...options, files }));
  return {
    files: written,
    rows: Object.fromEntries(files.map(({ file, rows }) => [file, rows.length])),
  };
}

/** Nothing of somebody else's is written over: the folder is new, empty, or a dataset of ours. */
async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw writeProblem(folder, error);
  });
  if (names.length === 0 || (await isDataset(path.join(folder, 'manifest.json')))) return;
  throw new UserError({
    code: 'folderInUse',
    message: `${folder}: holds other files`,
    mend: 'Name a new folder for the dataset.',
  });
}

async function isDataset(manifest: string): Promise<boolean> {
  try {
    const { format, pairs } = JSON.parse(await readFile(manifest, 'utf8')) as Record<
      string,
      unknown
    >;
    return format === datasetFormat && Array.isArray(pairs);
  } catch {
    return false;
  }
}
