import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  Sandbox,
  SandboxJob,
  SandboxLayer,
  SandboxOutcome,
  SandboxReport,
} from '../../domain/ports';
import { WorkerPool, type PoolWorker } from '../pool';
import type { QuickJsPayload, ScriptResult, ThreadData, ThreadJob, ThreadReply } from './protocol';

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

  /** Which layers hold, found by programs that try to pass each of them. */
  async probe(): Promise<SandboxReport> {
    const reached = await this.attempt(reachOut);
    const [time, memory, stack] = await Promise.all([
      this.attempt('for (;;) {}'),
      this.attempt('const held = []; for (;;) held.push(new Uint8Array(1e7))'),
      this.attempt('(function deeper() { return deeper() + 1 })()'),
    ]);
    const told = (reached.messages as ScriptResult[])[0];
    const usable = reached.end === 'finished' && told?.ok === true;
    const isClosed = usable && told.value === '';
    const isBounded =
      time.end === 'timedOut' && memory.end === 'outOfMemory' && stack.end === 'finished';
    return {
      name: 'QuickJS (WebAssembly)',
      languages,
      usable,
      detail: 'in a thread of its own; no Node API',
      layers: [
        layer('no system interface', isClosed, 'files, network, processes, environment'),
        layer('bounded time, memory and stack', isBounded, 'endless loops, memory bombs'),
        {
          name: 'WebAssembly memory',
          state: 'unverified',
          stops: 'reading or writing anything outside (as the engine of JavaScript promises)',
        },
        layer('tests in a runtime of their own', isClosed, 'reading or patching the tests'),
      ],
      ...(usable
        ? {}
        : { problem: reached.detail ?? reached.end, mend: 'Reinstall the extension.' }),
    };
  }

  private attempt(source: string): Promise<SandboxOutcome> {
    const scripts = [{ id: 'probe', file: 'probe.js', source, value: true }];
    const limits = { timeoutMs: 300, memoryMb: 64 };
    return this.run({ payload: { scripts }, limits }, new AbortController().signal);
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

/** Tells which ways out there are; the empty text where there is none. */
const reachOut = `['process','require','fetch','XMLHttpRequest','WebSocket','std','os','Deno','Bun','importScripts'].filter((name) => typeof globalThis[name] !== 'undefined').join(' ')`;

function layer(name: string, holds: boolean, stops: string): SandboxLayer {
  return { name, state: holds ? 'on' : 'off', stops };
}

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
      // A module that breaks says so on stderr, which is the person's terminal.
      stderr: true,
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
