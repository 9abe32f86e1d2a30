import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  Sandbox,
  SandboxJob,
  SandboxLayer,
  SandboxOutcome,
  SandboxReport,
} from '../../domain/ports';
import { jobNotRun, runOnWorker, WorkerPool, type PoolWorker } from '../pool';
import type { QuickJsPayload, ScriptResult, ThreadData, ThreadJob, ThreadReply } from './protocol';

export interface QuickJsSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
}

/** How long a program may outlive its limit before its thread is ended from outside. */
const graceMs = 1000;
/** For what never ends, and for what a busy machine may take long to do. */
const endlessMs = 300;
const patientMs = 10_000;
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
      this.attempt('for (;;) {}', endlessMs),
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
        {
          ...layer('no system interface', isClosed, 'files, network, processes, environment'),
          ids: ['namespaces', 'network', 'files', 'user', 'processes', 'systemCalls'],
        },
        {
          ...layer('bounded time, memory and stack', isBounded, 'endless loops, memory bombs'),
          ids: ['memory'],
        },
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

  private attempt(source: string, timeoutMs = patientMs): Promise<SandboxOutcome> {
    const scripts = [{ id: 'probe', file: 'probe.js', source, value: true }];
    const limits = { timeoutMs, memoryMb: 64 };
    return this.run({ payload: { scripts }, limits }, new AbortController().signal);
  }

  run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    return runOnWorker(this.pool, (thread) => thread.run(job, signal), signal, jobNotRun);
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
  private pending: ((outcome: SandboxOutcome | Error) => void) | null = null;

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
      // Programs live in WebAssembly memory: its own heap holds little more than what goes in and
      // out, and garbage is not left to pile up.
      resourceLimits: { stackSizeMb: 16, maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    this.worker.on('message', (reply: ThreadReply) => this.pending?.(reply));
    this.worker.on('error', (error: Error) => this.end(error));
    this.worker.on('exit', () => this.end(new Error('the thread ended')));
    this.worker.unref();
  }

  /** Runs one job; an Error where the thread itself failed. */
  run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome | Error> {
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
        if (outcome instanceof Error) {
          resolve(outcome);
          return;
        }
        const durationMs = outcome.durationMs || performance.now() - began;
        resolve(signal.aborted ? { ...outcome, end: 'cancelled' } : { ...outcome, durationMs });
      };
      const message: ThreadJob = { payload: job.payload as QuickJsPayload, limits: job.limits };
      this.worker.postMessage(message);
    });
  }

  kill(): void {
    void this.worker.terminate();
    const detail = 'it did not stop when asked';
    this.end({ end: 'timedOut', messages: [], output: '', durationMs: 0, detail });
  }

  private end(outcome: SandboxOutcome | Error): void {
    this.alive = false;
    this.pending?.(outcome);
  }
}
