import path from 'node:path';

/** A place of this machine as it is seen inside. */
export interface Mount {
  readonly from: string;
  readonly to: string;
}

/** An empty folder that everyone inside may write to, gone with the sandbox. */
export interface EmptyFolder {
  readonly path: string;
  readonly bytes: number;
}

export interface WrapOptions {
  readonly asRoot: boolean;
  /** What `bwrap --help` says; options differ between versions. */
  readonly help: string;
  /** Where it reads the filter of system calls; null for none. */
  readonly filterDescriptor: number | null;
  /** All variables that there are inside. */
  readonly environment: Readonly<Record<string, string>>;
  /** Shown beside /usr, which always is. */
  readonly readOnly: readonly Mount[];
  /** Beside /tmp and /dev/shm, which always are. */
  readonly writable?: readonly EmptyFolder[];
  readonly temporaryBytes?: number;
  readonly command: readonly string[];
}

const defaultTemporaryBytes = 64 * 1024 * 1024;
/** Where the sandbox shows its own programs. */
export const ownFolder = '/flywheel';

/**
 * The command line of one sandbox: no network, no home, a read-only system, an empty temporary
 * folder, a cleared environment, no capabilities, killed as a whole with its parent.
 *
 * As an ordinary user it has a user namespace of its own. As root it has none, because the
 * kernel does not bound the processes of root: there every program is set to a user of its own,
 * and the fork server keeps just the rights to do that and to kill it.
 */
export function bubblewrapArguments(options: WrapOptions): string[] {
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
  const canSetPermissions = options.help.includes('--perms');
  const empty = ({ path: place, bytes }: EmptyFolder): string[] => [
    ...(options.help.includes('--size') ? ['--size', String(bytes)] : []),
    ...(canSetPermissions ? ['--perms', '1777'] : []),
    ...['--tmpfs', place],
  ];
  const bytes = options.temporaryBytes ?? defaultTemporaryBytes;
  const shown = options.readOnly.filter(({ from, to }) => from !== to || !isUnder(to, '/usr'));
  const parents = new Set(shown.flatMap(({ to }) => parentsOf(to)));
  return [
    ...isolate,
    ...(options.filterDescriptor === null ? [] : ['--seccomp', String(options.filterDescriptor)]),
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--clearenv'],
    ...Object.entries(options.environment).flatMap((entry) => ['--setenv', ...entry]),
    ...['--ro-bind', '/usr', '/usr'],
    ...['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap((name) => [
      '--ro-bind-try',
      `/${name}`,
      `/${name}`,
    ]),
    // As root, bubblewrap makes the way to a bound folder passable for root alone.
    ...(canSetPermissions ? [...parents].flatMap((at) => ['--perms', '0755', '--dir', at]) : []),
    ...shown.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...empty({ path: '/tmp', bytes }),
    ...['--remount-ro', '/dev', ...empty({ path: '/dev/shm', bytes })],
    ...(options.writable ?? []).flatMap(empty),
    ...['--remount-ro', '/', '--chdir', '/tmp', '--', ...options.command],
  ];
}

function parentsOf(folder: string): string[] {
  const parents: string[] = [];
  for (let at = path.dirname(folder); at !== path.dirname(at); at = path.dirname(at)) {
    parents.unshift(at);
  }
  return parents.filter((parent) => !isUnder(parent, '/usr'));
}

export function isUnder(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
