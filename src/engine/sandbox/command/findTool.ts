import { execa } from 'execa';
import { access, constants, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isUnder, type Mount } from '../bubblewrap';

/** A program of this machine as it is reached inside a sandbox. */
export interface Tool {
  /** Where it stands inside. */
  readonly executable: string;
  /** What must be shown inside for it to run, beside /usr. */
  readonly mounts: readonly Mount[];
}

const answerMs = 10_000;
/** Places that are empty folders inside: what stands under them here is shown elsewhere. */
const hiddenPlaces = ['/tmp', '/dev', '/proc', '/work'];
/** Names on PATH that only choose among versions, and what they are asked for the real one. */
const choosers: Readonly<Record<string, { readonly ask: readonly string[]; readonly at: string }>> =
  {
    rustc: { ask: ['--print', 'sysroot'], at: 'bin/rustc' },
    cargo: { ask: ['--print', 'sysroot'], at: 'bin/cargo' },
    go: { ask: ['env', 'GOROOT'], at: 'bin/go' },
    python3: { ask: ['-I', '-c', 'import sys; print(sys.base_prefix)'], at: 'bin/python3' },
    python: { ask: ['-I', '-c', 'import sys; print(sys.base_prefix)'], at: 'bin/python3' },
    ruby: { ask: ['-e', 'puts RbConfig::CONFIG["prefix"]'], at: 'bin/ruby' },
  };

/**
 * A command by name on PATH, or by its whole path, with the folder that it was installed in. Null
 * where there is none. A folder that holds more than one program's own files, as a home folder
 * does, is never shown: then the executable is, alone.
 */
export async function findTool(name: string): Promise<Tool | null> {
  const found = path.isAbsolute(name) ? await executableAt(name) : await onPath(name);
  if (found === null) return null;
  const chooser = choosers[path.basename(name)];
  const chosen = chooser ? await ask(found, chooser.ask) : null;
  const real =
    chooser && chosen !== null ? await executableAt(path.join(chosen, chooser.at)) : null;
  return toolAt(real ?? found, real === null ? null : chosen);
}

/** The tool of an executable whose real path is known. */
async function toolAt(executable: string, prefix: string | null = null): Promise<Tool> {
  const real = await realpath(executable);
  if (isUnder(real, '/usr')) return { executable: real, mounts: [] };
  const folder = path.dirname(real);
  const home = await realpath(homedir()).catch(() => homedir());
  const above = path.basename(folder) === 'bin' ? path.dirname(folder) : folder;
  const installed = prefix === null ? above : await realpath(prefix);
  const shown = holdsMore(installed, home) ? real : installed;
  const inside = hiddenPlaces.some((place) => isUnder(shown, place))
    ? path.join('/toolchain', path.basename(shown))
    : shown;
  return {
    executable: path.join(inside, path.relative(shown, real)),
    mounts: [{ from: shown, to: inside }],
  };
}

/** A home folder, what is above it, and what stands in it directly: `~/.local`, `~/.cargo`. */
function holdsMore(folder: string, home: string): boolean {
  const depth = folder.split(path.sep).filter(Boolean).length;
  return depth < 2 || isUnder(home, folder) || path.dirname(folder) === home;
}

async function onPath(name: string): Promise<string | null> {
  if (name.includes('/')) return null;
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    // Relative places on PATH would take programs from the folder that is worked in.
    if (!path.isAbsolute(folder)) continue;
    const found = await executableAt(path.join(folder, name));
    if (found !== null) return found;
  }
  return null;
}

async function executableAt(file: string): Promise<string | null> {
  try {
    await access(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}

async function ask(executable: string, args: readonly string[]): Promise<string | null> {
  const { stdout, failed } = await execa(executable, args, {
    reject: false,
    timeout: answerMs,
    stdin: 'ignore',
  });
  const answer = stdout?.trim() ?? '';
  return failed || !path.isAbsolute(answer) ? null : answer;
}
