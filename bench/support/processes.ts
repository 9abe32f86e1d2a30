import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Every process that stands below this one, by reading /proc. */
export function descendants(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(afterName(name)[1]);
    if (parent > 0) parents.set(Number(name), parent);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === process.pid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** Memory that the process shares with no other, and its share of what it does, in MB. */
export function memoryOf(pid: number): { readonly privateMb: number; readonly sharesMb: number } {
  const lines = read(`/proc/${String(pid)}/smaps_rollup`);
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(lines)?.[1] ?? 0);
  return {
    privateMb: (kilobytes('Private_Clean') + kilobytes('Private_Dirty')) / 1024,
    sharesMb: kilobytes('Pss') / 1024,
  };
}

/** Open files of this process, and mounts that it sees. */
export function openThings(): { readonly files: number; readonly mounts: number } {
  const files = readdirSync('/proc/self/fd').filter((name) => {
    try {
      readlinkSync(`/proc/self/fd/${name}`);
      return true;
    } catch {
      return false;
    }
  }).length;
  return { files, mounts: read('/proc/self/mounts').split('\n').length };
}

function afterName(pid: string): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

/** Empty where the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
