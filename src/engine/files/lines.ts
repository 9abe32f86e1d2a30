import { createReadStream, type ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../domain/errors';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** Of one line, or of one item of a JSON array. */
export const maxRecordChars = 64 * 1024 * 1024;

/** The lines of a file that are not blank, streamed; gzip is told by content, not by name. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  yield* linesOf(file, readText(file));
}

/**
 * Lines of text that comes in pieces. Only what ends a line in JSON files does so here: the line
 * and paragraph separators of Unicode may stand in a JSON text.
 */
export async function* linesOf(file: string, pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let begun: string[] = [];
  let chars = 0;
  let number = 0;
  const ended = (): Line => {
    const raw = begun.join('').replace(/\r$/, '');
    begun = [];
    chars = 0;
    number++;
    return { number, text: number === 1 ? raw.replace(/^\uFEFF/, '') : raw };
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let to = piece.indexOf('\n'); to >= 0; to = piece.indexOf('\n', from)) {
      begun.push(piece.slice(from, to));
      from = to + 1;
      const line = ended();
      if (line.text.trim() !== '') yield line;
    }
    begun.push(piece.slice(from));
    chars += piece.length - from;
    if (chars > maxRecordChars) throw badLine(file, number + 1, 'the line is too long');
  }
  const last = ended();
  if (last.text.trim() !== '') yield last;
}

/** The text of a file in pieces, unpacked where it is gzipped. Errors name the file. */
export async function* readText(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const unpacked = await unpack(file, stream);
  if (unpacked === null) return;
  // Without this an error of the file itself would never reach what unpacks it.
  if (unpacked !== stream) stream.on('error', (error) => unpacked.destroy(error));
  unpacked.setEncoding('utf8');
  try {
    for await (const piece of unpacked) yield piece as string;
  } catch (error) {
    throw readProblem(file, error);
  } finally {
    unpacked.destroy();
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
