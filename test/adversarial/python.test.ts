import assert from 'node:assert/strict';
import type { Status, Verdict } from '../../src/engine/domain/verdict';
import { pythonJudge } from '../support/languageJudges';
import { countProcesses, leftAfter, outside } from '../support/outside';

const limits = { timeoutMs: 1500, memoryMb: 256 };
const tests = [
  { id: 'first', role: 'visible' as const, kind: 'assert' as const, source: 'assert f(1) == 2' },
  { id: 'second', role: 'hidden' as const, kind: 'assert' as const, source: 'assert f(2) == 3' },
];
const right = 'def f(x):\n    return x + 1\n';

/** What a hostile program does, and what it may at most end as. None may end as `passed`. */
const attacks: readonly (readonly [string, string, readonly Status[]])[] = [
  ['ends the process as if all were well', 'import os\ndef f(x): os._exit(0)', ['crashed']],
  ['ends the process while it is loaded', 'import os\nos._exit(0)', ['crashed']],
  ['raises SystemExit', 'import sys\ndef f(x): sys.exit(0)', ['failed']],
  ['raises SystemExit while it is loaded', 'raise SystemExit(0)', ['crashed']],
  ['raises what is no Exception', 'class E(BaseException): pass\ndef f(x): raise E()', ['failed']],
  ['prints that it passed', 'import os\nprint("passed")\ndef f(x): os._exit(0)', ['crashed']],
  [
    'writes results of its own',
    `import json, os, struct
def f(x):
    for fd in range(3, 64):
        for kind in ("begin", "end", "done"):
            data = json.dumps({"nonce": "", "kind": kind, "id": "first", "outcome": "passed"}).encode()
            try: os.write(fd, struct.pack("!I", len(data)) + data)
            except OSError: pass
    os._exit(0)`,
    ['tampered'],
  ],
  [
    'has an exit handler',
    'import atexit, os\natexit.register(os._exit, 0)\ndef f(x): return 0',
    ['failed'],
  ],
  ['never ends', 'def f(x):\n  while True: pass', ['timedOut']],
  ['sleeps', 'import time\ndef f(x): time.sleep(99)', ['timedOut']],
  [
    'ignores every signal and never ends',
    `import signal
def f(x):
    for n in range(1, 65):
        try: signal.signal(n, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True: pass`,
    ['timedOut'],
  ],
  [
    'stops itself',
    'import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGSTOP)',
    ['timedOut'],
  ],
  [
    'kills itself',
    'import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGKILL)',
    ['crashed'],
  ],
  ['aborts', 'import os\ndef f(x): os.abort()', ['crashed']],
  ['reads memory that is not there', 'import ctypes\ndef f(x): ctypes.string_at(0)', ['crashed']],
  ['kills all it can', 'import os\ndef f(x):\n  os.kill(-1, 9)\n  return 0', ['crashed', 'failed']],
  ['kills the server', 'import os\ndef f(x):\n  os.kill(1, 9)\n  return 0', ['failed']],
  ['kills its parent', 'import os\ndef f(x):\n  os.kill(os.getppid(), 9)\n  return 0', ['failed']],
  [
    'forks without end',
    'import os\ndef f(x):\n  while True:\n    try: os.fork()\n    except OSError: pass',
    ['timedOut', 'outOfMemory'],
  ],
  [
    'leaves a daemon',
    `import os, time
def f(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 64)
            time.sleep(600)
        os._exit(0)
    return 0`,
    ['failed'],
  ],
  [
    'takes all memory',
    'def f(x):\n  a = []\n  while True: a.append(bytearray(1 << 24))',
    ['outOfMemory', 'failed'],
  ],
  [
    'takes all memory in many processes',
    `import os, time
def f(x):
    for _ in range(8): os.fork()
    a = bytearray(100 << 20)
    for i in range(0, len(a), 4096): a[i] = 1
    time.sleep(9)`,
    ['outOfMemory', 'timedOut', 'crashed', 'failed'],
  ],
  ['prints without end', 'def f(x):\n  while True: print("x" * 999)', ['outputExceeded']],
  [
    'fills the disk',
    'def f(x):\n  with open("/tmp/big", "wb") as file:\n    while True: file.write(bytes(1 << 20))',
    ['failed', 'crashed'],
  ],
  [
    'makes files without end',
    'def f(x):\n  for i in range(10**9): open("/tmp/%d" % i, "w").close()',
    ['timedOut', 'failed'],
  ],
  [
    'opens files without end',
    'def f(x):\n  a = [open("/dev/null") for _ in range(9999)]',
    ['failed'],
  ],
  [
    'recurses without end',
    'import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return f(x)',
    ['crashed', 'failed', 'outOfMemory', 'timedOut'],
  ],
  [
    'raises with 200 MB of text',
    'def f(x): raise ValueError("x" * 200_000_000)',
    ['failed', 'outOfMemory'],
  ],
  [
    'raises what cannot be printed',
    'class E(Exception):\n  def __str__(self): raise E()\ndef f(x): raise E()',
    ['failed'],
  ],
  [
    'gives what cannot be printed',
    'class A:\n  def __repr__(self): raise ValueError()\ndef f(x): return A()',
    ['failed'],
  ],
  ['is no Python', 'def f(x:', ['notCompiled']],
  ['holds a NUL', 'def f(x): return "\0"', ['notCompiled', 'failed']],
  [
    'is nested too deep to parse',
    `def f(x): return ${'('.repeat(500)}1${')'.repeat(500)}`,
    ['notCompiled', 'crashed'],
  ],
];

/** Programs that say what they could reach: each must answer 2 and 3, and so pass. */
const walls: readonly (readonly [string, string])[] = [
  ['the network', 'connects("127.0.0.1", PORT) or connects("1.1.1.1", 53)'],
  ['the home folder', 'os.path.exists("PLANTED") or os.path.exists("/etc/passwd")'],
  [
    'the system',
    'writes("/usr/x") or writes("/x") or writes("/dev/x") or writes("/proc/sys/kernel/hostname") or writes("/flywheel/x")',
  ],
  [
    'variables of the parent',
    'set(os.environ) - {"PATH", "HOME", "LANG", "LC_CTYPE", "PYTHONHASHSEED", "TZ", "PWD"}',
  ],
  ['files of an earlier program', 'os.listdir("/tmp") or os.listdir("/dev/shm")'],
  ['other processes', 'len([n for n in os.listdir("/proc") if n.isdigit()]) > 2'],
  ['the memory of the server', 'reads("/proc/1/mem") or reads("/proc/1/environ")'],
  [
    'the harness by name',
    'any(imports(name) for name in ("harness", "testing", "codec", "probing", "fork_server"))',
  ],
  ['the rights of root', 'os.getuid() == 0 or gains_root()'],
];

describe('Python programs that cheat, escape or never end', function () {
  const beyond = outside('python');
  const python = pythonJudge();
  const judged = (source: string): Promise<Verdict> => python.judged(source, tests, limits);

  for (const [what, source, expected] of attacks) {
    it(`one that ${what} ends as ${expected.join(' or ')}, and the next one is judged as ever`, async () => {
      const verdict = await judged(source);
      assert.ok(expected.includes(verdict.status), `${verdict.status}: ${verdict.message ?? ''}`);
      assert.ok(verdict.durationMs < limits.timeoutMs + 1000, `${String(verdict.durationMs)} ms`);
      assert.ok(JSON.stringify(verdict).length < 200_000);
      assert.equal((await judged(right)).status, 'passed');
    });
  }

  for (const [what, reached] of walls) {
    it(`none reaches ${what}`, async () => {
      const verdict = await judged(reaching(beyond.fill(reached)));
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict.tests));
    });
  }

  it('finds what others imported loaded ahead, and draws random numbers of its own', async () => {
    const source = `import sys
print("random" in sys.modules)
import random
print(random.random())
${right}`;
    const printed: string[][] = [];
    for (let each = 0; each < 6; each++) {
      const { output, status } = await python.judged(source, tests, limits);
      assert.equal(status, 'passed');
      printed.push(output.trim().split('\n'));
    }
    assert.equal(printed[0]?.[0], 'False');
    assert.equal(printed.at(-1)?.[0], 'True');
    assert.equal(new Set(printed.map(([, drawn]) => drawn)).size, printed.length);
  });

  it('leaves no file behind for the next one, whatever its permissions', async () => {
    const leaving = `import os
os.makedirs("/tmp/a/b")
open("/tmp/a/b/c", "w").write("x")
os.symlink("/usr", "/tmp/link")
os.chmod("/tmp/a/b", 0)
${right}`;
    assert.equal((await judged(leaving)).status, 'passed');
    assert.equal((await judged(reaching('os.listdir("/tmp")'))).status, 'passed');
  });

  it('is gone within 2 seconds when it is cancelled, with all its processes', async () => {
    const controller = new AbortController();
    const source = 'import os\ndef f(x):\n  os.fork()\n  while True: pass';
    const patient = { timeoutMs: 60_000, memoryMb: 256 };
    const program = { language: 'python' as const, source, entryPoint: 'f' };
    const verdict = python.judge.judge(program, tests, patient, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = Date.now();
    controller.abort();
    assert.equal((await verdict).status, 'cancelled');
    await python.close();
    assert.equal(await leftAfter(forkServers, began + 2000), 0);
  });
});

/** A program that is right only if it could reach nothing. */
function reaching(expression: string): string {
  return `import os, socket
def connects(host, port):
    try:
        socket.create_connection((host, port), timeout=0.3).close()
        return True
    except OSError: return False
def writes(path):
    try:
        open(path, "w").close()
        return True
    except OSError: return False
def reads(path):
    try:
        with open(path, "rb") as file: return bool(file.read(1))
    except OSError: return False
def imports(name):
    try: __import__(name)
    except ImportError: return False
    return True
def gains_root():
    try: os.setuid(0)
    except OSError: return False
    return True
def f(x):
    reached = ${expression}
    return ("reached", reached) if reached else x + 1
`;
}

/** Fork servers started by this process that are still there. */
function forkServers(): number {
  return countProcesses(['fork_server.py'], { parent: process.pid });
}
