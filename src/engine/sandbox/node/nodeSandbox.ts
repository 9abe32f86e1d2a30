import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox, SandboxJob, SandboxOutcome, SandboxReport } from '../../domain/ports';
import { boundsThatHold, type WorkerGroup, WorkerGroups } from '../cgroups/workerGroup';
import { jobNotRun, tryTwice } from '../pool';
import { mendFor } from '../python/mend';
import { systemCallFilter } from '../python/systemCalls';
import type { QuickJsPayload } from '../quickjs/protocol';
import { nodeBubblewrapArguments } from './nodeBubblewrap';
import { NodePair, type NodeRole, type PairKind } from './nodePair';
import { filterDescriptor, type NodeCommand } from './nodeProcess';
import { NodeStock } from './nodeStock';
import { prepareNode, type PreparedNode, unusableNode } from './prepareNode';
import { probeNode } from './probeNode';

export interface NodeSandboxOptions {
  readonly assetsFolder: string;
  readonly workers: number;
  /** A Node the user named. */
  readonly node?: string;
}

/** Users that Nodes run as where we are root: each of a process has its own, below Python's. */
const firstSandboxUid = 50_000;
const uidsPerProcess = 128;
const uidBlocks = 78;
/** Each Node of a pair may have 96 threads and processes; the rest are the sandboxes themselves. */
const pairProcesses = 208;
const closeMs = 2000;
const languages = ['javascript', 'typescript'] as const;

/**
 * JavaScript that needs Node's own API, each job in fresh Nodes inside bubblewrap (Linux), started
 * ahead. Takes the jobs of the sandbox of QuickJS, and tells what came of them in the same form.
 */
export class NodeSandbox implements Sandbox {
  private readonly stock: NodeStock<PairKind, NodePair>;
  private readonly groups = new WorkerGroups();
  private prepared: Promise<PreparedNode | SandboxReport> | null = null;
  private found: PreparedNode | null = null;
  private started = 0;

  constructor(private readonly options: NodeSandboxOptions) {
    this.stock = new NodeStock(
      options.workers,
      (a, b) => a.apart === b.apart && a.memoryMb === b.memoryMb,
      (kind) => this.start(kind),
    );
  }

  async probe(): Promise<SandboxReport> {
    const prepared = await this.prepare();
    if ('usable' in prepared) return prepared;
    const { executable, version } = prepared.node;
    const detail = `Node ${version} at ${executable}, ${prepared.bwrapVersion}, ${prepared.asRoot ? 'as root, programs as their own user' : 'as an ordinary user'}`;
    const signal = new AbortController().signal;
    const layers = await probeNode(
      (job) => this.run(job, signal),
      executable,
      boundsThatHold(prepared.cgroups),
    );
    if (layers instanceof Error) {
      const mend = await mendFor(layers.message);
      return {
        ...unusableNode(`Node does not run in bubblewrap here: ${layers.message}`, mend),
        detail,
      };
    }
    return { name: 'bubblewrap with Node', languages, usable: true, layers, detail };
  }

  /** Why no Node can be had here, with what to do; null where there is one. */
  async missing(): Promise<string | null> {
    const prepared = await this.prepare();
    return 'usable' in prepared
      ? [prepared.problem, prepared.mend].filter(Boolean).join('. ')
      : null;
  }

  async run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome> {
    const prepared = await this.prepare();
    if ('usable' in prepared) {
      return jobNotRun('infrastructure', prepared.problem ?? 'no sandbox');
    }
    const payload = job.payload as QuickJsPayload;
    const kind = { apart: payload.apart !== undefined, memoryMb: Math.ceil(job.limits.memoryMb) };
    const attempt = (isFresh: boolean): Promise<SandboxOutcome | Error | 'cancelled'> =>
      this.stock.lend(kind, (pair) => pair.run(payload, job.limits, signal), signal, isFresh);
    return tryTwice(attempt, signal, jobNotRun);
  }

  async close(): Promise<void> {
    await Promise.race([this.stock.close(), sleep(closeMs, undefined, { ref: false })]);
    await this.groups.close();
  }

  private prepare(): Promise<PreparedNode | SandboxReport> {
    this.prepared ??= prepareNode(this.options.node).then((prepared) => {
      if (!('usable' in prepared)) this.found = prepared;
      return prepared;
    });
    return this.prepared;
  }

  private start(kind: PairKind): NodePair {
    const prepared = this.found;
    if (!prepared) throw new Error('a sandbox was asked for before it was prepared');
    const group = this.groups.make(prepared.cgroups, { processes: pairProcesses });
    const wrap = (role: NodeRole, memoryMb: number): NodeCommand =>
      this.command(prepared, role, memoryMb, group);
    return new NodePair(kind, wrap, group);
  }

  private command(
    prepared: PreparedNode,
    role: NodeRole,
    memoryMb: number,
    group: WorkerGroup | null,
  ): NodeCommand {
    const filter = prepared.help.includes('--seccomp') ? systemCallFilter() : null;
    const first = firstSandboxUid + (process.pid % uidBlocks) * uidsPerProcess;
    const args = nodeBubblewrapArguments({
      executable: prepared.node.executable,
      libraries: prepared.libraries,
      tools: prepared.tools,
      help: prepared.help,
      bootFolder: path.join(this.options.assetsFolder, 'node'),
      role,
      memoryMb,
      filterDescriptor: filter ? filterDescriptor : null,
      sandboxUid: prepared.asRoot ? first + (this.started++ % uidsPerProcess) : null,
    });
    return { filter, ...(group?.entering('bwrap', args) ?? { command: 'bwrap', args }) };
  }
}
