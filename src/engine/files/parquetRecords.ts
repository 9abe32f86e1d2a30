import { open, stat } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { UserError } from '../domain/errors';
import { readProblem, type Line } from './lines';

/** Read at a time; a row group that holds more is read in parts. */
const maxBytesAtATime = 64 * 1024 * 1024;
const magic = 'PAR1';

/** Told by its first bytes. What is no regular file cannot be one: it is read from both ends. */
export async function isParquet(file: string): Promise<boolean> {
  const found = await stat(file).catch((error: unknown) => {
    throw readProblem(file, error);
  });
  if (!found.isFile()) return false;
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw readProblem(file, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === magic;
  } finally {
    await handle.close();
  }
}

/**
 * The rows of a Parquet file as JSON objects, numbered from 1, one row group after another, so that
 * memory holds a part of a group. Read are uncompressed and snappy columns, as published sets have
 * them; other compressions are a UserError `cannotRead`.
 */
export async function* readRows(file: string): AsyncGenerator<Line> {
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      const parts = Math.ceil(Number(group.total_byte_size) / maxBytesAtATime);
      const rowsAtATime = Math.max(1, Math.ceil((end - start) / Math.max(1, parts)));
      for (let rowStart = start; rowStart < end; rowStart += rowsAtATime) {
        const rowEnd = Math.min(end, rowStart + rowsAtATime);
        const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd });
        for (const [place, row] of rows.entries()) {
          yield { number: rowStart + place + 1, text: JSON.stringify(row, asJson) };
        }
      }
      start = end;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw readProblem(file, error);
  }
}

/** What JSON has no word for; whole numbers beyond its reach are kept as texts. */
function asJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value;
}
