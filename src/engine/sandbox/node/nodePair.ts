import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { SandboxEnd, SandboxOutcome } from '../../domain/ports';
import type { Limits } from '../../domain/task';
import type { QuickJsPayload, ScriptResult } from '../quickjs/protocol';
import { heldBy, type WorkerGroup } from '../cgroups/workerGroup';
import { jobNotRun } from '../pool';
import { NodeProcess, type NodeCommand } from './nodeProcess';
import { treeUse } from './processTree';

/** What a Node holds before it runs anything. */
const ownMemoryMb = 64;
const checkMs = 100;
/** How long the end of a process is waited for that its tests have already met. */
const deathMs = 500;
const besideMemoryMb = 512;
/** Who printed so much when memory ran out has it there, unread. */
const floodChars = 1024 * 1024;
/** Kept back from the time of a job that has something to tell when time is out. */
const lateMs = 200;

export type NodeRole = 'program' | 'tests';

/** What a pair is started for: with a program in a process of its own, and that much memory. */
export interface PairKind {
  readonly apart: boolean;
  readonly memoryMb: number;
}

/**
 * A Node for tests and, where they are judged apart, another for their program, each in a sandbox
 * of its own, joined by a channel that nothing else holds. For one job only.
 */
export class NodePair {
  readonly ready: Promise<unknown>;
  readonly gone: Promise<unknown>;
  private readonly tests: NodeProcess;
  private readonly program: NodeProcess | null;
  private readonly nonce = randomUUID();

  constructor(
    readonly kind: PairKind,
    wrap: (role: NodeRole, memoryMb: number) => NodeCommand,
    /** Bounds both processes, which enter it as they start. */
    private readonly group: WorkerGroup | null = null,
  ) {
    group?.holdMemory(kind.memoryMb);
    const { apart, memoryMb } = kind;
    this.tests = new NodeProcess(wrap('tests', apart ? besideMemoryMb : memoryMb));
    const { link } = this.tests;
    this.program = apart && link ? new NodeProcess(wrap('program', memoryMb), link) : null;
    // An end of ours would keep the channel open for nobody.
    link?.destroy();
    const processes = this.program ? [this.tests, this.program] : [this.tests];
    this.ready = Promise.all(processes.map(({ ready }) => ready));
    this.ready.catch(() => undefined);
    this.gone = Promise.all(processes.map(({ gone }) => gone));
    void this.gone.then(() => group?.remove());
  }

  get isUsable(): boolean {
    return !this.tests.hasEnded && this.program?.hasEnded !== true;
  }

  kill(): void {
    this.tests.kill();
    this.program?.kill();
  }

  /** Runs one job; an Error where a sandbox itself did not start. To be killed afterwards. */
  async run(
    payload: QuickJsPayload,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<SandboxOutcome | Error> {
    const cancel = (): void => this.kill();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await this.ready;
    } catch (error) {
      this.kill();
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
    const job = new RunningJob(this.tests, this.program, this.nonce);
    return heldBy(
      this.group,
      this.kind.memoryMb,
      () => job.run(payload, limits, signal),
      jobNotRun,
    );
  }
}

const resultSchema: z.ZodType<ScriptResult> = z.object({
  id: z.string(),
  ok: z.boolean(),
  value: z.string().optional(),
  compiled: z.literal(false).optional(),
  error: z
    .object({
      name: z.string(),
      message: z.string(),
      stack: z.string(),
      expected: z.string().optional(),
      actual: z.string().optional(),
      asserted: z.boolean(),
    })
    .optional(),
}) as z.ZodType<ScriptResult>;

const messageSchema = z.object({
  nonce: z.string(),
  result: resultSchema.optional(),
  final: z.object({ lost: z.string().optional(), isLate: z.boolean().optional() }).optional(),
});

/** Watches the processes of one job until it ends in one of the ways there are. */
class RunningJob {
  private readonly messages: ScriptResult[] = [];
  private end: (end: SandboxEnd, detail?: string) => void = () => undefined;
  /** What runs the program: its own process, or that of the tests. */
  private readonly watched: NodeProcess;

  constructor(
    private readonly tests: NodeProcess,
    private readonly program: NodeProcess | null,
    private readonly nonce: string,
  ) {
    this.watched = program ?? tests;
  }

  async run(
    { scripts, apart }: QuickJsPayload,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<SandboxOutcome> {
    const began = performance.now();
    const ended = new Promise<{ end: SandboxEnd; detail?: string | undefined }>((resolve) => {
      this.end = (end, detail) => resolve({ end, detail });
    });
    const cancel = (): void => this.end('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
    const deadline = setTimeout(() => this.end('timedOut'), limits.timeoutMs);
    const check = setInterval(this.checker(limits), checkMs);
    this.listen();
    this.program?.send({ scripts: apart?.scripts, lookup: apart?.lookup });
    const ids = apart?.scripts.map(({ id }) => id);
    const ownMs = Math.min(limits.timeoutMs, limits.cpuMs ?? Infinity);
    const stop = scripts.some(({ evenLate }) => evenLate)
      ? { stopMs: Math.max(ownMs / 2, ownMs - lateMs) }
      : {};
    this.tests.send({ nonce: this.nonce, scripts, ...stop, ...(ids ? { apart: { ids } } : {}) });
    const { end, detail } = await ended;
    clearTimeout(deadline);
    clearInterval(check);
    signal.removeEventListener('abort', cancel);
    const durationMs = performance.now() - began;
    // What was printed before the last answer lies in the pipes: two turns read them.
    await nextTurn();
    await nextTurn();
    // What printed faster than it was read ran out of memory for that alone.
    const isFlood = end === 'outOfMemory' && this.watched.output.length > floodChars;
    return {
      end: isFlood ? 'outputExceeded' : end,
      messages: this.messages,
      output: this.watched.output.toString(),
      durationMs,
      ...(detail === undefined ? {} : { detail }),
    };
  }

  private listen(): void {
    this.tests.onMessage = (message) => this.take(message);
    for (const process of [this.tests, this.program]) {
      if (!process) continue;
      process.onOutput = () => {
        if (process.output.isTooMuch) this.end('outputExceeded');
      };
      void process.gone.then((how) => this.end(endOf(process), how));
      process.onOutput();
    }
  }

  private take(message: unknown): void {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success || parsed.data.nonce !== this.nonce) return;
    const { result, final } = parsed.data;
    if (result) this.messages.push(result);
    if (!final) return;
    if (final.isLate === true) this.end('timedOut');
    else if (final.lost === undefined) this.end('finished');
    else void this.tellLoss(final.lost);
  }

  /** The program's process does not answer any more: how it ended is told where it has. */
  private async tellLoss(why: string): Promise<void> {
    await sleep(deathMs, undefined, { ref: false });
    this.end('died', why);
  }

  private checker({ memoryMb, cpuMs }: Limits): () => void {
    const { pid = 0 } = this.watched;
    const usedBefore = cpuMs === undefined ? 0 : treeUse(pid).cpuMs;
    return () => {
      const use = treeUse(pid);
      if (use.memoryMb > memoryMb + ownMemoryMb) {
        this.end('outOfMemory', 'resident memory of all its processes');
      } else if (cpuMs !== undefined && use.cpuMs - usedBefore > cpuMs) this.end('timedOut');
      else if (this.program && treeUse(this.tests.pid ?? 0).memoryMb > besideMemoryMb + ownMemoryMb)
        this.end('outOfMemory', 'the tests');
    };
  }
}

/** V8 tells on stderr that it gave up for memory; a program that prints so itself loses no less. */
function endOf({ errors }: NodeProcess): SandboxEnd {
  return /FATAL ERROR:.*(?:out of memory|heap limit)/i.test(errors) ? 'outOfMemory' : 'died';
}
