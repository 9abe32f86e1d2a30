import type { SandboxJob, SandboxOutcome } from '../../domain/ports';
import { heldBy, type WorkerGroup } from '../cgroups/workerGroup';
import { jobNotRun, type PoolWorker } from '../pool';
import { programNotRun, type ProgramRun, type RunOutcome } from '../programRuns';
import { ForkServer, readMessages, type Served, type WrappedCommand } from './forkServer';
import { ImportsAhead } from './importsAhead';

/** How much longer the tests may take than the program that they call. */
const besideGraceMs = 1000;
const besideMemoryMb = 512;

/**
 * Two sandboxes: one for programs, and beside it one for tests, started when tests first need
 * it. What runs in one can neither see nor touch what runs in the other; they talk over a channel
 * that is made anew for each job.
 */
export class PythonWorker implements PoolWorker {
  private readonly programs: ForkServer;
  private tests: ForkServer | null = null;
  private lastBeside: unknown = null;
  private readonly imports = { programs: new ImportsAhead(), tests: new ImportsAhead() };
  /** What a server still loads ahead of the next job. */
  private loading: Promise<unknown> = Promise.resolve();

  /** `group` bounds both sandboxes, which enter it as they start. */
  constructor(
    private readonly wrap: (place: 'programs' | 'tests') => WrappedCommand,
    private readonly group: WorkerGroup | null = null,
  ) {
    this.programs = new ForkServer(wrap('programs'));
  }

  get alive(): boolean {
    return this.programs.alive && this.tests?.alive !== false;
  }

  /** Whether the tests of a job are those of the last one, compiled and waiting. */
  hasAtHand({ beside }: SandboxJob): boolean {
    return beside !== undefined && this.tests?.keeps === true && this.lastBeside === beside;
  }

  /** Runs one job; an Error where a sandbox itself failed. */
  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome | Error> {
    const { memoryMb } = job.limits;
    return heldBy(
      this.group,
      memoryMb,
      () => this.until(signal, () => this.runBoth(job)),
      jobNotRun,
    );
  }

  private async runBoth(job: SandboxJob): Promise<SandboxOutcome | Error> {
    // Both start side by side where both are needed.
    const tests = job.beside === undefined ? null : this.besideServer();
    await Promise.all([this.programs.ready, tests?.ready, this.loading]);
    const payload = JSON.stringify(job.payload);
    if (tests === null) {
      const alone = told(await this.programs.run(Buffer.from(payload), job.limits, 'alone'));
      this.loadAhead([this.programs, this.imports.programs.worth(payload)]);
      return alone;
    }
    const asked = this.hasAtHand(job) ? '' : JSON.stringify(job.beside);
    const limits = {
      timeoutMs: job.limits.timeoutMs + besideGraceMs,
      memoryMb: besideMemoryMb,
    };
    const [program, beside] = await Promise.all([
      this.programs.run(Buffer.from(payload), job.limits, 'serves'),
      tests.run(Buffer.from(asked), limits, 'asks'),
    ]);
    this.loadAhead(
      [this.programs, this.imports.programs.worth(payload)],
      [tests, this.imports.tests.worth(asked)],
    );
    this.lastBeside = job.besideOnce === true ? null : job.beside;
    const [ofProgram, ofTests] = [told(program), told(beside)];
    if (ofProgram instanceof Error) return ofProgram;
    return ofTests instanceof Error ? ofTests : { ...ofProgram, beside: ofTests };
  }

  /** Runs a whole program that reads and prints; an Error where the sandbox itself failed. */
  async runProgram(
    source: string,
    run: ProgramRun,
    signal: AbortSignal,
  ): Promise<RunOutcome | Error> {
    const asked = { mode: 'main', nonce: '', program: source, stdin: run.stdin };
    const payload = Buffer.from(JSON.stringify(asked));
    const start = async (): Promise<RunOutcome | Error> => {
      await Promise.all([this.programs.ready, this.loading]);
      const ran = ranOf(await this.programs.run(payload, run.limits, 'runs', run.outputBytes));
      this.loadAhead([this.programs, this.imports.programs.worth(JSON.stringify(source))]);
      return ran;
    };
    const { memoryMb } = run.limits;
    return heldBy(this.group, memoryMb, () => this.until(signal, start), programNotRun);
  }

  /** Has servers load modules, which nobody waits for but the next job. */
  private loadAhead(...asked: [ForkServer, readonly string[]][]): void {
    const loads = asked
      .filter(([server, names]) => names.length > 0 && server.alive)
      .map(([server, names]) => server.run(Buffer.from(names.join(' ')), loadLimits, 'loads'));
    if (loads.length > 0) this.loading = Promise.all(loads);
  }

  /** What is thrown is a fault of the sandbox; a signal ends it. */
  private async until<T>(signal: AbortSignal, run: () => Promise<T | Error>): Promise<T | Error> {
    const cancel = (): void => this.kill('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await run();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  kill(reason: string): void {
    this.programs.kill(reason);
    this.tests?.kill(reason);
    void this.group?.remove();
  }

  private besideServer(): ForkServer {
    if (this.tests) return this.tests;
    const { link } = this.programs;
    if (!link) throw new Error('a sandbox without its link');
    this.tests = new ForkServer(this.wrap('tests'), link);
    // The other server holds it now; an end of ours would keep the link open for nobody.
    link.destroy();
    return this.tests;
  }
}

const loadLimits = { timeoutMs: 10_000, memoryMb: 0 };

function told(served: Served | Error): SandboxOutcome | Error {
  if (served instanceof Error) return served;
  const { results, output, ...rest } = served;
  return { ...rest, messages: readMessages(results), output: output.toString('utf8') };
}

/** How a run of a program ended, from what the fork server tells of the role `runs`. */
export function ranOf(served: Served | Error): RunOutcome | Error {
  if (served instanceof Error) return served;
  const { results, output, ...rest } = served;
  return { ...rest, stdout: output, stderr: results };
}
