import path from 'node:path';
import type { HashSeed } from '../../domain/ports';
import type { PythonFound } from './findPython';

export interface WrapOptions {
  readonly python: PythonFound;
  /** Fork server and harness, shown read-only inside under /flywheel. */
  readonly serverFolder: string;
  readonly asRoot: boolean;
  /** What `bwrap --help` says; options differ between versions. */
  readonly help: string;
  /** A warm server has one for all its programs. */
  readonly hashSeed: HashSeed;
  /** Where it reads the filter of system calls; null for none. */
  readonly filterDescriptor: number | null;
  /** The user that programs run as where we are root. */
  readonly sandboxUid: number;
}

const temporaryFolderBytes = 64 * 1024 * 1024;
const inside = '/flywheel';

/**
 * The command line of one sandbox: no network, no home, a read-only system, an empty temporary
 * folder, a cleared environment, no capabilities, killed as a whole with its parent.
 *
 * As an ordinary user it has a user namespace of its own. As root it has none, because the
 * kernel does not bound the processes of root: there every program is set to a user of its own,
 * and the fork server keeps just the rights to do that and to kill it.
 */
export function bubblewrapArguments(options: WrapOptions): string[] {
  const { python } = options;
  const noUserNamespaces = options.help.includes('--disable-userns')
    ? ['--unshare-user', '--disable-userns']
    : [];
  const isolate = options.asRoot
    ? [
        ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
        ...['--unshare-cgroup-try', '--cap-drop', 'ALL'],
        ...['SETUID', 'SETGID', 'KILL'].flatMap((name) => ['--cap-add', `CAP_${name}`]),
      ]
    : ['--unshare-all', ...noUserNamespaces, '--cap-drop', 'ALL'];
  const sized = options.help.includes('--size') ? ['--size', String(temporaryFolderBytes)] : [];
  const canSetPermissions = options.help.includes('--perms');
  const openToAll = canSetPermissions ? ['--perms', '1777'] : [];
  return [
    ...isolate,
    ...(options.filterDescriptor === null ? [] : ['--seccomp', String(options.filterDescriptor)]),
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--clearenv'],
    ...['--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'HOME', '/tmp'],
    ...['--setenv', 'LANG', 'C.UTF-8', '--setenv', 'PYTHONHASHSEED', String(options.hashSeed)],
    ...['--setenv', 'TZ', 'UTC'],
    ...['--ro-bind', '/usr', '/usr'],
    ...['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap((name) => [
      '--ro-bind-try',
      `/${name}`,
      `/${name}`,
    ]),
    ...(canSetPermissions ? readableParents(python.prefix) : []),
    ...(isUnder(python.prefix, '/usr') ? [] : ['--ro-bind', python.prefix, python.prefix]),
    ...(isUnder(python.executable, '/usr') || isUnder(python.executable, python.prefix)
      ? []
      : ['--ro-bind', python.executable, python.executable]),
    ...['--ro-bind', options.serverFolder, inside],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...[...sized, ...openToAll, '--tmpfs', '/tmp'],
    ...['--remount-ro', '/dev', ...sized, ...openToAll, '--tmpfs', '/dev/shm'],
    ...['--remount-ro', '/', '--chdir', '/tmp', '--'],
    ...[python.executable, '-s', '-S', '-B', `${inside}/fork_server.py`],
    ...[`${inside}/harness.py`, options.asRoot ? String(options.sandboxUid) : '-'],
  ];
}

/** As root, bubblewrap makes the way to a bound folder passable for root alone. */
function readableParents(folder: string): string[] {
  const parents: string[] = [];
  for (let at = path.dirname(folder); at !== path.dirname(at); at = path.dirname(at)) {
    parents.unshift(at);
  }
  return parents
    .filter((parent) => !isUnder(parent, '/usr'))
    .flatMap((parent) => ['--perms', '0755', '--dir', parent]);
}

function isUnder(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
