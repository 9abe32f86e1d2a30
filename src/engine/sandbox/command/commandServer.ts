import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Limits } from '../../domain/task';
import { bubblewrapArguments, ownFolder, type Mount } from '../bubblewrap';
import { heldBy, type WorkerGroup, type WorkerGroups } from '../cgroups/workerGroup';
import type { NotRun } from '../pool';
import type { Prepared } from '../prepare';
import { filterDescriptor, ForkServer, type Role, type Served } from '../python/forkServer';
import { environmentFor, forkServerCommand, pythonMounts } from '../python/pythonCommand';
import { systemCallFilter } from '../python/systemCalls';
import type { Tool } from './findTool';

/** Where a program and what was built of it stand inside. */
export const workFolder = '/work';

/** A compiler may have 256 processes, and its sandbox has some; runs have the usual bound. */
const buildProcesses = 320;
/** Room for what a compiler writes. */
const buildBytes = 512 * 1024 * 1024;
/** It would fetch, and ask for a C compiler. */
const forGo = { GOCACHE: '/tmp/go', GOPROXY: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
/** What toolchains of distributions keep under /etc; nothing else of it is shown. */
const ofToolchains = /^(?:alternatives|ld\.so\.cache|java-\d+-openjdk)$/;

export interface ServerOptions {
  readonly prepared: Prepared;
  /** Makes the control group of the sandbox, where there can be one. */
  readonly groups: WorkerGroups;
  /** Fork server and harnesses. */
  readonly sandboxUid: number;
  readonly tools: readonly Tool[];
  /** A folder to show read-only as `workFolder`; null for an empty one that can be written. */
  readonly built: string | null;
}

/** A sandbox in which commands are started one after another, nothing of one left to the next. */
export class CommandServer {
  private readonly server: ForkServer;
  private readonly group: WorkerGroup | null;

  constructor(options: ServerOptions) {
    const { prepared, groups, built } = options;
    const filter = prepared.help.includes('--seccomp') ? systemCallFilter() : null;
    const args = wrapArguments(options, filter !== null);
    this.group = groups.make(prepared.cgroups, built === null ? { processes: buildProcesses } : {});
    this.server = new ForkServer({
      filter,
      ...(this.group?.entering('bwrap', args) ?? { command: 'bwrap', args }),
    });
  }

  get alive(): boolean {
    return this.server.alive;
  }

  /** Runs one job of the harness; an Error where the sandbox itself failed. */
  run(request: unknown, limits: Limits, role: Role, outputBytes?: number): Promise<Served | Error> {
    const payload = Buffer.from(JSON.stringify(request), 'utf8');
    const run = async (): Promise<Served | Error> => {
      try {
        await this.server.ready;
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
      return this.server.run(payload, limits, role, outputBytes);
    };
    return heldBy(this.group, limits.memoryMb, run, notServed);
  }

  kill(reason: string): void {
    this.server.kill(reason);
    void this.group?.remove();
  }
}

const notServed: NotRun<Served> = (end, detail) => ({
  end,
  detail,
  durationMs: 0,
  results: Buffer.alloc(0),
  output: Buffer.alloc(0),
});

function wrapArguments(options: ServerOptions, isFiltered: boolean): string[] {
  const { prepared, tools, built } = options;
  const mounts: readonly Mount[] = [
    ...pythonMounts(prepared.python),
    ...tools.flatMap((tool) => tool.mounts),
    ...toolchainSettings(),
    { from: prepared.serverFolder, to: ownFolder },
    ...(built === null ? [] : [{ from: built, to: workFolder }]),
  ];
  const { PATH, ...environment } = environmentFor(0);
  const folders = tools.map(({ executable }) => path.dirname(executable));
  return bubblewrapArguments({
    ...prepared,
    filterDescriptor: isFiltered ? filterDescriptor : null,
    environment: {
      ...environment,
      PATH: [...new Set([...folders, ...(PATH ?? '').split(':')])].join(':'),
      ...(tools.some(({ executable }) => path.basename(executable) === 'go') ? forGo : {}),
    },
    readOnly: [...new Map(mounts.map((mount) => [mount.to, mount])).values()],
    ...(built === null
      ? { writable: [{ path: workFolder, bytes: buildBytes }], temporaryBytes: buildBytes }
      : {}),
    command: forkServerCommand(
      prepared.python,
      built === null ? 'builder.py' : 'starter.py',
      prepared.asRoot ? options.sandboxUid : null,
    ),
  });
}

function toolchainSettings(): Mount[] {
  return readdirSync('/etc')
    .filter((name) => ofToolchains.test(name))
    .map((name) => ({ from: `/etc/${name}`, to: `/etc/${name}` }));
}
