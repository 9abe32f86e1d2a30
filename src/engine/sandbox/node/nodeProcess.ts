import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { Printed } from '../printed';
import { childrenOf } from './processTree';

/** A command that starts a Node in a sandbox, and the filter of system calls for it. */
export interface NodeCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly filter: Buffer | null;
}

/** Where bubblewrap finds the filter of system calls. */
export const filterDescriptor = 5;
const engineDescriptor = 4;
const channelDescriptor = 3;
const headBytes = 4;
const maxMessageBytes = 1024 * 1024;
const maxMessagesBytes = 4 * 1024 * 1024;
const maxErrorChars = 4000;
const startMs = 15_000;

/**
 * One Node in a sandbox of its own. It boots, and waits for one job. What it tells comes through
 * `onMessage`; `gone` is settled when the process and all in its sandbox have ended.
 */
export class NodeProcess {
  readonly ready: Promise<void>;
  readonly gone: Promise<string>;
  readonly output = new Printed();
  /** The end of what it printed on stderr, where V8 tells why it gave up. */
  errors = '';
  hasEnded = false;
  onMessage: (message: unknown) => void = () => undefined;
  onOutput: () => void = () => undefined;
  private readonly child: ChildProcess;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  private totalBytes = 0;
  private isKilled = false;
  private booted: () => void = () => undefined;

  /** `link` is our end of another process' channel, which this one is to be joined to. */
  constructor(command: NodeCommand, link?: Duplex) {
    this.child = spawn(command.command, command.args, {
      stdio: ['ignore', 'pipe', 'pipe', link ?? 'pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    });
    const stdio: readonly (Readable | Writable | null | undefined)[] = this.child.stdio;
    for (const stream of stdio) stream?.on('error', () => undefined);
    const filter = stdio[filterDescriptor];
    if (filter && 'end' in filter) filter.end(command.filter ?? '');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (data: Buffer) => this.print(data, stream === this.child.stderr));
    }
    (stdio[engineDescriptor] as Readable | undefined)?.on('data', (data: Buffer) =>
      this.take(data),
    );
    this.gone = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(error.message));
      this.child.on('close', (code, signal) => resolve(howItEnded(code, signal)));
    });
    void this.gone.then(() => (this.hasEnded = true));
    this.ready = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill(), startMs);
      this.booted = () => {
        clearTimeout(timer);
        resolve();
      };
      void this.gone.then((how) => {
        clearTimeout(timer);
        reject(new Error(this.errors.trim() || `the sandbox ended (${how})`));
      });
    });
    this.ready.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Our end of this process' channel, while it has not been given to another. */
  get link(): Duplex | null {
    const link = this.child.stdio[channelDescriptor];
    return link instanceof Duplex ? link : null;
  }

  send(job: unknown): void {
    const text = Buffer.from(JSON.stringify(job), 'utf8');
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(text.length, 0);
    const engine = this.child.stdio[engineDescriptor];
    if (engine instanceof Duplex) engine.write(Buffer.concat([head, text]));
  }

  /**
   * Ends the sandbox and everything in it. What bubblewrap has just started does not yet end with
   * it: that is ended first, or else by its end of our socket, on which it waits.
   */
  kill(): void {
    if (this.hasEnded || this.isKilled) return;
    this.isKilled = true;
    try {
      for (const pid of childrenOf(this.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
    this.child.kill('SIGKILL');
    const engine = this.child.stdio[engineDescriptor];
    if (engine instanceof Duplex) engine.destroy();
  }

  private print(data: Buffer, isError: boolean): void {
    const text = data.toString('utf8');
    this.output.add(text);
    if (isError) this.errors = (this.errors + text).slice(-maxErrorChars);
    this.onOutput();
  }

  /** Anything that is too long, too much or no JSON was not written by our own code. */
  private take(data: Buffer): void {
    this.received.push(data);
    this.receivedBytes += data.length;
    this.totalBytes += data.length;
    if (this.totalBytes > maxMessagesBytes) {
      this.kill();
      return;
    }
    while (this.receivedBytes >= headBytes) {
      const bytes = Buffer.concat(this.received);
      this.received = [bytes];
      const total = headBytes + bytes.readUInt32BE(0);
      if (total > maxMessageBytes) {
        this.kill();
        return;
      }
      if (bytes.length < total) return;
      this.received = bytes.length > total ? [bytes.subarray(total)] : [];
      this.receivedBytes = bytes.length - total;
      this.tell(bytes.toString('utf8', headBytes, total));
    }
  }

  private tell(text: string): void {
    try {
      const message: unknown = JSON.parse(text);
      this.booted();
      this.onMessage(message);
    } catch {
      this.kill();
    }
  }
}

function howItEnded(code: number | null, signal: string | null): string {
  if (signal !== null) return `signal ${signal}`;
  // As a shell does, bubblewrap tells the signal that ended what it ran by its number.
  return code !== null && code > 128 ? `signal ${String(code - 128)}` : `exit code ${String(code)}`;
}
