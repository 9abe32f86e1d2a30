import path from 'node:path';
import { sha256 } from '../domain/hash';
import { writeWhole } from '../files/atomicWrite';
import { dataCard } from './card';
import { trlFiles } from './formats/trl';
import type { Pair } from './pair';

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
    format: 1,
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
