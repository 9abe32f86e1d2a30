/** A span of time in minutes that holds its start but not its end. */
export interface Slot {
  start: number;
  end: number;
}

export interface Session {
  first: number;
  last: number;
  count: number;
}

export interface Job {
  name: string;
  minutes: number;
  deadline: number;
}

export interface Plan {
  order: string[];
  late: string[];
}

function byStart(slots: readonly Slot[]): Slot[] {
  return [...slots].sort((a, b) => a.start - b.start);
}

/**
 * Returns the largest number of slots that run at the same moment, which is the number of rooms
 * that the meetings need. A slot that starts when another one ends does not meet it. Slots that
 * do not end after their start take no time and do not count.
 */
export function peakConcurrency(slots: readonly Slot[]): number {
  let peak = 0;
  let running: number[] = [];
  for (const slot of byStart(slots)) {
    if (slot.end <= slot.start) {
      continue;
    }
    running = running.filter((end) => end > slot.start);
    running.push(slot.end);
    peak = Math.max(peak, running.length);
  }
  return peak;
}

/**
 * Finds the earliest slot of the given length inside `window` that meets none of the busy slots.
 * The busy slots may be in any order, overlap and reach over the window; a slot may touch them
 * and may fill the window to its end. Returns null if there is no room.
 *
 * @throws RangeError if the length is not greater than 0
 */
export function findFreeSlot(busy: readonly Slot[], length: number, window: Slot): Slot | null {
  if (length <= 0) {
    throw new RangeError('length must be greater than 0');
  }
  let start = window.start;
  for (const slot of byStart(busy)) {
    if (slot.start - start >= length) {
      break;
    }
    start = Math.max(start, slot.end);
  }
  return start + length <= window.end ? { start, end: start + length } : null;
}

/**
 * Groups moments into sessions, in ascending order: a moment belongs to the session before it if
 * at most `maxGap` lies between it and the last moment of that session. Each session tells its
 * first and last moment and how many moments it holds; equal moments all count. Sessions of
 * fewer than `minCount` moments are left out.
 */
export function groupSessions(times: readonly number[], maxGap: number, minCount = 1): Session[] {
  const sessions: Session[] = [];
  for (const time of [...times].sort((a, b) => a - b)) {
    const current = sessions.at(-1);
    if (current !== undefined && time - current.last <= maxGap) {
      current.last = time;
      current.count += 1;
    } else {
      sessions.push({ first: time, last: time, count: 1 });
    }
  }
  return sessions.filter((session) => session.count >= minCount);
}

/**
 * Plans jobs one after the other from minute 0, the earliest deadline first, among equal
 * deadlines the shorter job first, and otherwise in the given order. Returns the order of the
 * names, and the names of the jobs that end after their deadline, in the same order. Finishing
 * exactly at the deadline is in time. `pause` minutes pass between two jobs.
 */
export function planJobs(jobs: readonly Job[], pause = 0): Plan {
  const plan: Plan = { order: [], late: [] };
  const queue = [...jobs].sort((a, b) => a.deadline - b.deadline || a.minutes - b.minutes);
  let clock = 0;
  for (const job of queue) {
    if (plan.order.length > 0) {
      clock += pause;
    }
    clock += job.minutes;
    plan.order.push(job.name);
    if (clock > job.deadline) {
      plan.late.push(job.name);
    }
  }
  return plan;
}
