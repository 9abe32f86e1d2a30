import { access } from 'node:fs/promises';
import { execa } from 'execa';
import type { SandboxReport } from '../../domain/ports';
import { findCgroups, type CgroupParent } from '../cgroups/findCgroups';
import { sweepGroups } from '../cgroups/workerGroup';
import { findNode, type NodeProgram } from './findNode';
import type { NodeTools } from './nodeBubblewrap';

export interface PreparedNode {
  readonly node: NodeProgram;
  /** Libraries of that Node that lie in no usual place. */
  readonly libraries: readonly string[];
  readonly tools: NodeTools;
  readonly asRoot: boolean;
  readonly help: string;
  readonly bwrapVersion: string;
  /** Where pairs get control groups; empty where limits and the watchdog alone bound them. */
  readonly cgroups: readonly CgroupParent[];
}

const usualPlaces = /^\/(?:usr\/)?(?:lib|lib32|lib64|libx32)\//;

/** Finds all that the sandbox is made of; where something is missing, a report with what to do. */
export async function prepareNode(asked?: string): Promise<PreparedNode | SandboxReport> {
  if (process.platform !== 'linux') {
    return unusableNode(
      "needs Linux for programs that use Node's own API",
      'Open the folder in WSL 2, a dev container or on a Linux machine. Other JavaScript and TypeScript works here as it is.',
    );
  }
  const [version, help, node, prlimit, setpriv] = await Promise.all([
    execa('bwrap', ['--version'], { reject: false }),
    execa('bwrap', ['--help'], { reject: false, all: true }),
    findNode(asked),
    findTool('prlimit'),
    findTool('setpriv'),
  ]);
  if (version.failed) {
    return unusableNode(
      'bubblewrap (the command bwrap) is not installed',
      'Install it: sudo apt-get install bubblewrap (Debian, Ubuntu), sudo dnf install bubblewrap (Fedora), sudo pacman -S bubblewrap (Arch).',
    );
  }
  if (!node) {
    return unusableNode(
      asked ? `No Node 22 or newer answers at ${asked}` : 'There is no Node 22 or newer',
      'Install Node 22 or newer so that node is on PATH, or name the one to use in the VS Code setting flywheel.node.path.',
    );
  }
  const asRoot = process.getuid?.() === 0;
  if (prlimit === null || (asRoot && setpriv === null)) {
    return unusableNode(
      'the commands prlimit and setpriv are not installed',
      'Install util-linux.',
    );
  }
  const cgroups = findCgroups();
  sweepGroups(cgroups);
  return {
    node,
    cgroups,
    libraries: await unusualLibraries(node.executable),
    tools: { prlimit, setpriv: setpriv ?? '' },
    asRoot,
    help: help.all,
    bwrapVersion: version.stdout.trim(),
  };
}

export function unusableNode(problem: string, mend: string): SandboxReport {
  return {
    name: 'bubblewrap with Node',
    languages: ['javascript', 'typescript'],
    usable: false,
    layers: [],
    problem,
    mend,
  };
}

async function findTool(name: string): Promise<string | null> {
  for (const folder of ['/usr/bin', '/bin']) {
    const file = `${folder}/${name}`;
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** A Node from a package manager of its own brings libraries in places of its own. */
async function unusualLibraries(executable: string): Promise<string[]> {
  const { stdout, failed } = await execa('ldd', [executable], { reject: false });
  if (failed) return [];
  const files = [...stdout.matchAll(/(?:=>\s*|^\s*)(\/\S+)/gm)].map(([, file]) => file ?? '');
  return files.filter((file) => !usualPlaces.test(file));
}
