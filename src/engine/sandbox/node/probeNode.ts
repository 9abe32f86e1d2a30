import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { LayerId, SandboxJob, SandboxLayer, SandboxOutcome } from '../../domain/ports';
import type { GroupLayer } from '../cgroups/findCgroups';
import { sayGrouped } from '../cgroups/workerGroup';
import type { QuickJsPayload, ScriptResult } from '../quickjs/protocol';

const foundSchema = z.object({
  network: z.boolean(),
  home: z.boolean(),
  writable: z.array(z.string()),
  environment: z.array(z.string()),
  root: z.boolean(),
  capabilities: z.string(),
  others: z.boolean(),
  processes: z.boolean(),
  memory: z.boolean(),
  filter: z.string(),
});

/** Which layers hold, found by a program that tries to pass each of them. */
export async function probeNode(
  run: (job: SandboxJob) => Promise<SandboxOutcome>,
  executable: string,
  groups: readonly GroupLayer[],
): Promise<SandboxLayer[] | Error> {
  const listener = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = address !== null && typeof address === 'object' ? address.port : 9;
  try {
    const outcome = await run(attempt(port, await placesOfHome(executable)));
    const value = (outcome.messages as ScriptResult[]).find(({ id }) => id === 'found')?.value;
    const found = foundSchema.safeParse(value === undefined ? null : JSON.parse(value)).data;
    if (!found) {
      const what = [`the probe ended as ${outcome.end}`, outcome.detail, outcome.output.trim()];
      return new Error(what.filter(Boolean).join(': '));
    }
    const hasNoRights = !found.root && /^0+$/.test(found.capabilities);
    return [
      layer(
        ['namespaces'],
        'namespaces of its own',
        !found.others,
        'seeing, tracing or killing other programs',
      ),
      layer(
        ['network'],
        'no network',
        !found.network,
        'sending data away, reaching local services',
      ),
      layer(['files'], 'no home folder', !found.home, 'reading keys, mail, projects'),
      layer(
        ['files'],
        'read-only system',
        found.writable.length === 0,
        'changing files, leaving programs behind',
      ),
      layer(
        ['files'],
        'cleared environment',
        found.environment.length === 0,
        'reading keys from variables',
      ),
      layer(
        ['user'],
        'user without rights',
        hasNoRights,
        'using the rights of root, or gaining them from a program that has them',
      ),
      layer(
        ['systemCalls'],
        'filtered system calls',
        found.filter === '2',
        'new namespaces, traces, hidden memory',
      ),
      layer(
        ['processes'],
        'bounded processes',
        found.processes,
        'fork bombs',
        `by a limit of its user${sayGrouped(groups, 'processes')}`,
      ),
      layer(
        ['memory'],
        'bounded memory',
        found.memory,
        'memory bombs',
        `by limits of each process and a watchdog, ten times a second${sayGrouped(groups, 'memory')}`,
      ),
      layer(
        [],
        'tests in a sandbox of their own',
        await standsApart(run),
        'reading or patching the tests',
      ),
    ];
  } finally {
    listener.close();
  }
}

function attempt(port: number, places: readonly string[]): SandboxJob {
  const scripts = [
    {
      id: 'try',
      file: 'try.js',
      source: `globalThis.found = (${tryAll})(${String(port)}, ${JSON.stringify(places)})`,
      required: true,
    },
    {
      id: 'wait',
      file: 'wait.js',
      source: '(async () => { found = await found })()',
      async: true,
      required: true,
    },
    { id: 'found', file: 'found.js', source: 'JSON.stringify(found)', value: true },
  ];
  const payload: QuickJsPayload = { scripts };
  return { payload, limits: { timeoutMs: 10_000, memoryMb: 128 } };
}

/** Runs inside. */
const tryAll = `async (port, places) => {
  const fs = require('node:fs');
  const { spawn } = require('node:child_process');
  const attempt = (action) => { try { action(); return true; } catch { return false; } };
  const connects = (host, at) => new Promise((resolve) => {
    const socket = require('node:net').connect(at, host);
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.setTimeout(500, () => resolve(false));
  });
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)?.[1] ?? '';
  const known = ['PATH', 'HOME', 'LANG', 'TZ', 'NO_COLOR', 'PWD'];
  const folders = ['/', '/usr', '/usr/lib', '/dev', '/proc', '/proc/sys/kernel', '/flywheel/lib', '/etc'];
  const others = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length > 2;
  const children = [];
  let bounded = false;
  for (let i = 0; i < 100 && !bounded; i++) {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9000)'], { stdio: 'ignore' });
    child.on('error', () => {});
    if (child.pid === undefined) bounded = true;
    else children.push(child);
  }
  for (const child of children) child.kill('SIGKILL');
  const blocks = [];
  const memory = !attempt(() => { for (let i = 0; i < 40; i++) blocks.push(Buffer.allocUnsafeSlow(1 << 26)); });
  return {
    network: (await connects('127.0.0.1', port)) || (await connects('1.1.1.1', 53)),
    home: places.some((place) => fs.existsSync(place)),
    writable: folders.filter((folder) => attempt(() => fs.writeFileSync(folder + '/flywheel-probe', ''))),
    environment: Object.keys(process.env).filter((name) => !known.includes(name)),
    root: process.getuid() === 0,
    capabilities: field('CapEff') + field('CapPrm') + field('CapInh') + field('CapAmb'),
    others,
    processes: bounded,
    memory,
    filter: field('Seccomp'),
  };
}`;

/** Whether a program and its tests reach each other by calls, from two sandboxes. */
async function standsApart(run: (job: SandboxJob) => Promise<SandboxOutcome>): Promise<boolean> {
  const program = {
    id: 'program',
    file: 'program.js',
    source: 'function f(x) { return [x, process.pid] }',
  };
  const source = "(async ({ f }) => { require('node:assert').equal(f(1)[0], 1) })(__names)";
  const payload: QuickJsPayload = {
    apart: { prelude: [], scripts: [program], lookup: '({ f })' },
    scripts: [{ id: 'test', file: 'test.js', source, async: true }],
  };
  const outcome = await run({ payload, limits: { timeoutMs: 5000, memoryMb: 128 } });
  const told = outcome.messages as ScriptResult[];
  return outcome.end === 'finished' && told.some(({ id, ok }) => id === 'test' && ok);
}

/** What lies in the home folder, but for the way to a Node that was installed there. */
async function placesOfHome(executable: string): Promise<string[]> {
  const names = await readdir(homedir()).catch(() => []);
  const places = names.map((name) => path.join(homedir(), name));
  return [
    '/etc/passwd',
    '/bin/sh',
    ...places.filter((place) => !executable.startsWith(`${place}/`)),
  ];
}

/** `detail` is told where it holds. */
function layer(
  ids: readonly LayerId[],
  name: string,
  holds: boolean,
  stops: string,
  detail?: string,
): SandboxLayer {
  const told = holds && detail !== undefined ? { detail } : {};
  return { ids, name, state: holds ? 'on' : 'off', stops, ...told };
}
