import { createHash, randomUUID } from 'node:crypto';
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { PythonFound } from './findPython';

const compileMs = 20_000;
const unusedMs = 30 * 24 * 3600_000;
const writableByOthers = 0o022;
const compiledName = '__pycache__';

/**
 * A folder with the files of `sources` and beside them what this Python compiled them to, kept in
 * the user's cache: a worker starts in three quarters of the time. Where there is no place that
 * is the user's alone, `sources` itself.
 */
export async function compiledPython(
  sources: string,
  python: PythonFound,
  cache = cacheFolder(),
): Promise<string> {
  const folder = path.join(cache, `python-${await hashOfSources(sources, python)}`);
  if (await isOursAlone(folder)) {
    await utimes(folder, new Date(), new Date()).catch(() => undefined);
    return folder;
  }
  const made = `${folder}.${randomUUID()}`;
  try {
    await mkdir(cache, { recursive: true, mode: 0o700 });
    await mkdir(made, { mode: 0o700 });
    for (const name of await sourcesIn(sources)) {
      await copyFile(path.join(sources, name), path.join(made, name));
    }
    const how = ['-I', '-S', '-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash'];
    await execa(python.executable, [...how, made], { timeout: compileMs });
    for (const own of [made, path.join(made, compiledName)]) await chmod(own, 0o700);
    await rename(made, folder);
    await removeUnused(cache);
  } catch {
    // Another process was quicker, or nothing can be kept here.
    await rm(made, { recursive: true, force: true }).catch(() => undefined);
  }
  return (await isOursAlone(folder)) ? folder : sources;
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  const isPlace = base !== undefined && path.isAbsolute(base);
  return path.join(isPlace ? base : path.join(os.homedir(), '.cache'), 'code-flywheel');
}

async function hashOfSources(sources: string, python: PythonFound): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(python));
  for (const name of await sourcesIn(sources))
    hash.update(name).update(await readFile(path.join(sources, name)));
  return hash.digest('hex').slice(0, 32);
}

async function sourcesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.py')).sort();
}

/** What is in it is run as it is, so nobody else may have put it there. */
async function isOursAlone(folder: string): Promise<boolean> {
  try {
    const places = [folder, path.dirname(folder), path.join(folder, compiledName)];
    const states = await Promise.all(places.map((place) => lstat(place)));
    return states.every(
      (state) =>
        state.isDirectory() &&
        state.uid === process.getuid?.() &&
        (state.mode & writableByOthers) === 0,
    );
  } catch {
    return false;
  }
}

/** Those of other versions, and what was left half made. */
async function removeUnused(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    const age = Date.now() - (await lstat(folder)).mtimeMs;
    if (name.startsWith('python-') && age > unusedMs) await rm(folder, { recursive: true });
  }
}
