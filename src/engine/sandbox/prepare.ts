import path from 'node:path';
import { execa } from 'execa';
import type { SandboxReport } from '../domain/ports';
import { findCgroups, type CgroupParent } from './cgroups/findCgroups';
import { sweepGroups } from './cgroups/workerGroup';
import { compiledPython } from './python/compiledPython';
import { findPython, type PythonFound } from './python/findPython';

/** What this machine has for sandboxes made with bubblewrap. */
export interface Prepared {
  /** The sandbox's own Python: fork server and harnesses. */
  readonly serverFolder: string;
  readonly python: PythonFound;
  readonly asRoot: boolean;
  /** What `bwrap --help` says. */
  readonly help: string;
  readonly bwrapVersion: string;
  /** Where workers get control groups; empty where the watchdog alone bounds memory. */
  readonly cgroups: readonly CgroupParent[];
}

export type Missing = Required<Pick<SandboxReport, 'problem' | 'mend'>>;

/**
 * Looks for bubblewrap, control groups and for a Python: its fork server is what starts and ends
 * programs. `python` is the one that was asked for; `what` needs the sandbox.
 */
export async function prepareBubblewrap(
  { python: asked, assetsFolder }: { readonly python?: string; readonly assetsFolder: string },
  what: string,
): Promise<Prepared | Missing> {
  if (process.platform !== 'linux') {
    return {
      problem: `needs a sandbox for ${what} on this system`,
      mend: 'Open the folder in WSL 2, a dev container or on a Linux machine. JavaScript and TypeScript work here as they are.',
    };
  }
  const [version, help, python] = await Promise.all([
    execa('bwrap', ['--version'], { reject: false }),
    execa('bwrap', ['--help'], { reject: false, all: true }),
    findPython(asked),
  ]);
  if (version.failed) {
    return {
      problem: 'bubblewrap (the command bwrap) is not installed',
      mend: 'Install it: sudo apt-get install bubblewrap (Debian, Ubuntu), sudo dnf install bubblewrap (Fedora), sudo pacman -S bubblewrap (Arch).',
    };
  }
  if (!python) {
    return {
      problem: asked ? `No Python 3 answers at ${asked}` : 'Python 3 is not installed',
      mend: 'Install Python 3.9 or newer, or name the one to use: --python FILE, in VS Code the setting flywheel.python.path.',
    };
  }
  if (python.version[1] < 9) {
    return {
      problem: `Python ${python.version.join('.')} at ${python.executable} is too old`,
      mend: 'Python 3.9 or newer is needed.',
    };
  }
  const cgroups = findCgroups();
  sweepGroups(cgroups);
  return {
    serverFolder: await compiledPython(path.join(assetsFolder, 'python'), python),
    python,
    cgroups,
    asRoot: process.getuid?.() === 0,
    help: help.all,
    bwrapVersion: version.stdout.trim(),
  };
}
