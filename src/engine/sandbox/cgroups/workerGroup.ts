import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxEnd } from '../../domain/ports';
import type { NotRun } from '../pool';
import type { CgroupParent, GroupLayer } from './findCgroups';

/** What a worker's sandbox holds beside the memory of its program: interpreters, tests, pages. */
const ownMb = 1024;
const bytesPerMb = 1024 * 1024;
/** A program may have 64 processes; the rest are the sandbox itself, tests included. */
const maxProcesses = 160;
const removeTries = 40;
const removeEveryMs = 25;
const prefix = 'flywheel-';
let made = 0;

/**
 * Control groups around one worker: the kernel's own bound on the memory and the processes of
 * everything in it, beside the watchdog of the fork server. One group per hierarchy.
 */
export class WorkerGroup {
  private heldMb = 0;
  private kills = 0;
  private gone = false;
  private removed: Promise<void> | null = null;

  private constructor(private readonly groups: readonly Group[]) {}

  /** Null where none could be made; then the watchdog alone holds, and nothing else changes. */
  static make(parents: readonly CgroupParent[], options: GroupOptions = {}): WorkerGroup | null {
    const groups = parents.flatMap((parent) => makeGroup(parent, options));
    return groups.length > 0 ? new WorkerGroup(groups) : null;
  }

  /** The command that enters the groups first and then becomes the given one. */
  entering(command: string, args: readonly string[]): { command: string; args: string[] } {
    const files = this.groups.map(({ folder }) => path.join(folder, 'cgroup.procs'));
    // A sandbox that could not enter must not start: the pool replaces it by one outside.
    const enter =
      'while [ "$1" != -- ]; do echo 0 > "$1" || exit 97; shift; done; shift; exec "$@"';
    return { command: '/bin/sh', args: ['-c', enter, 'sh', ...files, '--', command, ...args] };
  }

  /** Sets the bound for the next program; cheap where it stays the same. */
  holdMemory(programMb: number): void {
    if (programMb === this.heldMb) return;
    this.heldMb = programMb;
    const bytes = String((programMb + ownMb) * bytesPerMb);
    for (const { folder, parent } of this.groups) {
      if (parent.bounds.includes('memory')) tryWrite(folder, memoryFile[parent.version], bytes);
    }
  }

  /** Whether the kernel ended a process for its memory since this was last asked. */
  ranOutOfMemory(): boolean {
    const before = this.kills;
    this.kills = this.groups.reduce((sum, group) => sum + killsIn(group), 0);
    return this.kills > before;
  }

  /**
   * Removes the groups once what was in them has ended. Waits a second at most: what stays then
   * is swept at the next start.
   */
  remove(): Promise<void> {
    this.removed ??= this.removeAll();
    return this.removed;
  }

  /** Nothing of it is left. */
  get isGone(): boolean {
    return this.gone;
  }

  private async removeAll(): Promise<void> {
    let left = this.groups;
    for (let tries = 0; tries < removeTries; tries++) {
      left = left.filter(({ folder }) => !tryRemove(folder));
      if (left.length === 0) {
        this.gone = true;
        return;
      }
      await sleep(removeEveryMs);
    }
  }
}

export interface GroupOptions {
  /** Most processes of everything in it, the sandbox included. */
  readonly processes?: number;
  readonly makeFolder?: (folder: string) => unknown;
}

/** The control groups of the workers of one sandbox, so that all are gone once it is closed. */
export class WorkerGroups {
  private readonly groups = new Set<WorkerGroup>();

  /** Null where none could be made. */
  make(parents: readonly CgroupParent[], options: GroupOptions = {}): WorkerGroup | null {
    for (const known of this.groups) if (known.isGone) this.groups.delete(known);
    const group = WorkerGroup.make(parents, options);
    if (group) this.groups.add(group);
    return group;
  }

  /** Waits for groups whose workers were ended, each a second at most. */
  async close(): Promise<void> {
    await Promise.all([...this.groups].map((group) => group.remove()));
  }
}

/** Runs one job within the memory of a group, and says so where the kernel ended it for that. */
export async function heldBy<T extends Ended>(
  group: WorkerGroup | null,
  memoryMb: number,
  run: () => Promise<T | Error>,
  notRun: NotRun<T>,
): Promise<T | Error> {
  if (!group) return run();
  group.holdMemory(memoryMb);
  const began = performance.now();
  const outcome = await run();
  const isOdd = outcome instanceof Error || outcome.end === 'died';
  if (!isOdd || !group.ranOutOfMemory()) return outcome;
  // The kernel was quicker than the watchdog, and may have ended the server itself.
  const durationMs = performance.now() - began;
  const detail = 'ended by the kernel at the memory bound of its control group';
  const told =
    outcome instanceof Error ? { ...notRun('outOfMemory', detail), durationMs } : outcome;
  return { ...told, end: 'outOfMemory', detail };
}

interface Ended {
  readonly end: SandboxEnd;
  readonly durationMs: number;
  readonly detail?: string;
}

/** Removes groups of processes that are gone, however they ended. */
export function sweepGroups(parents: readonly CgroupParent[]): void {
  for (const { folder } of parents) {
    for (const name of namesIn(folder)) {
      const [pid = '', began = ''] = name.slice(prefix.length).split('-');
      if (name.startsWith(prefix) && startOf(pid) !== began) tryRemove(path.join(folder, name));
    }
  }
}

/** What new groups would bound, found by making one. */
export function boundsThatHold(parents: readonly CgroupParent[]): GroupLayer[] {
  const held = parents.flatMap((parent) => {
    const [group] = makeGroup(parent);
    if (!group) return [];
    tryRemove(group.folder);
    return parent.bounds;
  });
  return [...new Set(held)];
}

/** To be said behind what else bounds it. */
export function sayGrouped(groups: readonly GroupLayer[], bound: GroupLayer): string {
  return groups.includes(bound) ? ', and by a control group' : '; no control group can be had here';
}

interface Group {
  readonly folder: string;
  readonly parent: CgroupParent;
}

const memoryFile = { 1: 'memory.limit_in_bytes', 2: 'memory.max' } as const;
const killsFile = { 1: 'memory.oom_control', 2: 'memory.events' } as const;

function makeGroup(parent: CgroupParent, options: GroupOptions = {}): Group[] {
  const { processes = maxProcesses, makeFolder = mkdirSync } = options;
  const name = `${prefix}${String(process.pid)}-${startOf('self') ?? '0'}-${String(++made)}`;
  const folder = path.join(parent.folder, name);
  try {
    makeFolder(folder);
  } catch {
    return [];
  }
  const memory = String(2 * ownMb * bytesPerMb);
  const isBounded = parent.bounds.every((bound) =>
    bound === 'memory'
      ? tryWrite(folder, memoryFile[parent.version], memory)
      : tryWrite(folder, 'pids.max', String(processes)),
  );
  if (isBounded) return [{ folder, parent }];
  tryRemove(folder);
  return [];
}

function killsIn({ folder, parent }: Group): number {
  if (!parent.bounds.includes('memory')) return 0;
  try {
    const text = readFileSync(path.join(folder, killsFile[parent.version]), 'utf8');
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** When a process began, in ticks since the machine started: with its number, it is that one. */
function startOf(pid: string): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets before it, may hold anything.
    return text.slice(text.lastIndexOf(') ') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function tryWrite(folder: string, file: string, text: string): boolean {
  try {
    // Such files are there already: one that is not must not be made.
    writeFileSync(path.join(folder, file), text, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}

function tryRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
