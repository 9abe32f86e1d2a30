import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';

/** Processor time that this process and all that it started have used. */
export interface ProcessorTime {
  /** Where it is read from, for the reader of the figures. */
  readonly source: string;
  readonly usedMs: () => number;
  readonly close: () => void;
}

/**
 * Counted by the kernel for a group of processes of our own (cgroup v1 `cpuacct`) where we may
 * make one, which misses nothing; else the sum over /proc of this process and its descendants,
 * with their children that ended.
 */
export function openProcessorTime(): ProcessorTime {
  const folder = `/sys/fs/cgroup/cpuacct/flywheel-bench-${String(process.pid)}`;
  try {
    mkdirSync(folder);
    writeFileSync(`${folder}/cgroup.procs`, String(process.pid));
    return {
      source: 'cgroup cpuacct',
      usedMs: () => Number(readFileSync(`${folder}/cpuacct.usage`, 'utf8')) / 1e6,
      close: () => {
        writeFileSync('/sys/fs/cgroup/cpuacct/cgroup.procs', String(process.pid));
        // Last of all: the folder goes only once what we started has ended.
        process.once('exit', () => removeEmptied(folder));
      },
    };
  } catch {
    return { source: '/proc', usedMs: usedByTree, close: () => undefined };
  }
}

function removeEmptied(folder: string): void {
  const until = Date.now() + 2000;
  for (;;) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      if (Date.now() > until) return console.error(`${folder} is left: ${String(error)}`);
    }
  }
}

const ticksPerSecond = 100;

function usedByTree(): number {
  const processes = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // proc(5): after the name come the state and the parent; times stand from the 12th on.
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      return [{ id: Number(name), parent: Number(fields[1]), ticks }];
    } catch {
      return [];
    }
  });
  const tree = new Set([process.pid]);
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const { id, parent } of processes) if (tree.has(parent)) tree.add(id);
  }
  const ticks = processes.reduce((sum, { id, ticks }) => sum + (tree.has(id) ? ticks : 0), 0);
  return (ticks * 1000) / ticksPerSecond;
}
