import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors';
import { hashFile } from '../files/hashFile';
import { badLine, readLines } from '../files/lines';
import { splits, type Split, type SplitRecord } from './pair';
import { recordId } from './recordId';

/** Of `manifest.json`, by which a folder is known as a dataset. */
export const datasetFormat = 'flywheel-dataset-2';
export const recordsFile = 'records.jsonl';

const manifestSchema = z.looseObject({
  format: z.literal(datasetFormat),
  version: z.string(),
  records: z.object({ file: z.literal(recordsFile), sha256: z.string(), rows: z.number() }),
  families: z.record(z.string(), z.enum(splits)),
});

/** A dataset that was written before. */
export interface EarlierVersion {
  readonly folder: string;
  readonly version: string;
  readonly sha256: string;
  readonly records: readonly SplitRecord[];
  readonly families: ReadonlyMap<string, Split>;
}

/** Reads a dataset folder with its records, checked against its manifest. Throws UserError. */
export async function readVersion(folder: string): Promise<EarlierVersion> {
  const manifest = await readFile(path.join(folder, 'manifest.json'), 'utf8')
    .then((text) => manifestSchema.parse(JSON.parse(text)))
    .catch(() => {
      throw notADataset(folder, 'there is no manifest of a dataset in it');
    });
  const file = path.join(folder, recordsFile);
  const { sha256 } = await hashFile(file).catch(() => {
    throw notADataset(folder, `${recordsFile} is missing`);
  });
  if (sha256 !== manifest.records.sha256) {
    throw notADataset(folder, `${recordsFile} is not the one that its manifest tells of`);
  }
  const records: SplitRecord[] = [];
  for await (const line of readLines(file)) {
    // The manifest vouches for the file, and the hash for each record.
    const record = JSON.parse(line.text) as SplitRecord;
    if (recordId(record) !== record.id) throw badLine(file, line.number, 'its hash is another');
    records.push(record);
  }
  return {
    ...{ folder, sha256, records, version: manifest.version },
    families: new Map(Object.entries(manifest.families)),
  };
}

export interface Comparison {
  readonly added: number;
  readonly removed: number;
  /** In both, in another split. */
  readonly moved: number;
  readonly same: number;
}

/** What differs between two versions, by record. */
export function compareVersions(
  before: readonly Pick<SplitRecord, 'id' | 'split'>[],
  after: readonly Pick<SplitRecord, 'id' | 'split'>[],
): Comparison {
  const splitOf = new Map(before.map(({ id, split }) => [id, split]));
  const now = new Set(after.map(({ id }) => id));
  const both = after.filter(({ id }) => splitOf.has(id));
  const moved = both.filter(({ id, split }) => splitOf.get(id) !== split).length;
  return {
    added: after.length - both.length,
    removed: [...splitOf.keys()].filter((id) => !now.has(id)).length,
    moved,
    same: both.length - moved,
  };
}

/** `1.0.0`; after an earlier one the next minor, for the same settings may give other records. */
export function nextVersion(parent: EarlierVersion | null): string {
  if (parent === null) return '1.0.0';
  const [major = 1, minor = 0] = parent.version.split('.').map(Number);
  return `${String(major)}.${String(minor + 1)}.0`;
}

function notADataset(folder: string, why: string): UserError {
  return new UserError({
    code: 'notADataset',
    message: `${folder}: ${why}`,
    mend: 'Name a folder that flywheel export wrote with this version.',
  });
}
