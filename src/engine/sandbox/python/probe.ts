import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { LayerId, SandboxJob, SandboxLayer, SandboxOutcome } from '../../domain/ports';
import type { GroupLayer } from '../cgroups/findCgroups';
import { sayGrouped } from '../cgroups/workerGroup';

const foundSchema = z.object({
  kind: z.literal('probe'),
  network: z.boolean(),
  home: z.boolean(),
  writable: z.array(z.string()),
  environment: z.boolean(),
  others: z.boolean(),
  sharedNamespaces: z.array(z.string()),
  newNamespaces: z.boolean(),
  processes: z.boolean(),
  memory: z.boolean(),
  rights: z.array(z.string()),
  filtered: z.boolean(),
  calls: z.array(z.string()),
});
type Found = z.infer<typeof foundSchema>;

/** A busy machine must not look like one without layers. */
const patientMs = 20_000;

const doneSchema = z.object({ kind: z.literal('done') });

export interface ProbeOptions {
  readonly run: (job: SandboxJob) => Promise<SandboxOutcome>;
  readonly pythonPrefix: string;
  /** As root there is no user namespace. */
  readonly asRoot: boolean;
  /** What control groups bound beside the fork server's own bounds. */
  readonly groups: readonly GroupLayer[];
  /** More than one process of a job may have that may hold 1 GB. */
  readonly tooMuchMb: number;
}

/** What the job of the probe may hold. */
const probeMemoryMb = 1024;

/** Which layers hold around Python programs and their tests. */
export async function probeLayers(options: ProbeOptions): Promise<SandboxLayer[] | Error> {
  const [layers, apart] = await Promise.all([isolationLayers(options), standsApart(options.run)]);
  if (layers instanceof Error) return layers;
  const stops = 'reading or patching the tests';
  return [...layers, layer([], 'tests in a sandbox of their own', apart, { stops })];
}

/**
 * Which layers hold, found by programs that try to pass each of them: one connects to a port that
 * is open on this machine, looks for the home folder, writes to the system, forks, allocates,
 * makes calls that are filtered; one holds memory in several processes.
 */
export async function isolationLayers(options: ProbeOptions): Promise<SandboxLayer[] | Error> {
  const { run } = options;
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  try {
    const [outcome, tree] = await Promise.all([
      run({
        payload: {
          mode: 'probe',
          nonce: 'probe',
          host: '127.0.0.1',
          port: address !== null && typeof address === 'object' ? address.port : 9,
          paths: await placesOfHome(options.pythonPrefix),
          environment: ['PATH', 'HOME', 'LANG', 'LC_CTYPE', 'PYTHONHASHSEED', 'TZ', 'PWD'],
          namespaces: namespacesHere(options.asRoot),
          processes: 80,
          memoryMb: options.tooMuchMb,
        },
        limits: { timeoutMs: patientMs, memoryMb: probeMemoryMb },
      }),
      holdsTree(run),
    ]);
    const found = outcome.messages
      .map((message) => foundSchema.safeParse(message))
      .find((parsed) => parsed.success)?.data;
    if (!found) {
      const what = [`the probe ended as ${outcome.end}`, outcome.detail, outcome.output.trim()];
      return new Error(what.filter(Boolean).join(': '));
    }
    return layersOf(found, tree, options.groups);
  } finally {
    listener.close();
  }
}

function layersOf(
  found: Found,
  tree: SandboxLayer['state'],
  groups: readonly GroupLayer[],
): SandboxLayer[] {
  const shared = found.sharedNamespaces;
  const isAlone = shared.length === 0 && !found.others;
  return [
    layer(['namespaces'], 'namespaces of its own', isAlone, {
      stops: 'seeing, tracing or killing other programs',
      why: shared.length > 0 ? `shares ${shared.join(', ')} with the machine` : undefined,
    }),
    layer(['network'], 'no network', !found.network, {
      stops: 'sending data away, reaching local services',
    }),
    layer(['files'], 'no home folder', !found.home, { stops: 'reading keys, mail, projects' }),
    layer(['files'], 'read-only system', found.writable.length === 0, {
      stops: 'changing files, leaving programs behind',
      why: `writable: ${found.writable.join(', ')}`,
    }),
    layer(['files'], 'cleared environment', !found.environment, {
      stops: 'reading keys from variables',
    }),
    layer(['user'], 'user without rights', found.rights.length === 0, {
      stops: 'using the rights of root, or gaining them from a program that has them',
      why: `has ${found.rights.join(', ')}`,
    }),
    layer(['systemCalls'], 'filtered system calls', found.filtered && found.calls.length === 0, {
      stops: 'hidden memory, tracing, sockets outside the network namespace, rare kernel code',
      why: found.filtered
        ? `possible: ${found.calls.join(', ')}`
        : 'bubblewrap or this processor has no filter',
    }),
    layer(['systemCalls'], 'no new namespaces', !found.newNamespaces, {
      stops: 'taking rights in a namespace of its own',
    }),
    layer(['processes'], 'bounded processes', found.processes, {
      stops: 'fork bombs',
      detail: `by a limit of its user${sayGrouped(groups, 'processes')}`,
    }),
    layer(['memory'], 'bounded memory of a process', found.memory, { stops: 'memory bombs' }),
    {
      ...layer(['memory'], 'bounded memory of all its processes', tree === 'on', {
        stops: 'memory bombs of many processes',
        detail: `by a watchdog, ten times a second${sayGrouped(groups, 'memory')}`,
      }),
      state: tree,
    },
  ];
}

/** Whether a job is ended for what its processes hold together; unverified where it broke. */
async function holdsTree(run: ProbeOptions['run']): Promise<SandboxLayer['state']> {
  const { end } = await run({
    payload: { mode: 'probe', nonce: 'probe', hold: { processes: 4, megabytes: 40 } },
    limits: { timeoutMs: patientMs, memoryMb: 96 },
  });
  if (end === 'outOfMemory') return 'on';
  return end === 'timedOut' || end === 'finished' ? 'off' : 'unverified';
}

/** Whether a program and its tests reach each other by calls, from two sandboxes. */
async function standsApart(run: ProbeOptions['run']): Promise<boolean> {
  const test = { id: 'probe', kind: 'assert', source: 'assert probe(1) == 2' };
  const { beside } = await run({
    payload: { mode: 'serve', nonce: 'probe', program: 'def probe(x): return x + 1' },
    beside: { mode: 'check', nonce: 'probe', names: ['probe'], entryPoint: 'probe', tests: [test] },
    limits: { timeoutMs: patientMs, memoryMb: 256 },
  });
  return beside?.messages.some((message) => doneSchema.safeParse(message).success) === true;
}

/** The numbers of our own namespaces, which a program must not be in. */
function namespacesHere(asRoot: boolean): Record<string, number> {
  const names = ['pid', 'mnt', 'net', 'ipc', 'uts', ...(asRoot ? [] : ['user'])];
  return Object.fromEntries(names.map((name) => [name, statSync(`/proc/self/ns/${name}`).ino]));
}

/** What lies in the home folder, but for the way to a Python that was installed there. */
async function placesOfHome(pythonPrefix: string): Promise<string[]> {
  const names = await readdir(homedir()).catch(() => []);
  const places = names.map((name) => path.join(homedir(), name));
  return ['/etc/passwd', ...places.filter((place) => !`${pythonPrefix}/`.startsWith(`${place}/`))];
}

/** `detail` is told where it holds, `why` where it does not. */
function layer(
  ids: readonly LayerId[],
  name: string,
  holds: boolean,
  words: {
    readonly stops: string;
    readonly detail?: string | undefined;
    readonly why?: string | undefined;
  },
): SandboxLayer {
  const detail = holds ? words.detail : words.why;
  return {
    ids,
    name,
    state: holds ? 'on' : 'off',
    stops: words.stops,
    ...(detail === undefined ? {} : { detail }),
  };
}
