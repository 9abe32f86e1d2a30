import assert from 'node:assert/strict';
import type { Judging } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, pythonJudge } from '../support/languageJudges';

const limits = { timeoutMs: 3000, memoryMb: 256 };
const tests = assertions(['assert f(1) == 2', 'assert f(2) == 3']);

const frame = `import json, os, struct
def send(fd, message):
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    os.write(fd, struct.pack("!I", len(data)) + data)
`;
/** Descriptor 3 is the harness' own; 4 leads to the tests. */
const meddling: readonly (readonly [string, string])[] = [
  [
    'tells an outcome with a nonce that it made up',
    `${frame}def f(x):
    send(3, {"nonce": "0" * 32, "kind": "end", "id": "t0", "outcome": "passed"})
    return x + 1`,
  ],
  ['tells an outcome while it is loaded', `${frame}send(3, {"kind": "done"})\ndef f(x): return 2`],
  ['tells an outcome and ends', `${frame}send(3, {"nonce": "", "kind": "done"})\nos._exit(0)`],
  ['writes what is no message to the harness', `${frame}send(3, b"passed")\ndef f(x): return x`],
  [
    'prints into the channel of the harness',
    'import os\nos.write(3, b"passed" * 9)\ndef f(x): return x',
  ],
];
const meddlingApart: readonly (readonly [string, string])[] = [
  [
    'answers what was not asked',
    `${frame}def f(x):
    send(4, {"value": x + 1, "changed": []})
    send(4, {"value": x + 1, "changed": []})
    return x + 1`,
  ],
  [
    'sends the tests what is no message',
    `${frame}def f(x):\n    send(4, b"{{{")\n    return x + 1`,
  ],
  [
    'sends the tests more than any message holds',
    'import os\ndef f(x):\n    os.write(4, b"\\xff" * 64)\n    return x + 1',
  ],
];

/** Odd, wrong or unlucky, and never meant to deceive. */
const honest: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'forgets to end the copy of itself that it made',
    'import os\ndef f(x):\n    os.fork()\n    return x + 1',
    ['passed'],
  ],
  [
    'makes a copy of itself while it is loaded',
    'import os\nos.fork()\ndef f(x): return x + 1',
    ['passed'],
  ],
  [
    'makes a copy of itself in a session of its own',
    'import os\ndef f(x):\n    if os.fork() == 0: os.setsid()\n    return x + 1',
    ['passed'],
  ],
  [
    'closes all files that it did not open',
    'import os\nos.closerange(3, 64)\ndef f(x): return x + 1',
    ['crashed', 'failed'],
  ],
  [
    'works in processes',
    `import multiprocessing
def up(x, q): q.put(x + 1)
def f(x):
    q = multiprocessing.SimpleQueue()
    p = multiprocessing.get_context("fork").Process(target=up, args=(x, q))
    p.start(); p.join()
    return q.get()`,
    ['passed', 'failed', 'crashed'],
  ],
  [
    'runs a command',
    'import subprocess\ndef f(x): return int(subprocess.check_output(["expr", str(x), "+", "1"]))',
    ['passed'],
  ],
  [
    'dies in the middle',
    'import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGKILL)',
    ['crashed'],
  ],
  [
    'dies in a copy',
    'import os\ndef f(x):\n    if os.fork() == 0: os.abort()\n    return x + 1',
    ['passed'],
  ],
  [
    'fails with much text in a copy of itself',
    'import os\nos.fork()\nraise ValueError("\\u20ac" * 100_000)',
    ['crashed'],
  ],
  [
    'gives very large numbers',
    'import sys\nsys.set_int_max_str_digits(0)\ndef f(x): return 10 ** 50_000',
    ['failed', 'crashed'],
  ],
  [
    'gives what is nested deep',
    'def f(x):\n    a = []\n    for _ in range(900): a = [a]\n    return a',
    ['failed', 'crashed'],
  ],
  ['runs out of time', 'def f(x):\n    while True: pass', ['timedOut']],
];

describe('Programs that meddle with what judges them', () => {
  const python = pythonJudge();
  const judged = (source: string, judging: Judging): Promise<Verdict> =>
    python.judged(
      source,
      tests,
      { ...limits, timeoutMs: source.includes('while True') ? 500 : limits.timeoutMs },
      { judging },
    );
  const ways = (['apart', 'together'] as const).flatMap((judging) =>
    meddling.map(([what, source]) => [what, source, judging] as const),
  );
  const apart = meddlingApart.map(([what, source]) => [what, source, 'apart'] as const);
  for (const [what, source, judging] of [...ways, ...apart]) {
    it(`one that ${what} has tampered (judged ${judging}), and nothing counts as passed`, async () => {
      const verdict = await judged(source, judging);
      assert.equal(verdict.status, 'tampered', JSON.stringify(verdict));
      assert.ok(verdict.tests.every(({ outcome }) => outcome === 'notRun'));
    });
  }

  for (const judging of ['apart', 'together'] as const) {
    for (const [what, source, statuses] of honest) {
      it(`one that ${what} has not (judged ${judging})`, async () => {
        const verdict = await judged(source, judging);
        const expected = judging === 'apart' ? statuses : [...statuses, 'passed', 'crashed'];
        assert.ok(expected.includes(verdict.status), JSON.stringify(verdict));
      });
    }
  }
});
