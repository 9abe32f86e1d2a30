import { z } from 'zod';
import { hashOf } from '../../domain/hash';
import type { RunCommand } from '../../domain/task';
import type { Sandbox, SandboxJob, SandboxOutcome, SandboxReport } from '../../domain/ports';
import { boundsThatHold, WorkerGroups } from '../cgroups/workerGroup';
import { jobNotRun, runOnWorker, WorkerPool } from '../pool';
import { prepareBubblewrap, type Missing, type Prepared } from '../prepare';
import type { RunProgram } from '../programRuns';
import { readMessages } from '../python/forkServer';
import { mendFor } from '../python/mend';
import { isolationLayers } from '../python/probe';
import { build, type BuildProblem } from './build';
import { writeBuiltFiles } from './builtFiles';
import { BuildStore } from './buildStore';
import { CommandServer } from './commandServer';
import { CommandWorker } from './commandWorker';
import { findTool, type Tool } from './findTool';
import { resolveCommand } from './resolveCommand';

export interface CommandSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
  /** An interpreter the user named: its fork server starts and ends the commands. */
  readonly python?: string;
  /** The executable that `node` stands for, where it is not the one on PATH; null for none. */
  readonly node?: () => Promise<string | null>;
}

/** What this sandbox is called in reports. */
const commandsName = 'bubblewrap for commands';
const cancelled: BuildProblem = { end: 'cancelled', message: 'cancelled' };
/** Written memory is bounded a little above what a job may hold: see starter.py. */
const tooMuchMb = 2500;
const lookLimits = { timeoutMs: 10_000, memoryMb: 256 } as const;

/**
 * Programs of any language, built and started by commands of this machine inside bubblewrap
 * (Linux). A program is built once, in a sandbox of its own; each run finds what was built
 * read-only and its temporary folders empty, and every process that it leaves is killed.
 */
export class CommandSandbox implements Pick<Sandbox, 'probe' | 'close'> {
  private readonly pool: WorkerPool<CommandWorker>;
  private readonly groups = new WorkerGroups();
  private readonly builds = new BuildStore();
  private readonly tools = new Map<string, Promise<Tool | null>>();
  private readonly startable = new Set<string>();
  private prepared: Promise<Prepared | Missing> | null = null;

  constructor(private readonly options: CommandSandboxOptions) {
    this.pool = new WorkerPool(options.workers, (index) => new CommandWorker(index));
  }

  /** What isolates commands here, found by programs that try to pass each layer. */
  async probe(): Promise<SandboxReport> {
    const none = { name: commandsName, languages: [], usable: false, layers: [] };
    const prepared = await this.prepare();
    if ('problem' in prepared) return { ...none, ...prepared };
    const empty = await writeBuiltFiles([]);
    try {
      const found = await isolationLayers({
        run: (job) =>
          this.probeIn((worker) => this.serverFor(prepared, worker, [], empty.path), job),
        pythonPrefix: prepared.python.prefix,
        asRoot: prepared.asRoot,
        groups: boundsThatHold(prepared.cgroups),
        tooMuchMb,
      });
      if (!(found instanceof Error)) {
        return { ...none, usable: true, layers: found, detail: prepared.bwrapVersion };
      }
      const problem = `bubblewrap does not run here: ${found.message}`;
      return { ...none, problem, mend: await mendFor(found.message) };
    } finally {
      await empty.remove();
    }
  }

  /** A command of this machine by the name that tasks use; null where there is none. */
  find(name: string): Promise<Tool | null> {
    const known = this.tools.get(name);
    if (known) return known;
    const { node } = this.options;
    const found =
      name === 'node' && node
        ? node().then((file) => (file === null ? null : findTool(file)))
        : findTool(name);
    this.tools.set(name, found);
    return found;
  }

  /**
   * Builds a program, unless it is known, and lends the way to run it. Bounds of the build are
   * its own (`buildLimits`), not those of the runs.
   */
  async withProgram<T>(
    asked: RunCommand,
    source: string,
    signal: AbortSignal,
    use: (run: RunProgram) => Promise<T>,
  ): Promise<T | BuildProblem> {
    const prepared = await this.prepare();
    if ('problem' in prepared) return infrastructure(`${prepared.problem}. ${prepared.mend}`);
    const resolved = await resolveCommand(asked, (name) => this.find(name));
    if ('missing' in resolved) {
      return infrastructure(missingCommand(resolved.missing));
    }
    const { run, tools } = resolved;
    const lent = await this.pool.lend(async (worker): Promise<T | BuildProblem> => {
      const cancel = (): void => worker.kill('cancelled');
      signal.addEventListener('abort', cancel, { once: true });
      const server = (built: string | null) => (): CommandServer =>
        this.serverFor(prepared, worker, tools, built);
      try {
        const missing = await this.missingInside(tools, () => worker.start(server(null)));
        if (signal.aborted) return cancelled;
        if (missing !== null) return infrastructure(missing);
        const key = hashOf([run, source]);
        const starting = (): CommandServer => worker.start(server(null));
        const take = (): ReturnType<BuildStore['take']> =>
          this.builds.take(key, () => build(run, source, starting));
        let built = await take();
        // Another may have begun the same build and been cancelled: that says nothing of ours.
        if ('end' in built && built.end === 'infrastructure' && !signal.aborted)
          built = await take();
        if ('end' in built) return signal.aborted ? cancelled : built;
        try {
          worker.kill('built');
          return await use((one, until) =>
            worker.run(run.command, one, server(built.path), AbortSignal.any([signal, until])),
          );
        } finally {
          await this.builds.giveBack(key);
        }
      } finally {
        signal.removeEventListener('abort', cancel);
        worker.kill('done');
      }
    }, signal);
    return lent === 'cancelled' ? cancelled : lent;
  }

  async close(): Promise<void> {
    this.pool.close();
    await Promise.all([this.builds.close(), this.groups.close()]);
  }

  private prepare(): Promise<Prepared | Missing> {
    this.prepared ??= prepareBubblewrap(this.options, 'programs of this kind');
    return this.prepared;
  }

  private serverFor(
    prepared: Prepared,
    worker: CommandWorker,
    tools: readonly Tool[],
    built: string | null,
  ): CommandServer {
    const { groups } = this;
    return new CommandServer({
      prepared,
      groups,
      tools,
      built,
      sandboxUid: worker.uid,
    });
  }

  /** Whether tools that were found outside can be started inside; asked until it is so. */
  private async missingInside(
    tools: readonly Tool[],
    start: () => CommandServer,
  ): Promise<string | null> {
    const paths = tools.map(({ executable }) => executable);
    if (paths.every((executable) => this.startable.has(executable))) return null;
    const served = await asked(start(), { mode: 'look', paths }, lookLimits);
    if (served instanceof Error) return `the sandbox does not start: ${served.message}`;
    const read = lookSchema.safeParse(served.messages[0]);
    const place = read.success ? read.data.executable.indexOf(false) : 0;
    if (place >= 0) return `${paths[place] ?? ''} cannot be started inside the sandbox`;
    for (const executable of paths) this.startable.add(executable);
    return null;
  }

  private probeIn(
    server: (worker: CommandWorker) => CommandServer,
    job: SandboxJob,
  ): Promise<SandboxOutcome> {
    const run = async (worker: CommandWorker): Promise<SandboxOutcome | Error> => {
      try {
        return await asked(
          worker.start(() => server(worker)),
          job.payload,
          job.limits,
        );
      } finally {
        worker.kill('probed');
      }
    };
    return runOnWorker(this.pool, run, new AbortController().signal, jobNotRun);
  }
}

function missingCommand(name: string): string {
  return name === 'node'
    ? 'Node 22 or newer is not installed on this machine; install it, or put it on PATH'
    : `the command ${name} is not installed on this machine, or not on PATH`;
}

const lookSchema = z.object({ kind: z.literal('found'), executable: z.array(z.boolean()) });

/** Asks the harness itself, before any program ran in this sandbox. */
async function asked(
  server: CommandServer,
  payload: unknown,
  limits: SandboxJob['limits'],
): Promise<SandboxOutcome | Error> {
  const served = await server.run(payload, limits, 'alone');
  if (served instanceof Error) return served;
  const { results, output, ...rest } = served;
  return { ...rest, messages: readMessages(results), output: output.toString('utf8') };
}

function infrastructure(message: string): BuildProblem {
  return { end: 'infrastructure', message };
}
