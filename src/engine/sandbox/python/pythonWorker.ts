import type { SandboxJob, SandboxOutcome } from '../../domain/ports';
import type { PoolWorker } from '../pool';
import { ForkServer, type WrappedCommand } from './forkServer';

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

  constructor(private readonly wrap: (place: 'programs' | 'tests') => WrappedCommand) {
    this.programs = new ForkServer(wrap('programs'));
  }

  get alive(): boolean {
    return this.programs.alive && this.tests?.alive !== false;
  }

  /** Runs one job; an Error where a sandbox itself failed. */
  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome | Error> {
    const cancel = (): void => this.kill('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await this.programs.ready;
      if (job.beside === undefined) {
        return await this.programs.run(bytesOf(job.payload), job.limits, 'alone');
      }
      const tests = this.besideServer();
      await tests.ready;
      const limits = {
        timeoutMs: job.limits.timeoutMs + besideGraceMs,
        memoryMb: besideMemoryMb,
      };
      const [program, beside] = await Promise.all([
        this.programs.run(bytesOf(job.payload), job.limits, 'serves'),
        tests.run(this.isKept(tests, job.beside) ? nothing : bytesOf(job.beside), limits, 'asks'),
      ]);
      this.lastBeside = job.beside;
      if (program instanceof Error) return program;
      return beside instanceof Error ? beside : { ...program, beside };
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  kill(reason: string): void {
    this.programs.kill(reason);
    this.tests?.kill(reason);
  }

  /** The same tests again, by identity: their process has them compiled. */
  private isKept(tests: ForkServer, beside: unknown): boolean {
    return tests.keeps && this.lastBeside === beside;
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

const nothing = Buffer.alloc(0);

function bytesOf(payload: unknown): Buffer {
  return Buffer.from(JSON.stringify(payload), 'utf8');
}
