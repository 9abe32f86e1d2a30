import { execa } from 'execa';

export interface NodeProgram {
  /** Real path: a shim would be found, and not be there inside a sandbox. */
  readonly executable: string;
  readonly version: string;
  readonly major: number;
}

const oldestMajor = 22;
const answerMs = 5000;
const ask = 'process.stdout.write(JSON.stringify([process.execPath, process.version]))';

/**
 * The Node that programs run on: the one that was set, else `node` on PATH, else this process
 * where it is a real Node (an editor's is not). Each must be Node 22 or newer; null without one.
 */
export async function findNode(setting?: string): Promise<NodeProgram | null> {
  const isRealNode = process.versions.electron === undefined;
  const own = isRealNode ? [process.execPath] : [];
  const asked = setting === undefined || setting === '' ? ['node', ...own] : [setting];
  for (const command of asked) {
    const found = await tryNode(command);
    if (found && found.major >= oldestMajor) return found;
  }
  return null;
}

async function tryNode(command: string): Promise<NodeProgram | null> {
  const { stdout, failed } = await execa(command, ['-e', ask], {
    reject: false,
    timeout: answerMs,
    stdin: 'ignore',
    env: { NODE_OPTIONS: '' },
  });
  if (failed) return null;
  try {
    const [executable, version] = JSON.parse(stdout) as [string, string];
    const major = Number.parseInt(version.slice(1), 10);
    return Number.isNaN(major) ? null : { executable, version, major };
  } catch {
    return null;
  }
}
