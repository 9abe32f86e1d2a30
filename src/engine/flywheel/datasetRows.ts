import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { UserError } from '../domain/errors';
import type { Refusal } from '../datasets/pair';
import { badLine, readLines } from '../files/lines';
import { readRows } from '../files/parquetRecords';
import type { DatasetRefusedRequest, DatasetRowsRequest } from './workbench';

/** A row is cut at this when it is looked at; the file has it whole. */
const maxRowChars = 200_000;

/** The first rows of a file that the manifest of its dataset names, as JSON; no other file is read. */
export async function datasetRows({ folder, file, most }: DatasetRowsRequest): Promise<string[]> {
  if (!(await filesOf(folder)).includes(file)) throw notThere(folder, file);
  const place = path.join(folder, file);
  const rows: string[] = [];
  for await (const { text } of file.endsWith('.parquet') ? readRows(place) : readLines(place)) {
    if (rows.length >= most) break;
    rows.push(text.length <= maxRowChars ? text : `${text.slice(0, maxRowChars)} …`);
  }
  return rows;
}

/** Refusals of a dataset in the order in which they were made. */
export async function datasetRefused(request: DatasetRefusedRequest): Promise<Refusal[]> {
  const { folder, reason, most } = request;
  const place = path.join(folder, 'refused.jsonl');
  if (!(await filesOf(folder)).includes('refused.jsonl')) throw notThere(folder, 'refused.jsonl');
  const found: Refusal[] = [];
  for await (const { number, text } of readLines(place)) {
    const refusal = parsed(text);
    if (refusal === null) throw badLine(place, number, 'is no refusal');
    if (reason !== undefined && refusal.reason !== reason) continue;
    found.push(refusal);
    if (found.length >= most) break;
  }
  return found;
}

function parsed(text: string): Refusal | null {
  try {
    const value = JSON.parse(text) as Partial<Refusal> | null;
    const isOne = typeof value?.reason === 'string' && typeof value.task === 'string';
    return isOne ? (value as Refusal) : null;
  } catch {
    return null;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as {
      readonly files?: readonly { readonly file?: unknown }[];
    };
    return (manifest.files ?? [])
      .map(({ file }) => String(file))
      .filter((file) => !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..'));
  } catch {
    return [];
  }
}

function notThere(folder: string, file: string): UserError {
  return new UserError({
    code: 'notADataset',
    message: `${folder}: its manifest tells of no ${file}`,
    mend: 'Export the dataset again, or refresh the list.',
  });
}
