import type { HashSeed } from '../../domain/ports';
import { isUnder, ownFolder, type Mount } from '../bubblewrap';
import type { PythonFound } from './findPython';

/** What a Python needs to run inside, if it does not stand under /usr. */
export function pythonMounts({ prefix, executable }: PythonFound): Mount[] {
  const prefixes = isUnder(prefix, '/usr') ? [] : [prefix];
  const isShown = isUnder(executable, '/usr') || isUnder(executable, prefix);
  return [...prefixes, ...(isShown ? [] : [executable])].map((from) => ({ from, to: from }));
}

/** The fork server with a harness, in a folder shown as `ownFolder`. */
export function forkServerCommand(
  python: PythonFound,
  harness: string,
  sandboxUid: number | null,
): string[] {
  return [
    ...[python.executable, '-s', '-S', '-B', `${ownFolder}/fork_server.py`],
    ...[`${ownFolder}/${harness}`, sandboxUid === null ? '-' : String(sandboxUid)],
  ];
}

export function environmentFor(hashSeed: HashSeed): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    HOME: '/tmp',
    LANG: 'C.UTF-8',
    PYTHONHASHSEED: String(hashSeed),
    TZ: 'UTC',
  };
}
