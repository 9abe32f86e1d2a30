import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usualCommand } from '../../src/engine/judge/io/usualCommands';
import type { MachineJudge } from '../../src/engine/judge/machineJudge';
import type { IoTest, RunCommand } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { adders } from '../support/adders';
import { cpp, hostileCommands, reachingWords } from '../support/hostileCommands';
import { aMachineJudge } from '../support/machineJudge';
import { countProcesses, leftAfter, outside } from '../support/outside';

const limits = { timeoutMs: 4000, memoryMb: 256 };
const tests: readonly IoTest[] = [
  { id: 'first', role: 'visible', kind: 'io', stdin: '1 2\n', stdout: '3\n' },
  { id: 'second', role: 'hidden', kind: 'io', stdin: '4 5\n', stdout: '9\n' },
];
const never = new AbortController().signal;
describe('programs that read and print', function () {
  const beyond = outside('io');
  let made: Awaited<ReturnType<typeof aMachineJudge>>;
  let judge: MachineJudge;
  const judged = (
    language: string,
    source: string,
    parts: { readonly run?: RunCommand; readonly tests?: readonly IoTest[] } = {},
  ): Promise<Verdict> => {
    const run = parts.run === undefined ? {} : { run: parts.run };
    const program = { language, source, entryPoint: 'main', ...run };
    return judge.judge(program, parts.tests ?? tests, limits, never);
  };
  const one = (stdin: string, stdout: string): IoTest[] => [
    { id: 'one', role: 'hidden', kind: 'io', stdin, stdout },
  ];

  before(async () => {
    made = await aMachineJudge();
    judge = made.judge;
  });
  after(() => made.close());

  for (const [language, { right, wrong }] of Object.entries(adders)) {
    it(`in ${language} pass with the right answers and fail with others, where it is installed`, async () => {
      const good = await judged(language, right);
      const tool = usualCommand(language)?.compile?.[0];
      if (tool !== undefined && (await made.commands.find(tool)) === null) {
        assert.equal(good.status, 'infrastructure');
        assert.match(good.message ?? '', new RegExp(`command ${tool.replaceAll('+', '.')} is not`));
        return;
      }
      assert.equal(good.status, 'passed', good.message);
      assert.equal(good.isolation, 'separate');
      const bad = await judged(language, wrong);
      assert.equal(bad.status, 'failed', bad.message);
      assert.deepEqual(
        bad.tests.map(({ outcome, expected, actual }) => [outcome, expected, actual]),
        [
          ['failed', '3', '-1'],
          ['failed', '9', '-1'],
        ],
      );
    });
  }

  for (const [language, what, source, expected] of hostileCommands) {
    it(`in ${language}: one that ${what} ends as ${expected.join(' or ')}, and the next is judged as ever`, async () => {
      const verdict = await judged(language, source);
      assert.ok(expected.includes(verdict.status), `${verdict.status}: ${verdict.message ?? ''}`);
      assert.ok(verdict.durationMs < limits.timeoutMs + 1000, `${String(verdict.durationMs)} ms`);
      assert.ok(JSON.stringify(verdict).length < 200_000);
      const next = await judged(language === 'python' ? 'python' : 'bash', adderFor(language));
      assert.equal(next.status, 'passed', next.message);
    });
  }

  for (const [what, reached] of reachingWords) {
    it(`none reaches ${what}`, async () => {
      const source = `if ${beyond.fill(reached)}; then echo reached; fi\nread -r a b\necho $((a + b))\n`;
      const verdict = await judged('bash', source);
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict.tests) + verdict.output);
    });
  }

  it('leave nothing for the next run: no file, no process, whatever its permissions', async () => {
    const leaving = `if [ -n "$(ls -A /tmp /dev/shm | grep -v : | grep .)" ]; then echo found; fi
if ls /proc/[0-9]*/cmdline | xargs cat 2> /dev/null | tr '\\0' ' ' | grep -q "sleep 60[0]"; then echo alive; fi
mkdir -p /tmp/a/b; echo x > /tmp/a/b/c; ln -s /usr /tmp/link; chmod 0 /tmp/a/b; echo x > /dev/shm/y
(setsid sleep 600 > /dev/null 2>&1 < /dev/null &)
read -r a b
echo $((a + b))
`;
    for (let time = 0; time < 2; time++) {
      const verdict = await judged('bash', leaving);
      assert.equal(verdict.status, 'passed', verdict.message);
    }
    const python = `import os
found = os.listdir("/tmp") + os.listdir("/dev/shm")
os.makedirs("/tmp/a/b"); open("/tmp/a/b/c", "w").write("x"); os.chmod("/tmp/a/b", 0)
a, b = map(int, input().split())
print(found or a + b)
`;
    assert.equal((await judged('python', python)).status, 'passed');
  });

  it('may print what they like to their errors, read stdin by its name, and end with 0', async () => {
    const source = `import atexit, sys
a, b = map(int, open("/dev/stdin").read().split())
print("working", file=sys.stderr)
atexit.register(lambda: print(a + b))
sys.exit()
`;
    const verdict = await judged('python', source);
    assert.equal(verdict.status, 'passed', verdict.message);
  });

  it('may print as much as is expected of them, and no more than 64 kB beside', async () => {
    const much = '0123456789\n'.repeat(20_000);
    const source = 'import sys\nfor _ in range(int(input())): print("0123456789")';
    assert.equal((await judged('python', source, { tests: one('20000', much) })).status, 'passed');
    const flood = await judged('python', source, { tests: one('20000', '') });
    assert.equal(flood.status, 'outputExceeded');
    const chatty =
      'import sys\nfor n in range(20000): print("looking at", n, file=sys.stderr)\nprint(1)';
    assert.equal((await judged('python', chatty, { tests: one('', '1') })).status, 'passed');
  });

  it('have the time of the task for all their runs together', async () => {
    const source = 'import time\ntime.sleep(2.2)\na, b = map(int, input().split())\nprint(a + b)';
    const verdict = await judged('python', source);
    assert.equal(verdict.status, 'timedOut');
    assert.deepEqual(
      verdict.tests.map(({ outcome }) => outcome),
      ['passed', 'timedOut'],
    );
  });

  it('are not judged where their command is missing, and the message names it', async () => {
    const run = { file: 'a.x', command: ['no-such-command-here', 'a.x'] };
    const missing = await judged('some', 'x', { run });
    assert.equal(missing.status, 'infrastructure');
    assert.match(missing.message ?? '', /no-such-command-here is not installed/);
    const unknown = await judged('some', 'x');
    assert.equal(unknown.status, 'infrastructure');
    assert.match(unknown.message ?? '', /programs in some are started is not known/);
  });

  it('are started by the command of their task where it has one', async () => {
    const run = { file: 'sum.awk', command: ['awk', '-f', 'sum.awk'] };
    assert.equal((await judged('awk', '{ print $1 + $2 }', { run })).status, 'passed');
  });

  it('leave no link and no file outside among what was built of them', async () => {
    const run = {
      file: 'main.sh',
      compile: ['bash', 'main.sh', 'build'],
      command: ['bash', 'made.sh'],
    };
    const source = `if [ "$1" = build ]; then
ln -s /usr/bin/env link; ln -s . loop; mkdir deep; echo 'x' > deep/file; mkfifo pipe
echo 'ls -R /work | grep -E "link|loop|pipe"; read -r a b; echo $((a + b))' > made.sh
fi`;
    const verdict = await judged('bash', source, { run });
    assert.equal(verdict.status, 'passed', verdict.message);
  });

  it('are gone within 2 seconds when they are cancelled, with what was built', async () => {
    const own = await aMachineJudge();
    const controller = new AbortController();
    const program = { language: 'cpp', source: cpp('fork(); for (;;) {}'), entryPoint: 'main' };
    const patient = { timeoutMs: 60_000, memoryMb: 256 };
    const verdict = own.judge.judge(program, tests, patient, controller.signal);
    while (runners() === 0) await pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = Date.now();
    controller.abort();
    assert.equal((await verdict).status, 'cancelled');
    await own.close();
    assert.equal(await leftAfter(runners, began + 2000), 0);
  });

  it('leave no folder on this machine behind', async () => {
    const own = await aMachineJudge();
    const before = builtFolders();
    const program = { language: 'bash', source: 'read -r a b\necho $((a+b))', entryPoint: 'main' };
    await own.judge.judge(program, tests, limits, never);
    assert.ok(builtFolders().length > before.length);
    await own.close();
    assert.deepEqual(builtFolders(), before);
  });
});

function adderFor(language: string): string {
  return adders[language === 'python' ? 'python' : 'bash']?.right ?? '';
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

function builtFolders(): string[] {
  return readdirSync(tmpdir()).filter(
    (name) => name.startsWith('flywheel-') && existsSync(path.join(tmpdir(), name, 'work')),
  );
}

/** Sandboxes that run what was built, started by this process, that are still there. */
function runners(): number {
  return countProcesses(['starter.py'], { parent: process.pid });
}
