import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

export interface BuiltFile {
  /** Within the folder of the program. */
  readonly path: string;
  readonly executable: boolean;
  readonly data: Buffer;
}

const headSchema = z.object({ path: z.string().min(1).max(500), executable: z.boolean() });

/** What a build sent, two parts a file. Anything that would not stay in its folder is dropped. */
export function readBuiltFiles(frames: readonly Buffer[]): BuiltFile[] {
  const files: BuiltFile[] = [];
  for (let place = 0; place + 1 < frames.length; place += 2) {
    const [head, data] = [frames[place], frames[place + 1]];
    const read = head && headSchema.safeParse(parsed(head));
    if (read?.success !== true || data === undefined || !staysInside(read.data.path)) continue;
    files.push({ ...read.data, data });
  }
  return files;
}

function staysInside(name: string): boolean {
  const isPlain = !name.includes('\0') && !path.isAbsolute(name);
  return isPlain && !name.split('/').some((part) => part === '' || part === '.' || part === '..');
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

/** A folder of this machine that runs of a program are shown, read-only. */
export interface BuiltFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes files that nobody but us may change. The folder around them is closed to others. */
export async function writeBuiltFiles(files: readonly BuiltFile[]): Promise<BuiltFolder> {
  const closed = await mkdtemp(path.join(tmpdir(), 'flywheel-'));
  const folder = path.join(closed, 'work');
  try {
    await mkdir(folder);
    for (const { path: name, executable, data } of files) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, data, { flag: 'wx' });
      // Told, not left to the user's mask: inside, programs run as another user.
      await chmod(file, executable ? 0o755 : 0o644);
      for (let at = path.dirname(file); at !== closed; at = path.dirname(at)) {
        await chmod(at, 0o755);
      }
    }
    await chmod(folder, 0o755);
  } catch (error) {
    await rm(closed, { recursive: true, force: true });
    throw error;
  }
  return { path: folder, remove: () => rm(closed, { recursive: true, force: true }) };
}
