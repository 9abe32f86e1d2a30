import { createReadStream, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
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
  const stream = createReadStream(file);
  const unpacked = await unpack(file, stream);
  if (unpacked === null) return;
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

/**
 * The stream itself, or what it unpacks to; told by its first bytes, so that a pipe will do. Null
 * where there is nothing in it.
 */
async function unpack(file: string, stream: ReadStream): Promise<Readable | null> {
  const first = await new Promise<Buffer | null>((resolve, reject) => {
    stream.once('error', (error) => reject(readProblem(file, error)));
    stream.once('end', () => resolve(null));
    stream.once('readable', () => resolve(stream.read() as Buffer | null));
  });
  if (first === null) return null;
  stream.unshift(first);
  return first[0] === 0x1f && first[1] === 0x8b ? stream.pipe(createGunzip()) : stream;
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
