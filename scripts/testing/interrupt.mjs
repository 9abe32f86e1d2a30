// Ctrl-C ends what was started, once, and then the script.
const cleanups = new Set();
let interrupted = false;

/** Calls `cleanup` on Ctrl-C and on termination. Returns what takes that back. */
export function onInterrupt(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** Ends a process that was started `detached`, and all that it started. */
export function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone already.
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
