// Ctrl-C ends what was started, once, and then the script.
import { setTimeout as sleep } from 'node:timers/promises';

const cleanups = new Set();
let interrupted = false;

/** Calls `cleanup` on Ctrl-C and on termination. Returns what takes that back. */
export function onInterrupt(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Ends a process that was started `detached`, and all that it started: asks first, so that it can
 * clear up what stands outside its group.
 */
export async function endGroup(child, graceMs = 5_000) {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && signalGroup(child, 'SIGTERM')) {
    await Promise.race([exited, sleep(graceMs, undefined, { ref: false })]);
  }
  signalGroup(child, 'SIGKILL');
}

/** False where the group is gone already. */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function interrupt(signal) {
  if (interrupted) return;
  interrupted = true;
  await Promise.allSettled([...cleanups].map((cleanup) => cleanup()));
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
