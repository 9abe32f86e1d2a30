import { UserError } from '../engine/domain/errors';
import type { LiveText, RunSummary, TaskRow } from '../engine/domain/view';
import { Announcer } from './announcer';
import { HostAnswers } from './hostAnswers';
import type { Host } from './hostCalls';
import {
  cancelledCode,
  readFromEngine,
  type CallName,
  type EngineFailure,
  type EngineOptions,
  type EngineProgress,
  type FromEngine,
  type InputOf,
  type OutputOf,
  type ToEngine,
} from './engineCalls';

/** A thread as the client needs it; `node:worker_threads` Worker is one. */
export interface Thread {
  postMessage(message: ToEngine): void;
  on(event: 'message' | 'error' | 'exit', listener: (value: unknown) => void): unknown;
  terminate(): Promise<unknown>;
}

/** The editor's CancellationToken, as far as it is used. */
export interface Token {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => { dispose(): void };
}

export interface CallOptions {
  readonly token?: Token;
  readonly onChanged?: (run: RunSummary, rows: readonly TaskRow[]) => void;
  readonly onWriting?: (texts: readonly LiveText[]) => void;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/** The person asked for it; never shown as an error. */
export class Cancelled extends Error {}

interface Pending extends CallOptions {
  readonly settle: (outcome: { value: unknown } | { error: Error }) => void;
}

/** How long a person waits for a cancelled call before it is let go. */
const letGoAfterMs = 1800;
/** A call that does not end this long after its cancel is stuck, and its thread is replaced. */
const stuckAfterMs = 10_000;

/**
 * The engine as the extension host sees it: typed calls with promises and cancellation. The thread
 * starts with the first call, and again with the next one after it broke.
 */
export class EngineClient {
  private readonly answers: HostAnswers | undefined;
  private thread: Thread | undefined;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private brokeOnce = false;
  private renewWanted = false;
  private closing: (() => void) | undefined;
  private readonly broken = new Announcer<Error>();
  /** Told the first time that the thread broke since it last worked. */
  readonly onBroke = this.broken.listen;

  constructor(
    private readonly startThread: () => Thread,
    private readonly options: () => EngineOptions,
    host?: Host,
  ) {
    this.answers = host && new HostAnswers(host);
  }

  get started(): boolean {
    return this.thread !== undefined;
  }

  /** Rejects with Cancelled, with UserError for what the person can mend, else with Error. */
  call<Name extends CallName>(
    call: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    if (options.token?.isCancellationRequested) return Promise.reject(new Cancelled());
    const id = this.nextId++;
    return new Promise<OutputOf<Name>>((resolve, reject) => {
      const timers: NodeJS.Timeout[] = [];
      const cancelling = options.token?.onCancellationRequested(() => {
        this.thread?.postMessage({ kind: 'cancel', id });
        const thread = this.thread;
        timers.push(setTimeout(() => reject(new Cancelled()), letGoAfterMs));
        timers.push(setTimeout(() => this.replaceStuck(thread), stuckAfterMs));
      });
      const settle: Pending['settle'] = (outcome) => {
        this.pending.delete(id);
        cancelling?.dispose();
        for (const timer of timers) clearTimeout(timer);
        if (this.renewWanted && !this.busy) void this.renew();
        if ('error' in outcome) reject(outcome.error);
        // The thread is of the same build, and answers a call by its name.
        else resolve(outcome.value as OutputOf<Name>);
      };
      this.pending.set(id, { ...options, settle });
      try {
        // The pairing of name and input is held by this function's own signature.
        this.live().postMessage({ kind: 'call', id, call, input } as ToEngine);
      } catch (error) {
        settle({ error: error instanceof Error ? error : new Error(String(error)) });
      }
    });
  }

  /** Closes the thread so that the next call starts it with new options. Running calls end. */
  async renew(): Promise<void> {
    this.renewWanted = false;
    const thread = this.thread;
    if (thread === undefined) return;
    this.letGo(thread, new Cancelled());
    const closed = new Promise<void>((resolve) => (this.closing = resolve));
    thread.postMessage({ kind: 'close' });
    await Promise.race([closed, wait(letGoAfterMs)]);
    await thread.terminate();
  }

  /** As `renew`, once no call is under way. */
  renewWhenIdle(): void {
    this.renewWanted = true;
    if (!this.busy) void this.renew();
  }

  get busy(): boolean {
    return this.pending.size > 0;
  }

  async dispose(): Promise<void> {
    await this.renew();
    this.broken.dispose();
  }

  private live(): Thread {
    if (this.thread !== undefined) return this.thread;
    const thread = this.startThread();
    thread.on('message', (message) => this.take(readFromEngine(message), thread));
    thread.on('error', (error) => this.broke(thread, error));
    thread.on('exit', () => this.broke(thread, new Error('The engine thread ended.')));
    thread.postMessage({ kind: 'open', options: this.options() });
    this.thread = thread;
    return thread;
  }

  private take(message: FromEngine | null, thread: Thread): void {
    if (message === null) return;
    this.brokeOnce = false;
    switch (message.kind) {
      case 'reply':
        return this.pending.get(message.id)?.settle({ value: message.value });
      case 'failure':
        return this.pending.get(message.id)?.settle({ error: errorOf(message.error) });
      case 'changed':
        return this.pending.get(message.id)?.onChanged?.(message.run, message.rows);
      case 'writing':
        return this.pending.get(message.id)?.onWriting?.(message.texts);
      case 'progress':
        return this.pending.get(message.id)?.onProgress?.(message.progress);
      case 'ask':
      case 'askCancel':
        void this.answers?.take(message, (answer) => thread.postMessage(answer));
        return;
      case 'closed':
        this.closing?.();
    }
  }

  private broke(thread: Thread, cause: unknown): void {
    if (this.thread !== thread) return;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.letGo(thread, error);
    if (this.brokeOnce) return;
    this.brokeOnce = true;
    this.broken.announce(error);
  }

  private replaceStuck(thread: Thread | undefined): void {
    if (thread === undefined || this.thread !== thread) return;
    this.letGo(thread, new Cancelled());
    void thread.terminate();
  }

  private letGo(thread: Thread, error: Error): void {
    if (this.thread === thread) this.thread = undefined;
    this.answers?.endAll();
    for (const call of [...this.pending.values()]) call.settle({ error });
  }
}

function errorOf({ code, message, mend }: EngineFailure): Error {
  if (code === cancelledCode) return new Cancelled(message);
  if (code === 'unexpected') return new Error(message);
  return new UserError({ code, message, ...(mend === undefined ? {} : { mend }) });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
