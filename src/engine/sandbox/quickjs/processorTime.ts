import { closeSync, openSync, readSync } from 'node:fs';

/** How often a clock that costs a system call is looked at, in wall time. */
const lookEachMs = 5;

/**
 * Tells whether this thread has used more than `cpuMs` of processor time from now on. Newer
 * versions of Node have a clock for it, and Linux has one for those that have not; elsewhere
 * nothing is told, and the wall clock alone ends a program.
 */
export function processorBound(cpuMs: number | undefined): () => boolean {
  const usedMs = clock;
  if (cpuMs === undefined || usedMs === null) return () => false;
  const most = usedMs() + cpuMs;
  let lookedMs = performance.now();
  let isUsed = false;
  return () => {
    const nowMs = performance.now();
    if (!isUsed && nowMs - lookedMs >= lookEachMs) {
      lookedMs = nowMs;
      isUsed = usedMs() > most;
    }
    return isUsed;
  };
}

const clock = nodeClock() ?? linuxClock();

function nodeClock(): (() => number) | null {
  const usage = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage;
  if (usage === undefined) return null;
  return () => {
    const { user, system } = usage();
    return (user + system) / 1000;
  };
}

/** The first number of a thread's `schedstat` is its time on a processor, in nanoseconds. */
export function linuxClock(): (() => number) | null {
  const buffer = Buffer.alloc(128);
  try {
    // Opened by this thread, it stays that of this thread.
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const usedMs = (): number => {
      const length = readSync(file, buffer, 0, buffer.length, 0);
      return Number.parseInt(buffer.toString('latin1', 0, length), 10) / 1e6;
    };
    if (usedMs() > 0) return usedMs;
    closeSync(file);
  } catch {
    // No such file: another system, or a kernel without these numbers.
  }
  return null;
}
