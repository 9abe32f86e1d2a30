import {
  hashSeeds,
  type HashSeed,
  type Sandbox,
  type SandboxJob,
  type SandboxOutcome,
  type SandboxReport,
} from '../../domain/ports';
import { bubblewrapArguments, ownFolder } from '../bubblewrap';
import { boundsThatHold, WorkerGroups } from '../cgroups/workerGroup';
import { jobNotRun, runOnWorker, WorkerPool } from '../pool';
import { prepareBubblewrap, type Missing, type Prepared } from '../prepare';
import { programNotRun, type ProgramRun, type RunOutcome } from '../programRuns';
import { sandboxUid } from '../sandboxUser';
import { filterDescriptor } from './forkServer';
import { mendFor } from './mend';
import { probeLayers } from './probe';
import { environmentFor, forkServerCommand, pythonMounts } from './pythonCommand';
import { PythonWorker } from './pythonWorker';
import { systemCallFilter } from './systemCalls';

export interface PythonSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
  /** An interpreter the user named. */
  readonly python?: string;
}

const languages = ['python'] as const;
/** Addresses are bounded a little above what a job may hold: see processes.py. */
const tooMuchMb = 1500;

/**
 * Python programs, each in a process forked by a warm server inside bubblewrap (Linux). Without
 * bubblewrap there is no other way in: jobs then end as `infrastructure`, never unprotected.
 */
export class PythonSandbox implements Sandbox {
  private readonly pools: readonly WorkerPool<PythonWorker>[];
  private readonly groups = new WorkerGroups();
  private prepared: Promise<Prepared | Missing> | null = null;

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
    if ('problem' in prepared) return unusable(prepared.problem, prepared.mend);
    const signal = new AbortController().signal;
    const found = await probeLayers({
      run: (job) => this.run(job, signal),
      pythonPrefix: prepared.python.prefix,
      asRoot: prepared.asRoot,
      groups: boundsThatHold(prepared.cgroups),
      tooMuchMb,
    });
    const detail = `Python ${prepared.python.version.join('.')} at ${prepared.python.executable}, ${prepared.bwrapVersion}, ${prepared.asRoot ? 'as root, programs as their own user' : 'as an ordinary user'}`;
    if (found instanceof Error) {
      const mend = await mendFor(found.message);
      return { ...unusable(`bubblewrap does not run here: ${found.message}`, mend), detail };
    }
    return { name: 'bubblewrap', languages, usable: true, layers: found, detail };
  }

  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    const prepared = await this.prepare();
    if ('problem' in prepared) return jobNotRun('infrastructure', prepared.problem);
    const pool = this.pools[job.hashSeed ?? 0];
    if (!pool) return jobNotRun('infrastructure', noSuchSeed);
    return runOnWorker(
      pool,
      (worker) => worker.run(job, signal),
      signal,
      jobNotRun,
      (worker) => worker.hasAtHand(job),
    );
  }

  /** Runs a whole program, as `__main__`, in a process of its own. */
  async runProgram(
    program: { readonly source: string; readonly hashSeed?: HashSeed },
    run: ProgramRun,
    signal: AbortSignal,
  ): Promise<RunOutcome> {
    const prepared = await this.prepare();
    if ('problem' in prepared) return programNotRun('infrastructure', prepared.problem);
    const pool = this.pools[program.hashSeed ?? 0];
    if (!pool) return programNotRun('infrastructure', noSuchSeed);
    const { source } = program;
    return runOnWorker(
      pool,
      (worker) => worker.runProgram(source, run, signal),
      signal,
      programNotRun,
    );
  }

  async close(): Promise<void> {
    for (const pool of this.pools) pool.close();
    await this.groups.close();
  }

  /** Finds Python and bubblewrap, once; what is missing where there is no working with them. */
  prepare(): Promise<Prepared | Missing> {
    this.prepared ??= prepareBubblewrap(this.options, 'Python').then((prepared) => {
      if (!('problem' in prepared)) this.wrap = prepared;
      return prepared;
    });
    return this.prepared;
  }

  private startWorker(index: number, hashSeed: HashSeed): PythonWorker {
    const prepared = this.wrap;
    if (!prepared) throw new Error('a sandbox was asked for before it was prepared');
    const filter = prepared.help.includes('--seccomp') ? systemCallFilter() : null;
    const group = this.groups.make(prepared.cgroups);
    return new PythonWorker((what) => {
      const uid = sandboxUid(index * 2 + (what === 'tests' ? 1 : 0), 'python');
      const args = bubblewrapArguments({
        ...prepared,
        filterDescriptor: filter ? filterDescriptor : null,
        environment: environmentFor(hashSeed),
        readOnly: [
          ...pythonMounts(prepared.python),
          { from: prepared.serverFolder, to: ownFolder },
        ],
        command: forkServerCommand(prepared.python, 'harness.py', prepared.asRoot ? uid : null),
      });
      return { filter, ...(group?.entering('bwrap', args) ?? { command: 'bwrap', args }) };
    }, group);
  }
}

const noSuchSeed = 'there is no worker for that seed';

function unusable(problem: string, mend: string): SandboxReport {
  return { name: 'bubblewrap', languages, usable: false, layers: [], problem, mend };
}
