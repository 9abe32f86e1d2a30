import { readdirSync, readFileSync } from 'node:fs';

export interface TreeUse {
  /** Anonymous and shared memory that is resident. */
  readonly memoryMb: number;
  /** Processor time of those that are there, and of their children that ended. */
  readonly cpuMs: number;
}

const kilobytesPerMb = 1024;
/** The kernel tells times in hundredths of a second, whatever it counts in itself. */
const msPerTick = 10;
/** More than a sandbox may hold. */
const maxProcesses = 400;

/** What a process and all below it use now; what ends meanwhile is left out. */
export function treeUse(root: number): TreeUse {
  let kilobytes = 0;
  let ticks = 0;
  const open = [root];
  for (let count = 0; open.length > 0 && count < maxProcesses; count++) {
    const pid = String(open.pop());
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      for (const [, size] of status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+)/gm)) {
        kilobytes += Number(size);
      }
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      open.push(...childrenOf(Number(pid)));
    } catch {
      // It has ended.
    }
  }
  return { memoryMb: kilobytes / kilobytesPerMb, cpuMs: ticks * msPerTick };
}

/** Processes that a process started and that are there. Throws where it has ended. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${String(pid)}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${String(pid)}/task/${thread}/children`, 'utf8');
    return children.trim().split(/\s+/).filter(Boolean).map(Number);
  });
}
