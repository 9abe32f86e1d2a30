import path from 'node:path';
import { execa } from 'execa';
import {
  hashSeeds,
  type HashSeed,
  type Sandbox,
  type SandboxJob,
  type SandboxOutcome,
  type SandboxReport,
} from '../../domain/ports';
import { WorkerPool } from '../pool';
import { bubblewrapArguments } from './bubblewrap';
import { findPython, type PythonFound } from './findPython';
import { mendFor } from './mend';
import { probeLayers } from './probe';
import { filterDescriptor } from './forkServer';
import { PythonWorker } from './pythonWorker';
import { systemCallFilter } from './systemCalls';

export interface PythonSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
  /** An interpreter the user named. */
  readonly python?: string;
}

/**
 * Users that programs run as where we are root: each worker of each process has its own. All lie
 * below 65,535, because a container often has no more.
 */
const firstSandboxUid = 60_000;
const uidsPerProcess = 64;
const uidBlocks = 78;
const languages = ['python'] as const;

/**
 * Python programs, each in a process forked by a warm server inside bubblewrap (Linux). Without
 * bubblewrap there is no other way in: jobs then end as `infrastructure`, never unprotected.
 */
export class PythonSandbox implements Sandbox {
  private readonly pools: readonly WorkerPool<PythonWorker>[];
  private prepared: Promise<Prepared | SandboxReport> | null = null;

  constructor(private readonly options: PythonSandboxOptions) {
    // Seeds other than 0 are for proving references: a worker each, started when one is asked for.
    this.pools = hashSeeds.map((seed) => {
      const size = seed === 0 ? options.workers : 1;
      return new WorkerPool(size, (index) =>
        this.startWorker(index + seed * options.workers, seed),
      );
    });
  }

  private wrap: Prepared | null = null;

  async probe(): Promise<SandboxReport> {
    const prepared = await this.prepare();
    if ('usable' in prepared) return prepared;
    const signal = new AbortController().signal;
    const found = await probeLayers((job) => this.run(job, signal), prepared.python.prefix);
    const detail = `Python ${prepared.python.version.join('.')} at ${prepared.python.executable}, ${prepared.bwrapVersion}, ${prepared.asRoot ? 'as root, programs as their own user' : 'as an ordinary user'}`;
    if (found instanceof Error) {
      const mend = await mendFor(found.message);
      return { ...unusable(`bubblewrap does not run here: ${found.message}`, mend), detail };
    }
    return { name: 'bubblewrap', languages, usable: true, layers: found, detail };
  }

  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    const prepared = await this.prepare();
    if ('usable' in prepared) return infrastructure(prepared.problem ?? 'no sandbox');
    // A sandbox that broke under one program says nothing of the next: once more in a new one.
    const pool = this.pools[job.hashSeed ?? 0];
    if (!pool) return infrastructure('there is no worker for that seed');
    for (let attempt = 0; ; attempt++) {
      const outcome = await pool.lend((worker) => worker.run(job, signal), signal);
      if (outcome === 'cancelled' || signal.aborted) return cancelled;
      if (!(outcome instanceof Error)) return outcome;
      if (attempt > 0) return infrastructure(outcome.message);
    }
  }

  close(): Promise<void> {
    for (const pool of this.pools) pool.close();
    return Promise.resolve();
  }

  private prepare(): Promise<Prepared | SandboxReport> {
    this.prepared ??= prepare(this.options.python).then((prepared) => {
      if (!('usable' in prepared)) this.wrap = prepared;
      return prepared;
    });
    return this.prepared;
  }

  private startWorker(index: number, hashSeed: HashSeed): PythonWorker {
    const prepared = this.wrap;
    if (!prepared) throw new Error('a sandbox was asked for before it was prepared');
    const serverFolder = path.join(this.options.assetsFolder, 'python');
    const first = firstSandboxUid + (process.pid % uidBlocks) * uidsPerProcess;
    const place = (index * 2) % uidsPerProcess;
    const filter = prepared.help.includes('--seccomp') ? systemCallFilter() : null;
    return new PythonWorker((what) => ({
      command: 'bwrap',
      filter,
      args: bubblewrapArguments({
        ...prepared,
        serverFolder,
        hashSeed,
        filterDescriptor: filter ? filterDescriptor : null,
        sandboxUid: first + place + (what === 'tests' ? 1 : 0),
      }),
    }));
  }
}

interface Prepared {
  readonly python: PythonFound;
  readonly asRoot: boolean;
  readonly help: string;
  readonly bwrapVersion: string;
}

async function prepare(asked: string | undefined): Promise<Prepared | SandboxReport> {
  if (process.platform !== 'linux') {
    return unusable(
      'needs a sandbox for Python on this system',
      'Open the folder in WSL 2, a dev container or on a Linux machine. JavaScript and TypeScript work here as they are.',
    );
  }
  const [version, help, python] = await Promise.all([
    execa('bwrap', ['--version'], { reject: false }),
    execa('bwrap', ['--help'], { reject: false, all: true }),
    findPython(asked),
  ]);
  if (version.failed) {
    return unusable(
      'bubblewrap (the command bwrap) is not installed',
      'Install it: sudo apt-get install bubblewrap (Debian, Ubuntu), sudo dnf install bubblewrap (Fedora), sudo pacman -S bubblewrap (Arch).',
    );
  }
  if (!python) {
    return unusable(
      asked ? `No Python 3 answers at ${asked}` : 'Python 3 is not installed',
      'Install Python 3.9 or newer, or name the one to use: --python FILE, in VS Code the setting flywheel.python.path.',
    );
  }
  if (python.version[1] < 9) {
    return unusable(
      `Python ${python.version.join('.')} at ${python.executable} is too old`,
      'Python 3.9 or newer is needed.',
    );
  }
  return {
    python,
    asRoot: process.getuid?.() === 0,
    help: help.all,
    bwrapVersion: version.stdout.trim(),
  };
}

function unusable(problem: string, mend: string): SandboxReport {
  return { name: 'bubblewrap', languages, usable: false, layers: [], problem, mend };
}

const cancelled: SandboxOutcome = { end: 'cancelled', messages: [], output: '', durationMs: 0 };

function infrastructure(detail: string): SandboxOutcome {
  return { end: 'infrastructure', messages: [], output: '', durationMs: 0, detail };
}
