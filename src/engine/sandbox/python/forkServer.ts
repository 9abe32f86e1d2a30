import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { SandboxEnd, SandboxOutcome } from '../../domain/ports';
import type { Limits } from '../../domain/task';

const ends: readonly SandboxEnd[] = [
  'finished',
  'died',
  'timedOut',
  'outOfMemory',
  'outputExceeded',
];
/** What the process of a job is to the one in the sandbox beside: see fork_server.py. */
export const roles = { alone: 0, serves: 1, asks: 2 } as const;
export type Role = keyof typeof roles;

/** A command that starts a fork server in a sandbox, and what it reads on `filterDescriptor`. */
export interface WrappedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly filter: Buffer | null;
}

/** Where bubblewrap finds the filter of system calls. */
export const filterDescriptor = 4;

/** Added to the end of a reply where the process waits for more of the same tests. */
const keptFlag = 0x80;
const headBytes = 4 + 1 + 4 * 4;
const jobHeadBytes = 6 * 4;
/** Told where there is no bound on processor time. */
const unbounded = 0;
const maxErrorChars = 4000;
/** How long past its own limit a job may stay unanswered before the whole sandbox is replaced. */
const graceMs = 3000;
const startMs = 15_000;

/** One sandbox with its warm Python. Takes one job at a time; `alive` is false once it ended. */
export class ForkServer {
  readonly ready: Promise<void>;
  alive = true;
  /** The last job's process waits: a job of the role `asks` with no payload goes to it. */
  keeps = false;
  private readonly process: ChildProcess;
  private pending: ((outcome: SandboxOutcome | Error) => void) | null = null;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  private errors = '';

  /** `link` is our end of another server's link, which this one is to be joined to. */
  constructor(wrapped: WrappedCommand, link?: Duplex) {
    this.process = spawn(wrapped.command, wrapped.args, {
      stdio: ['pipe', 'pipe', 'pipe', link ?? 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    });
    const filter = this.process.stdio[filterDescriptor];
    filter?.on('error', () => undefined);
    if (filter && 'end' in filter) filter.end(wrapped.filter ?? '');
    this.process.stdout?.on('data', (data: Buffer) => this.take(data));
    this.process.stderr?.on('data', (data: Buffer) => {
      this.errors = (this.errors + data.toString('utf8')).slice(-maxErrorChars);
    });
    // A sandbox that ended while it was written to reports through its exit.
    this.process.stdin?.on('error', () => undefined);
    this.link?.on('error', () => undefined);
    this.process.on('error', (error) => this.end(error));
    this.process.on('close', (code, signal) => {
      const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      this.end(new Error(this.errors.trim() || `the sandbox ended (${how})`));
    });
    this.ready = this.next(startMs).then((answer) => {
      if (answer instanceof Error) throw answer;
    });
    this.ready.catch(() => undefined);
  }

  /** Our end of this server's link, while it has not been given to another. */
  get link(): Duplex | null {
    const link = this.process.stdio[3];
    return link instanceof Duplex ? link : null;
  }

  /** Runs one job; an Error where the sandbox itself failed. */
  run(payload: Buffer, limits: Limits, role: Role): Promise<SandboxOutcome | Error> {
    const head = Buffer.alloc(jobHeadBytes);
    const { timeoutMs, memoryMb, cpuMs = unbounded } = limits;
    const numbers = [1, payload.length, timeoutMs, memoryMb, cpuMs, roles[role]];
    numbers.forEach((number, place) => head.writeUInt32BE(Math.round(number), place * 4));
    const answer = this.next(limits.timeoutMs + graceMs);
    this.process.stdin?.write(Buffer.concat([head, payload]));
    return answer;
  }

  /** Ends the sandbox and everything in it. */
  kill(reason: string): void {
    this.process.kill('SIGKILL');
    this.end(new Error(reason));
  }

  private next(timeoutMs: number): Promise<SandboxOutcome | Error> {
    return new Promise((resolve) => {
      if (this.process.exitCode !== null || this.process.killed) {
        resolve(new Error('the sandbox has ended'));
        return;
      }
      const timer = setTimeout(() => this.kill('the sandbox did not answer in time'), timeoutMs);
      this.pending = (outcome) => {
        clearTimeout(timer);
        this.pending = null;
        resolve(outcome);
      };
    });
  }

  private end(error: Error): void {
    this.alive = false;
    this.pending?.(error);
  }

  private take(data: Buffer): void {
    this.received.push(data);
    this.receivedBytes += data.length;
    if (this.receivedBytes < headBytes) return;
    const bytes = this.received.length === 1 ? data : Buffer.concat(this.received);
    this.received = [bytes];
    const lengths = [9, 13, 17].map((place) => bytes.readUInt32BE(place));
    const [results = 0, output = 0, detail = 0] = lengths;
    const total = headBytes + results + output + detail;
    if (bytes.length < total) return;
    this.received = bytes.length > total ? [bytes.subarray(total)] : [];
    this.receivedBytes = bytes.length - total;
    const end = bytes.readUInt8(4);
    this.keeps = (end & keptFlag) !== 0;
    this.pending?.({
      end: ends[end & ~keptFlag] ?? 'infrastructure',
      durationMs: bytes.readUInt32BE(5) / 1000,
      messages: readMessages(bytes.subarray(headBytes, headBytes + results)),
      output: bytes.toString('utf8', headBytes + results, headBytes + results + output),
      detail: bytes.toString('utf8', headBytes + results + output, total),
    });
  }
}

/** What the harness told. Anything that is not whole or not JSON was not written by it. */
function readMessages(bytes: Buffer): unknown[] {
  const messages: unknown[] = [];
  let place = 0;
  while (place + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(place);
    if (place + 4 + length > bytes.length) break;
    try {
      messages.push(JSON.parse(bytes.toString('utf8', place + 4, place + 4 + length)));
    } catch {
      // Written by the program into the pipe of the harness: never a result.
    }
    place += 4 + length;
  }
  return messages;
}
