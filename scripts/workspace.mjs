// A fresh copy of samples/ to work in, so that no try and no test changes the project.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from './place.mjs';

const leftovers = new Set(['.flywheel', '__pycache__', 'node_modules']);

/** Copies samples/ to a new temporary folder, or to `folder`, replacing what is there. */
export async function copySamples(folder) {
  const target = folder ?? (await mkdtemp(path.join(os.tmpdir(), 'flywheel-samples-')));
  await rm(target, { recursive: true, force: true });
  await cp(inRoot('samples'), target, {
    recursive: true,
    filter: (source) => !leftovers.has(path.basename(source)),
  });
  return target;
}
