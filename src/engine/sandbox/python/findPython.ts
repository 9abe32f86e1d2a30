import { execa } from 'execa';
import { realpath } from 'node:fs/promises';

export interface PythonFound {
  /** Real path of the interpreter, never a shim. */
  readonly executable: string;
  /** Where its standard library lives. */
  readonly prefix: string;
  readonly version: readonly [number, number, number];
}

const question =
  'import sys, json; print(json.dumps([getattr(sys, "_base_executable", None) or sys.executable, sys.base_prefix, list(sys.version_info[:3])]))';

/**
 * The first Python 3 that answers: the one asked for, else `python3`, else `python` on PATH.
 * Null where there is none. Shims cost 80 ms a start, so the real path is asked for once.
 */
export async function findPython(asked?: string): Promise<PythonFound | null> {
  for (const command of asked ? [asked] : ['python3', 'python']) {
    const answer = await execa(command, ['-I', '-c', question], { reject: false, timeout: 10_000 });
    if (answer.failed) continue;
    try {
      const [executable, prefix, version] = JSON.parse(answer.stdout) as [
        string,
        string,
        [number, number, number],
      ];
      if (version[0] !== 3) continue;
      return { executable: await realpath(executable), prefix: await realpath(prefix), version };
    } catch {
      // Something named python3 that does not speak Python: try the next.
    }
  }
  return null;
}
