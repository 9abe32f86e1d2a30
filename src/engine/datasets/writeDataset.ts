import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';
import { canonicalJson } from '../domain/json';
import { writeProblem, writeWhole } from '../files/atomicWrite';
import { hashFile } from '../files/hashFile';
import { writeParquet } from '../files/parquet';
import { writeLines } from '../files/writeLines';
import { dataCard } from './card';
import type { DatasetFile, DatasetFormat } from './formats/format';
import { manifestOf, type DatasetFacts, type WrittenFile } from './manifest';
import type { RowSource } from './rowSource';
import { recordsFile } from './version';

export interface DatasetWritten {
  readonly files: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}

export interface WriteOptions {
  readonly folder: string;
  readonly format: DatasetFormat;
  readonly source: RowSource;
  readonly facts: DatasetFacts;
  readonly signal: AbortSignal;
  readonly told?: (file: string, done: number, total: number) => void;
}

/**
 * Writes rows, recipes, records, refusals, manifest and card of a dataset; each file whole or not
 * at all, the card last. Files of an earlier dataset in the folder that this one has not are removed.
 */
export async function writeDataset(options: WriteOptions): Promise<DatasetWritten> {
  const { folder, format, source, facts, signal } = options;
  const before = await filesBefore(folder);
  const files = dataFiles(format, source, facts);
  const recipes = format.recipes(source);
  const all: DatasetFile[] = [
    ...files,
    ...recipes.map(({ file, text }) => ({ kind: 'text', file, text }) as const),
    {
      ...{ kind: 'lines', file: recordsFile },
      *lines() {
        for (const record of source.records) yield canonicalJson(record);
      },
    },
    {
      ...{ kind: 'lines', file: 'refused.jsonl' },
      *lines() {
        for (const refusal of facts.refused) yield canonicalJson(refusal);
      },
    },
  ];
  const written: WrittenFile[] = [];
  for (const [place, file] of all.entries()) {
    options.told?.(file.file, place, all.length);
    await write(path.join(folder, file.file), file, signal);
    const { sha256, bytes } = await hashFile(path.join(folder, file.file));
    const rows = file.file === recordsFile ? source.records.length : file.rows;
    written.push({ file: file.file, ...(rows === undefined ? {} : { rows }), bytes, sha256 });
  }
  const records = written.find(({ file }) => file === recordsFile) ?? null;
  const own = written.filter(({ file }) => file !== recordsFile);
  const manifest = manifestOf(facts, own, records);
  for (const old of before) {
    if (!written.some(({ file }) => file === old)) {
      await rm(path.join(folder, old), { force: true });
    }
  }
  await writeWhole(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeWhole(path.join(folder, 'README.md'), dataCard(facts, own, recipes));
  const rows = own.flatMap(({ file, rows: count }): [string, number][] =>
    count === undefined ? [] : [[file, count]],
  );
  return {
    files: [...written.map(({ file }) => file), 'manifest.json', 'README.md'],
    rows: Object.fromEntries(rows),
  };
}

/** The files of a format, as they would be written. */
export function dataFiles(
  format: DatasetFormat,
  source: RowSource,
  { name, version, tool, ranges }: DatasetFacts,
): readonly DatasetFile[] {
  const recordedAt = new Date(Math.max(0, ...ranges.map(({ last }) => last))).toISOString();
  return format.files(source, { name, version, tool, recordedAt });
}

async function write(target: string, file: DatasetFile, signal: AbortSignal): Promise<void> {
  switch (file.kind) {
    case 'lines':
      return writeLines(target, file.lines(), signal);
    case 'parquet':
      return writeParquet(target, file.table, signal);
    case 'text':
      return writeWhole(target, file.text);
  }
}

/**
 * Nothing of somebody else's is written over: the folder is new, empty, or a dataset of ours. The
 * files that such a one told of, so that none of them is left to be taken for a part of this one.
 */
export async function filesBefore(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw writeProblem(folder, error);
  });
  if (names.length === 0) return [];
  const files = await filesOf(path.join(folder, 'manifest.json'));
  if (files !== null) return files;
  throw new UserError({
    code: 'folderInUse',
    message: `${folder}: holds other files`,
    mend: 'Name a new folder for the dataset.',
  });
}

async function filesOf(manifest: string): Promise<string[] | null> {
  try {
    const { format, files } = JSON.parse(await readFile(manifest, 'utf8')) as Record<
      string,
      unknown
    >;
    if (!/^flywheel-dataset-[12]$/.test(String(format)) || !Array.isArray(files)) return null;
    return files
      .map((entry: unknown) => String((entry as { file?: unknown }).file))
      .filter((file) => !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..'));
  } catch {
    return null;
  }
}
