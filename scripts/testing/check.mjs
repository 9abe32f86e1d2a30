// One check: a program of Node's that ends with 0.
import { spawn } from 'node:child_process';
import { pinnedNode, root } from '../place.mjs';
import { onInterrupt, signalGroup } from '../interrupt.mjs';

const deadlineMs = 5 * 60_000;

/** Counts as one passed or one failed. What the program prints is shown as it comes. */
export async function runCheck(tally, name, command) {
  const child = spawn(pinnedNode, command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const forget = onInterrupt(() => signalGroup(child, 'SIGKILL'));
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), deadlineMs);
  const end = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  clearTimeout(timer);
  forget();
  if (end === 0) tally.pass();
  else tally.fail(name, `${command.join(' ')} ended with ${end}`);
}
