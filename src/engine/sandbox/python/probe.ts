import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { SandboxJob, SandboxLayer, SandboxOutcome } from '../../domain/ports';

const foundSchema = z.object({
  kind: z.literal('probe'),
  network: z.boolean(),
  home: z.boolean(),
  writable: z.array(z.string()),
  environment: z.boolean(),
  root: z.boolean(),
  others: z.boolean(),
  processes: z.boolean(),
  memory: z.boolean(),
  namespaces: z.boolean(),
  hiddenMemory: z.boolean(),
});

const doneSchema = z.object({ kind: z.literal('done') });

/**
 * Which layers hold, found by a program that tries to pass each of them: it connects to a port
 * that is open on this machine, looks for the home folder, writes to the system, forks, allocates.
 */
export async function probeLayers(
  run: (job: SandboxJob) => Promise<SandboxOutcome>,
  pythonPrefix: string,
): Promise<SandboxLayer[] | Error> {
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  try {
    const outcome = await run({
      payload: {
        mode: 'probe',
        nonce: 'probe',
        host: '127.0.0.1',
        port: address !== null && typeof address === 'object' ? address.port : 9,
        paths: await placesOfHome(pythonPrefix),
        environment: ['PATH', 'HOME', 'LANG', 'LC_CTYPE', 'PYTHONHASHSEED', 'TZ', 'PWD'],
        processes: 80,
        memoryMb: 1500,
      },
      limits: { timeoutMs: 10_000, memoryMb: 1024 },
    });
    const found = outcome.messages
      .map((message) => foundSchema.safeParse(message))
      .find((parsed) => parsed.success)?.data;
    if (!found) {
      const what = [`the probe ended as ${outcome.end}`, outcome.detail, outcome.output.trim()];
      return new Error(what.filter(Boolean).join(': '));
    }
    return [
      layer('no network', !found.network, 'sending data away, reaching local services'),
      layer('no home folder', !found.home, 'reading keys, mail, other projects'),
      layer('read-only system', found.writable.length === 0, 'changing files, leaving programs'),
      layer('cleared environment', !found.environment, 'reading keys from variables'),
      layer('own processes only', !found.others, 'seeing, tracing or killing other programs'),
      layer('not root', !found.root, 'using the rights of root'),
      layer('bounded processes', found.processes, 'fork bombs'),
      layer('bounded memory', found.memory, 'memory bombs'),
      layer('no new namespaces', !found.namespaces, 'taking rights in a namespace of its own'),
      layer('no hidden memory', !found.hiddenMemory, 'memory that no process is seen to hold'),
      layer(
        'tests in a sandbox of their own',
        await standsApart(run),
        'reading or patching the tests',
      ),
    ];
  } finally {
    listener.close();
  }
}

/** Whether a program and its tests reach each other by calls, from two sandboxes. */
async function standsApart(run: (job: SandboxJob) => Promise<SandboxOutcome>): Promise<boolean> {
  const test = { id: 'probe', kind: 'assert', source: 'assert probe(1) == 2' };
  const { beside } = await run({
    payload: { mode: 'serve', nonce: 'probe', program: 'def probe(x): return x + 1' },
    beside: { mode: 'check', nonce: 'probe', names: ['probe'], entryPoint: 'probe', tests: [test] },
    limits: { timeoutMs: 5000, memoryMb: 256 },
  });
  return beside?.messages.some((message) => doneSchema.safeParse(message).success) === true;
}

/** What lies in the home folder, but for the way to a Python that was installed there. */
async function placesOfHome(pythonPrefix: string): Promise<string[]> {
  const names = await readdir(homedir()).catch(() => []);
  const places = names.map((name) => path.join(homedir(), name));
  return ['/etc/passwd', ...places.filter((place) => !`${pythonPrefix}/`.startsWith(`${place}/`))];
}

function layer(name: string, holds: boolean, stops: string): SandboxLayer {
  return { name, state: holds ? 'on' : 'off', stops };
}
