import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pause } from '../domain/pause';
import { writeProblem } from './atomicWrite';

const bytesAtOnce = 1 << 20;

/**
 * Writes lines as they come into a whole file or nothing: a temporary file beside it, synced, then
 * renamed. Never more than a megabyte of it is in memory. An abort leaves what was there.
 */
export async function writeLines(
  file: string,
  lines: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      let some: string[] = [];
      let chars = 0;
      const flush = async (): Promise<void> => {
        await handle.writeFile(some.join(''), 'utf8');
        some = [];
        chars = 0;
        await pause(signal);
      };
      for (const line of lines) {
        some.push(line, '\n');
        chars += line.length;
        if (chars >= bytesAtOnce) await flush();
      }
      await flush();
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal.aborted) throw error;
    throw writeProblem(file, error);
  }
}
