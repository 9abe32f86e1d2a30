import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { SandboxEnd } from '../../domain/ports';
import type { Limits } from '../../domain/task';
import { maxPrintedChars } from '../../domain/verdict';

const ends: readonly SandboxEnd[] = [
  'finished',
  'died',
  'timedOut',
  'outOfMemory',
  'outputExceeded',
];
/** What the process of a job is to the one in the sandbox beside: see serving.py. */
const roles = { alone: 0, serves: 1, asks: 2, runs: 3, loads: 4 } as const;
export type Role = keyof typeof roles;

/** What one job left: for the role `runs`, `results` is what it wrote to its errors. */
export interface Served {
  readonly end: SandboxEnd;
  readonly durationMs: number;
  readonly results: Buffer;
  readonly output: Buffer;
  readonly detail: string;
}

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
const jobHeadBytes = 7 * 4;
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
  private pending: ((outcome: Served | Error) => void) | null = null;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  /** Length of the reply that has begun to come. */
  private awaitedBytes = 0;
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
  run(
    payload: Buffer,
    limits: Limits,
    role: Role,
    outputBytes: number = maxPrintedChars,
  ): Promise<Served | Error> {
    const head = Buffer.alloc(jobHeadBytes);
    const { timeoutMs, memoryMb, cpuMs = unbounded } = limits;
    const numbers = [1, payload.length, timeoutMs, memoryMb, cpuMs, roles[role], outputBytes];
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

  private next(timeoutMs: number): Promise<Served | Error> {
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
    if (this.receivedBytes < Math.max(headBytes, this.awaitedBytes)) return;
    const bytes = this.received.length === 1 ? data : Buffer.concat(this.received);
    this.received = [bytes];
    const lengths = [9, 13, 17].map((place) => bytes.readUInt32BE(place));
    const [results = 0, output = 0, detail = 0] = lengths;
    const total = headBytes + results + output + detail;
    this.awaitedBytes = bytes.length < total ? total : 0;
    if (bytes.length < total) return;
    this.received = bytes.length > total ? [bytes.subarray(total)] : [];
    this.receivedBytes = bytes.length - total;
    const end = bytes.readUInt8(4);
    this.keeps = (end & keptFlag) !== 0;
    this.pending?.({
      end: ends[end & ~keptFlag] ?? 'infrastructure',
      durationMs: bytes.readUInt32BE(5) / 1000,
      results: bytes.subarray(headBytes, headBytes + results),
      output: bytes.subarray(headBytes + results, headBytes + results + output),
      detail: bytes.toString('utf8', headBytes + results + output, total),
    });
  }
}

/** The parts that a harness sent, each whole; what is cut off at the end is dropped. */
export function readFrames(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  let place = 0;
  while (place + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(place);
    if (place + 4 + length > bytes.length) break;
    frames.push(bytes.subarray(place + 4, place + 4 + length));
    place += 4 + length;
  }
  return frames;
}

/** No message of the harness is so long: what says so is other bytes, read as a length. */
const impossibleBytes = 256 * 1024 * 1024;
/** Stands for a whole message that the harness cannot have written. */
const unreadable = null;

/**
 * What the harness told. What is not whole was cut off where the process was ended; what is whole
 * and not JSON was not written by it, and is told as null.
 */
export function readMessages(bytes: Buffer): unknown[] {
  const frames = readFrames(bytes);
  const end = frames.reduce((place, { length }) => place + 4 + length, 0);
  const isOther = end + 4 <= bytes.length && bytes.readUInt32BE(end) > impossibleBytes;
  // An empty one says that the job has ended.
  const messages = frames.filter(({ length }) => length > 0).map(parsed);
  return isOther ? [...messages, unreadable] : messages;
}

function parsed(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString('utf8')) as unknown;
  } catch {
    return unreadable;
  }
}
