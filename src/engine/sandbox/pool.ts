import type { SandboxOutcome } from '../domain/ports';
import { Places } from './places';

/** A worker that takes one job at a time. */
export interface PoolWorker {
  readonly alive: boolean;
  kill(reason: string): void;
}

/** Which worker a borrower would rather have than another. */
export interface Wish<W> {
  /** One that never ran anything, started for this loan. */
  readonly fresh?: boolean;
  /** One that has at hand what this borrower needs. */
  readonly suits?: (worker: W) => boolean;
}

/**
 * Lends at most `size` workers, each to one borrower at a time, started on first need. A worker
 * that came back dead is replaced at the next loan. Waiting borrowers are served in order, but
 * for those whom the worker that came back suits: they may go first.
 */
export class WorkerPool<W extends PoolWorker> {
  private readonly idle: W[] = [];
  private readonly all = new Set<W>();
  /** No two live workers have the same: users and folders are given out by it. */
  private readonly places = new Map<W, number>();
  private readonly loans: Places<W>;
  private closed = false;

  constructor(
    size: number,
    private readonly start: (index: number) => W,
  ) {
    this.loans = new Places(size);
  }

  async lend<T>(
    use: (worker: W) => Promise<T>,
    signal: AbortSignal,
    { fresh = false, suits = () => false }: Wish<W> = {},
  ): Promise<T | 'cancelled'> {
    if (!(await this.loans.take(signal, suits))) return 'cancelled';
    if (fresh) this.end(this.idle.pop());
    const worker = (fresh ? undefined : this.takeIdle(suits)) ?? this.create();
    try {
      return await use(worker);
    } finally {
      if (worker.alive && !this.closed) this.idle.push(worker);
      else this.end(worker);
      this.loans.free(worker);
    }
  }

  private takeIdle(suits: (worker: W) => boolean): W | undefined {
    const place = this.idle.findLastIndex(suits);
    return place < 0 ? this.idle.pop() : this.idle.splice(place, 1)[0];
  }

  /** A worker of several processes may be dead in part: what is left of it goes too. */
  private end(worker: W | undefined): void {
    if (!worker) return;
    worker.kill('replaced');
    this.all.delete(worker);
    this.places.delete(worker);
  }

  close(): void {
    this.closed = true;
    for (const worker of this.all) worker.kill('closed');
    this.all.clear();
    this.places.clear();
    this.idle.length = 0;
    this.loans.close();
  }

  private create(): W {
    const taken = new Set(this.places.values());
    let place = 0;
    while (taken.has(place)) place++;
    const worker = this.start(place);
    this.all.add(worker);
    this.places.set(worker, place);
    return worker;
  }
}

const attempts = 2;

/** The outcome of what did not run to an end of its own. */
export type NotRun<T> = (end: 'cancelled' | 'infrastructure' | 'outOfMemory', detail: string) => T;

/**
 * Runs one job on a lent worker. An Error is a fault of the worker or the machine, never of the
 * program: the worker is ended, and the job tried once more in a fresh one. A second fault is
 * told as `infrastructure`, which counts for nothing and against nobody.
 */
export function runOnWorker<W extends PoolWorker, T>(
  pool: WorkerPool<W>,
  run: (worker: W) => Promise<T | Error>,
  signal: AbortSignal,
  notRun: NotRun<T>,
  suits?: (worker: W) => boolean,
): Promise<T> {
  const attempt = (isFresh: boolean): Promise<T | Error | 'cancelled'> =>
    pool.lend(
      async (worker) => {
        const ran = await run(worker).catch((error: unknown) => faultOf(error));
        if (ran instanceof Error) worker.kill(ran.message);
        return ran;
      },
      signal,
      { fresh: isFresh, ...(suits ? { suits } : {}) },
    );
  return tryTwice(attempt, signal, notRun);
}

/** One attempt, and where it was an Error another, which must not use what the first one used. */
export async function tryTwice<T>(
  attempt: (isFresh: boolean) => Promise<T | Error | 'cancelled'>,
  signal: AbortSignal,
  notRun: NotRun<T>,
): Promise<T> {
  let fault = '';
  for (let tries = 0; tries < attempts; tries++) {
    const outcome = await attempt(tries > 0).catch((error: unknown) => faultOf(error));
    if (outcome === 'cancelled' || signal.aborted) return notRun('cancelled', 'cancelled');
    if (!(outcome instanceof Error)) return outcome;
    fault = outcome.message;
  }
  return notRun('infrastructure', `${fault} (twice, the second time in a fresh worker)`);
}

/** The outcome of a job that did not run to an end of its own. */
export const jobNotRun: NotRun<SandboxOutcome> = (end, detail) => ({
  end,
  messages: [],
  output: '',
  durationMs: 0,
  detail,
});

function faultOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
