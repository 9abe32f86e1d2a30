import path from 'node:path';

export interface NodeWrapOptions {
  /** Real path of the Node that programs run on. */
  readonly executable: string;
  /** Libraries that it needs and that lie in no usual place. */
  readonly libraries: readonly string[];
  /** Boot script and its parts, shown read-only inside. */
  readonly bootFolder: string;
  /** What the process is: a program, or tests. */
  readonly role: 'program' | 'tests';
  readonly memoryMb: number;
  /** What `bwrap --help` says; options differ between versions. */
  readonly help: string;
  /** Where bubblewrap reads the filter of system calls; null for none. */
  readonly filterDescriptor: number | null;
  /** The user to become where we are root; null as an ordinary user. */
  readonly sandboxUid: number | null;
  readonly tools: NodeTools;
}

/** Commands of util-linux that bound and hand over the process, by their paths. */
export interface NodeTools {
  readonly prlimit: string;
  readonly setpriv: string;
}

const temporaryFolderBytes = 64 * 1024 * 1024;
/** Threads count as processes, and a Node has about ten. */
const maxProcesses = 96;
const maxOpenFiles = 256;
const maxFileBytes = 16 * 1024 * 1024;
/** What V8 reserves for code, and stacks of threads, beside the memory of a program. */
const reservedMb = 1024;
const inside = '/flywheel';
const libraryFolders = ['lib', 'lib32', 'lib64', 'libx32'];

/**
 * The command line of one Node in a sandbox of its own: no network, no home, nothing to be seen
 * but Node and libraries, empty temporary folders, a cleared environment, no capabilities, bounds
 * on processes, files and memory, killed as a whole with its parent.
 *
 * As an ordinary user it has a user namespace. As root it has none, because the kernel does not
 * bound the processes of root, and becomes a user of its own before Node starts. Node is not
 * process 1: signals that it sends to itself do there what they do elsewhere.
 */
export function nodeBubblewrapArguments(options: NodeWrapOptions): string[] {
  const { help, sandboxUid, tools } = options;
  const noUserNamespaces = help.includes('--disable-userns')
    ? ['--unshare-user', '--disable-userns']
    : [];
  const isolate =
    sandboxUid === null
      ? ['--unshare-all', ...noUserNamespaces, '--cap-drop', 'ALL']
      : [
          ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
          ...['--unshare-cgroup-try', '--cap-drop', 'ALL'],
          ...['SETUID', 'SETGID'].flatMap((name) => ['--cap-add', `CAP_${name}`]),
        ];
  const sized = help.includes('--size') ? ['--size', String(temporaryFolderBytes)] : [];
  const canSetPermissions = help.includes('--perms');
  const openToAll = canSetPermissions ? ['--perms', '1777'] : [];
  const folder = (name: string): string[] => [
    ...(canSetPermissions ? ['--perms', '0755'] : []),
    ...['--dir', name],
  ];
  const become = [
    '--reuid',
    String(sandboxUid),
    '--regid',
    String(sandboxUid),
    '--clear-groups',
    '--inh-caps=-all',
  ];
  return [
    ...isolate,
    ...(options.filterDescriptor === null ? [] : ['--seccomp', String(options.filterDescriptor)]),
    ...['--die-with-parent', '--new-session', '--clearenv'],
    ...['--setenv', 'PATH', `${inside}/bin`, '--setenv', 'HOME', '/tmp'],
    ...['--setenv', 'LANG', 'C.UTF-8', '--setenv', 'TZ', 'UTC', '--setenv', 'NO_COLOR', '1'],
    ...['/usr', '/usr/bin', '/usr/share', inside, `${inside}/bin`].flatMap(folder),
    ...libraryFolders.flatMap((name) => [
      ...['--ro-bind-try', `/usr/${name}`, `/usr/${name}`],
      ...['--ro-bind-try', `/${name}`, `/${name}`],
    ]),
    // Parts of Node's own library, where a distribution packs them apart.
    ...['--ro-bind-try', '/usr/share/nodejs', '/usr/share/nodejs'],
    ...options.libraries.flatMap((file) => [
      ...parentsOf(file).flatMap(folder),
      ...['--ro-bind', file, file],
    ]),
    ...(sandboxUid === null ? [tools.prlimit] : [tools.prlimit, tools.setpriv]).flatMap((file) => [
      ...['--ro-bind', file, placeOf(file)],
    ]),
    ...['--ro-bind', options.executable, `${inside}/bin/node`],
    ...['--ro-bind', options.bootFolder, `${inside}/lib`],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...[...sized, ...openToAll, '--tmpfs', '/tmp', '--remount-ro', '/dev'],
    ...[...sized, ...openToAll, '--tmpfs', '/dev/shm'],
    ...['--remount-ro', '/', '--chdir', '/tmp', '--'],
    ...[placeOf(tools.prlimit), ...bounds(options.memoryMb)],
    ...(sandboxUid === null ? [] : [placeOf(tools.setpriv), ...become]),
    ...[
      `${inside}/bin/node`,
      ...nodeFlags(options.memoryMb),
      `${inside}/lib/boot.js`,
      options.role,
    ],
  ];
}

function bounds(memoryMb: number): string[] {
  const dataBytes = (memoryMb + reservedMb) * 1024 * 1024;
  return [
    ...[`--nproc=${String(maxProcesses)}`, `--nofile=${String(maxOpenFiles)}`, '--core=0'],
    ...[`--fsize=${String(maxFileBytes)}`, `--data=${String(dataBytes)}`],
  ];
}

/** One thread beside the main one is cheaper to start than four; native code is not loaded. */
function nodeFlags(memoryMb: number): string[] {
  return [`--max-old-space-size=${String(memoryMb)}`, '--v8-pool-size=1', '--no-addons'];
}

function placeOf(tool: string): string {
  return `/usr/bin/${path.basename(tool)}`;
}

function parentsOf(file: string): string[] {
  const parents: string[] = [];
  for (let at = path.dirname(file); at !== path.dirname(at); at = path.dirname(at)) {
    parents.unshift(at);
  }
  return parents;
}
