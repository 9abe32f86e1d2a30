import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sandbox, SandboxJob, SandboxOutcome, SandboxReport } from '../../domain/ports';
import { WorkerPool, type PoolWorker } from '../pool';
import type { QuickJsPayload, ThreadData, ThreadJob, ThreadReply } from './protocol';

export interface QuickJsSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
}

/** How long a program may outlive its limit before its thread is ended from outside. */
const graceMs = 1000;
const languages = ['javascript', 'typescript'] as const;

/**
 * JavaScript in QuickJS compiled to WebAssembly: a program can reach nothing but its own memory.
 * Works on every system with nothing installed; code that needs a Node API cannot run in it.
 */
export class QuickJsSandbox implements Sandbox {
  private readonly pool: WorkerPool<QuickJsThread>;

  constructor(options: QuickJsSandboxOptions) {
    this.pool = new WorkerPool(options.workers, () => new QuickJsThread(options.assetsFolder));
  }

  async probe(): Promise<SandboxReport> {
    const tried = await this.run(
      {
        payload: { scripts: [{ id: 'probe', file: 'probe.js', source: probe, value: true }] },
        limits: { timeoutMs: 5000, memoryMb: 64 },
      },
      new AbortController().signal,
    );
    const [answer] = tried.messages as { value?: string; ok: boolean }[];
    const reachable = answer?.value?.split(' ').filter(Boolean) ?? [];
    const usable = tried.end === 'finished' && answer?.ok === true;
    const state = usable && reachable.length === 0 ? ('on' as const) : ('off' as const);
    return {
      name: 'QuickJS (WebAssembly)',
      languages,
      usable,
      detail: 'in a thread of its own; no Node API',
      layers: [
        { name: 'WebAssembly memory', state, stops: 'reading or writing anything outside' },
        { name: 'no system interface', state, stops: 'files, network, processes, environment' },
        { name: 'bounded time, memory and stack', state, stops: 'endless loops, memory bombs' },
        {
          name: 'tests in a runtime of their own',
          state: 'off',
          stops: 'reading or patching the tests (verdicts say isolation: shared)',
        },
      ],
      ...(usable ? {} : { problem: tried.detail ?? tried.end, mend: 'Reinstall the extension.' }),
    };
  }

  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    const outcome = await this.pool.lend((thread) => thread.run(job, signal), signal);
    return outcome === 'cancelled'
      ? { end: 'cancelled', messages: [], output: '', durationMs: 0 }
      : outcome;
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }
}

const probe = `['process','require','fetch','XMLHttpRequest','WebSocket','std','os','Deno','Bun','setTimeout','importScripts'].filter((name) => typeof globalThis[name] !== 'undefined').join(' ')`;

class QuickJsThread implements PoolWorker {
  alive = true;
  private readonly stop = new SharedArrayBuffer(4);
  private readonly worker: Worker;
  private pending: ((outcome: SandboxOutcome) => void) | null = null;

  constructor(assetsFolder: string) {
    const data: ThreadData = {
      role: 'quickjs',
      wasmFile: path.join(assetsFolder, 'quickjs.wasm'),
      stop: this.stop,
    };
    this.worker = new Worker(path.join(assetsFolder, '..', 'quickjs.js'), {
      workerData: data,
      env: {},
      resourceLimits: { stackSizeMb: 16 },
    });
    this.worker.on('message', (reply: ThreadReply) => this.pending?.(reply));
    this.worker.on('error', (error: Error) => this.end('infrastructure', error.message));
    this.worker.on('exit', () => this.end('infrastructure', 'the thread ended'));
    this.worker.unref();
  }

  run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    Atomics.store(new Int32Array(this.stop), 0, 0);
    const began = performance.now();
    return new Promise((resolve) => {
      // Without this a process with nothing else to do would end before the answer.
      this.worker.ref();
      const end = (): void => this.kill();
      let timer = setTimeout(end, job.limits.timeoutMs + graceMs);
      const cancel = (): void => {
        Atomics.store(new Int32Array(this.stop), 0, 1);
        clearTimeout(timer);
        timer = setTimeout(end, graceMs);
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.pending = (outcome) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        this.pending = null;
        this.worker.unref();
        const durationMs = outcome.durationMs || performance.now() - began;
        resolve(signal.aborted ? { ...outcome, end: 'cancelled' } : { ...outcome, durationMs });
      };
      const message: ThreadJob = { payload: job.payload as QuickJsPayload, limits: job.limits };
      this.worker.postMessage(message);
    });
  }

  kill(): void {
    void this.worker.terminate();
    this.end('timedOut', 'it did not stop when asked');
  }

  private end(end: 'infrastructure' | 'timedOut', detail: string): void {
    this.alive = false;
    this.pending?.({ end, messages: [], output: '', durationMs: 0, detail });
  }
}
