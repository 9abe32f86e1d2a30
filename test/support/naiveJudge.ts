import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { Attack } from './attacks/attack';

const timeoutMs = 20_000;

/**
 * Judges as simple judges do: program and tests in one file, in one process, with all that the
 * machine has. Believes the exit code, or the word `passed` among what was printed. What an
 * attack does here shows that it is live; in the real judge it must do nothing.
 */
export async function naiveJudge(attack: Attack, python: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'naive-'));
  const isPython = attack.task.language === 'python';
  const ways = isPython ? pythonWays : javascriptWays;
  try {
    for (const write of ways) {
      const files = write(attack).map((text, place) => {
        const file = path.join(folder, `judged${String(place)}${isPython ? '.py' : '.cjs'}`);
        writeFileSync(file, text);
        return file;
      });
      const command = isPython ? [python, '-I', '-S', '-B'] : [process.execPath];
      if (
        await accepts([python, '-I', '-S', '-B', '-c', oneAfterAnother, ...command, '--', ...files])
      ) {
        return true;
      }
    }
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A long-lived process that starts each file in turn and cleans up after none. */
const oneAfterAnother = `import os, sys
at = sys.argv.index("--")
for file in sys.argv[at + 1:]:
    pid = os.fork()
    if pid == 0: os.execv(sys.argv[1], [*sys.argv[1:at], file])
    while True:
        ended, status = os.wait()
        if ended == pid: break
os._exit(os.waitstatus_to_exitcode(status) & 255)
`;

/** The texts of the files that one judging runs; the last one's outcome counts. */
type Write = (attack: Attack) => string[];

const pythonWays: readonly Write[] = [
  ({ program, then, task }) => {
    const judged = (text: string): string => `${text}\n${task.tests.join('\n')}\n`;
    const last = `${judged(then ?? program)}print("passed")\n`;
    return then === undefined ? [last] : [judged(program), last];
  },
  // As published harnesses do: by exec in a function, with the word kept in a list.
  ({ program, then, task }) =>
    then === undefined
      ? [
          `import sys
def judge(text):
    result = []
    try:
        exec(text, {})
        result.append("passed")
    except BaseException as error:
        result.append("failed")
    return result[0]
sys.exit(0 if judge(${JSON.stringify(`${program}\n${task.tests.join('\n')}\n`)}) == "passed" else 1)
`,
        ]
      : [],
];

const javascriptWays: readonly Write[] = [
  ({ program, then, task }) => {
    const tests = task.tests.map((test) => `{ ${test} }`).join('\n');
    // One process for both: what the first leaves in its realm, the second one meets.
    const first = then === undefined ? program : `{ ${program}\n f(1); }\n{ ${then}\n ${tests} }`;
    const rest =
      then === undefined ? `(async () => {\n${tests}\nconsole.log('passed');\n})();` : '';
    return [`${first}\n;${rest}\n`];
  },
];

/** In a process namespace of its own, so that nothing stays, and with everything else in reach. */
async function accepts(command: readonly string[]): Promise<boolean> {
  if (command.at(-1) === '--') return false;
  const bound = ['--die-with-parent', '--unshare-pid', '--as-pid-1', '--bind', '/', '/'];
  const ended = await execa(
    'bwrap',
    [...bound, '--dev', '/dev', '--tmpfs', '/dev/shm', '--', ...command],
    {
      reject: false,
      timeout: timeoutMs,
      maxBuffer: 1 << 24,
      stdin: 'ignore',
    },
  );
  return ended.exitCode === 0 || /^passed$/m.test(ended.stdout);
}
