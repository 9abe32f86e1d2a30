import { loadavg } from 'node:os';

/** Above this many processes in wait, times say more of the others than of us. */
const quietLoad = 1.5;

/** The load of the machine as a line, with a word where figures beside it cannot be trusted. */
export function loadLine(): string {
  const [oneMinute = 0] = loadavg();
  return `load average ${oneMinute.toFixed(2)}${isBusy() ? ': not measurable, the machine is busy' : ''}`;
}

export function isBusy(): boolean {
  return (loadavg()[0] ?? 0) > quietLoad;
}
