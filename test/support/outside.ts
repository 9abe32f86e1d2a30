import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';

/** What stands outside of every sandbox while a suite runs: a server, and a file in the home folder. */
export interface Outside {
  /** Words about it, with `PORT` and `PLANTED` for the server's port and the file's path. */
  fill(words: string): string;
}

/** Made before a suite and removed after it. `name` is that of the file. */
export function outside(name: string): Outside {
  const planted = path.join(homedir(), `.flywheel-test-${name}-${String(process.pid)}`);
  let server: Server;
  let port = 0;
  before(async () => {
    writeFileSync(planted, 'secret');
    server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
  });
  after(() => {
    server.close();
    rmSync(planted, { force: true });
  });
  return { fill: (words) => words.replace('PORT', String(port)).replace('PLANTED', planted) };
}

/** How many processes are there whose command line holds all the words. */
export function countProcesses(
  words: readonly string[],
  options: { readonly parent?: number } = {},
): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (!words.every((word) => command.includes(word))) return false;
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) \S /, '');
      return options.parent === undefined || Number.parseInt(stat, 10) === options.parent;
    } catch {
      return false;
    }
  }).length;
}

/** How many are left of what `count` counts when none is, or when the time is over. */
export async function leftAfter(count: () => number, deadline: number): Promise<number> {
  while (count() > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return count();
}
