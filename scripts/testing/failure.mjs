// What is kept of a test that failed in a browser, to look at afterwards.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failuresFolder } from '../place.mjs';

/** Saves a screenshot, the server's log and `text`. Returns the folder. */
export async function keepFailure(name, { page, server, text = '' }) {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = path.join(failuresFolder, `${name.replaceAll(/\W+/g, '-')}-${time}`);
  await mkdir(folder, { recursive: true });
  await Promise.allSettled([
    page?.screenshot({ path: path.join(folder, 'window.png'), timeout: 10_000 }),
    cp(server.log, path.join(folder, 'server.log')),
    writeFile(path.join(folder, 'console.log'), text),
  ]);
  return folder;
}
