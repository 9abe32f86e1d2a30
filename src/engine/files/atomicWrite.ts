import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';

/**
 * Writes a whole file or nothing: into a temporary file beside it, synced, then renamed. A full
 * disk or a missing right leaves what was there, and is told with the place.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeWholeFrom(file, [text]);
}

/**
 * The same for what comes in pieces and need not fit into memory. What the pieces themselves throw
 * as a UserError is thrown on.
 */
export async function writeWholeFrom(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      for await (const piece of pieces) await handle.writeFile(piece, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof UserError || isAbort(error)) throw error;
    throw writeProblem(file, error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export function writeProblem(file: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOSPC: ['the disk is full', 'Free some space and run the same command again.'],
    EDQUOT: ['the disk quota is used up', 'Free some space and run the same command again.'],
    EACCES: ['it may not be written', 'Choose another place or change its permissions.'],
    EPERM: ['it may not be written', 'Choose another place or change its permissions.'],
    EROFS: ['its file system is read-only', 'Choose another place.'],
    EISDIR: ['a folder stands there', 'Choose another name.'],
    EEXIST: ['part of its path is a file', 'Choose another place.'],
    ENOTDIR: ['part of its path is a file', 'Choose another place.'],
  };
  const [reason, mend] = reasons[code] ?? [
    error instanceof Error ? error.message : String(error),
    'Nothing was changed.',
  ];
  return new UserError({
    code: 'cannotWrite',
    message: `${file} could not be written: ${reason}`,
    mend,
    cause: error,
  });
}
