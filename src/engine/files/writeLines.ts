import { pause } from '../domain/pause';
import { writeWholeFrom } from './atomicWrite';

const charsAtOnce = 1 << 20;

/**
 * Writes lines as they come into a whole file or nothing, as `writeWholeFrom` does. Never more than
 * a megabyte of it is in memory. An abort leaves what was there.
 */
export async function writeLines(
  file: string,
  lines: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await writeWholeFrom(file, pieces(lines, signal));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

async function* pieces(lines: Iterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  let some: string[] = [];
  let chars = 0;
  for (const line of lines) {
    some.push(line, '\n');
    chars += line.length;
    if (chars < charsAtOnce) continue;
    yield some.join('');
    [some, chars] = [[], 0];
    await pause(signal);
  }
  yield some.join('');
  await pause(signal);
}
