/**
 * Users that programs run as where we are root: each worker of each process has its own. All lie
 * below 65,535, because a container often has no more.
 */
const firstSandboxUid = 60_000;
const uidsPerProcess = 64;
const uidBlocks = 78;

/** Workers for commands take theirs from the other end. */
export function sandboxUid(place: number, what: 'python' | 'commands'): number {
  const first = firstSandboxUid + (process.pid % uidBlocks) * uidsPerProcess;
  const within = place % uidsPerProcess;
  return first + (what === 'python' ? within : uidsPerProcess - 1 - within);
}
