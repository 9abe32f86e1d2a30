import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { UserError } from '../domain/errors';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

const maxLineChars = 64 * 1024 * 1024;

/** The lines of a file that are not blank, streamed; gzip is told by content, not by name. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const zipped = await isGzip(file);
  const stream = createReadStream(file);
  const unpacked = zipped ? stream.pipe(createGunzip()) : stream;
  // Without these a read error after the first line would end the process, not this loop.
  stream.on('error', (error) => unpacked.destroy(error));
  const lines = createInterface({ input: unpacked, crlfDelay: Infinity });
  const failed = new Promise<never>((_, reject) => unpacked.once('error', reject));
  failed.catch(() => undefined);
  let number = 0;
  try {
    const iterator = lines[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([iterator.next(), failed]);
      if (next.done === true) break;
      number++;
      if (next.value.length > maxLineChars) throw badLine(file, number, 'the line is too long');
      const text = number === 1 ? next.value.replace(/^\uFEFF/, '') : next.value;
      if (text.trim() !== '') yield { number, text };
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw readProblem(file, error);
  } finally {
    lines.close();
    stream.destroy();
  }
}

export function badLine(file: string, line: number, what: string): UserError {
  return new UserError({ code: 'badLine', message: `${file}:${String(line)}: ${what}` });
}

async function isGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readProblem(file, error);
  }
}

export function readProblem(file: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder, not a file',
    EACCES: 'it may not be read',
    Z_DATA_ERROR: 'its gzip data is damaged',
    Z_BUF_ERROR: 'its gzip data ends too early',
  };
  return new UserError({
    code: 'cannotRead',
    message: `${file}: ${reasons[code] ?? (error instanceof Error ? error.message : String(error))}`,
    cause: error,
  });
}
