import { execa } from 'execa';
import type { SandboxEnd, SandboxOutcome } from '../../domain/ports';
import type { Limits } from '../../domain/task';

const ends: readonly SandboxEnd[] = [
  'finished',
  'died',
  'timedOut',
  'outOfMemory',
  'outputExceeded',
];
const headBytes = 4 + 1 + 4 * 4;
const maxErrorChars = 4000;
/** How long past its own limit a job may stay unanswered before the whole sandbox is replaced. */
const graceMs = 3000;
const startMs = 15_000;

/** One sandbox with its warm Python. Takes one job at a time; `alive` is false once it ended. */
export class ForkServer {
  readonly ready: Promise<void>;
  alive = true;
  private readonly process: ReturnType<typeof start>;
  private pending: ((outcome: SandboxOutcome | Error) => void) | null = null;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  private errors = '';

  constructor(command: string, args: readonly string[]) {
    this.process = start(command, args);
    this.process.stdout.on('data', (data: Buffer) => this.take(data));
    this.process.stderr.on('data', (data: Buffer) => {
      this.errors = (this.errors + data.toString('utf8')).slice(-maxErrorChars);
    });
    // A sandbox that ended while it was written to reports through its exit.
    this.process.stdin.on('error', () => undefined);
    void this.process.then((result) =>
      this.end(new Error(this.errors.trim() || result.shortMessage)),
    );
    this.ready = this.next(startMs).then((answer) => {
      if (answer instanceof Error) throw answer;
    });
    this.ready.catch(() => undefined);
  }

  /** Runs one job; an Error where the sandbox itself failed. */
  async run(payload: Buffer, limits: Limits, signal: AbortSignal): Promise<SandboxOutcome | Error> {
    const head = Buffer.alloc(16);
    head.writeUInt32BE(1, 0);
    head.writeUInt32BE(payload.length, 4);
    head.writeUInt32BE(Math.round(limits.timeoutMs), 8);
    head.writeUInt32BE(Math.round(limits.memoryMb), 12);
    const answer = this.next(limits.timeoutMs + graceMs);
    const cancel = (): void => this.kill('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    this.process.stdin.write(Buffer.concat([head, payload]));
    try {
      const outcome = await answer;
      return signal.aborted ? cancelled : outcome;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Ends the sandbox and everything in it. */
  kill(reason: string): void {
    this.alive = false;
    this.process.kill('SIGKILL');
    this.end(new Error(reason));
  }

  private next(timeoutMs: number): Promise<SandboxOutcome | Error> {
    return new Promise((resolve) => {
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
    this.pending?.({
      end: ends[bytes.readUInt8(4)] ?? 'infrastructure',
      durationMs: bytes.readUInt32BE(5) / 1000,
      messages: readMessages(bytes.subarray(headBytes, headBytes + results)),
      output: bytes.toString('utf8', headBytes + results, headBytes + results + output),
      detail: bytes.toString('utf8', headBytes + results + output, total),
    });
  }
}

function start(command: string, args: readonly string[]) {
  return execa(command, args, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    extendEnv: false,
  });
}

export const cancelled: SandboxOutcome = {
  end: 'cancelled',
  messages: [],
  output: '',
  durationMs: 0,
};

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
