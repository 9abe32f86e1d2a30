import assert from 'node:assert/strict';
import path from 'node:path';
import type { Status, Verdict } from '../../src/engine/domain/verdict';
import { JavaScriptJudge } from '../../src/engine/judge/javascript/javaScriptJudge';
import { NodeSandbox } from '../../src/engine/sandbox/node/nodeSandbox';
import { QuickJsSandbox } from '../../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../../src/engine/syntax/parser';
import { assetsFolder } from '../support/assets';
import { assertions, nodeJudge } from '../support/languageJudges';
import { nodePrograms } from '../support/nodePrograms';
import { countProcesses, leftAfter, outside } from '../support/outside';

const limits = { timeoutMs: 3000, memoryMb: 128 };
const tests = [
  { id: 'a', role: 'visible' as const, kind: 'assert' as const, source: 'assert.equal(f(1), 2)' },
  { id: 'b', role: 'hidden' as const, kind: 'assert' as const, source: 'assert.equal(f(2), 3)' },
];
const right = "import os from 'node:os';\nexport const f = (x: number) => (os.EOL, x + 1);";
const everyDescriptor = 'for (let fd = 0; fd < 64; fd++)';

/** What a hostile program does, and what it may at most end as. None may end as `passed`. */
const attacks: readonly (readonly [string, string, readonly Status[]])[] = [
  ['ends the process as if all were well', 'function f() { process.exit(0); }', ['crashed']],
  ['ends the process while it is loaded', 'process.exit(0);', ['crashed']],
  [
    'ends the process without a word',
    'function f() { process.reallyExit(0); }',
    ['crashed', 'failed'],
  ],
  ['aborts', 'function f() { process.abort(); }', ['crashed']],
  ['kills itself', "function f() { process.kill(process.pid, 'SIGKILL'); }", ['crashed']],
  [
    'kills its parent',
    "function f() { process.kill(process.ppid, 'SIGKILL'); return 0; }",
    ['crashed', 'failed'],
  ],
  [
    'kills all it can',
    "function f() { process.kill(-1, 'SIGKILL'); return 0; }",
    ['crashed', 'failed'],
  ],
  [
    'throws from a timer',
    'setTimeout(() => { throw new Error("no"); }, 0); function f(x) { const end = Date.now() + 50; while (Date.now() < end); return x; }',
    ['failed', 'crashed'],
  ],
  [
    'leaves a rejection unhandled',
    'Promise.reject(new Error("no")); process.title; function f(x) { return x; }',
    ['failed', 'crashed'],
  ],
  [
    'patches assertions',
    "const a = require('node:assert'); for (const k of Object.keys(a)) a[k] = () => {}; a.strict.equal = () => {}; require('node:fs'); function f() { return 0; }",
    ['failed'],
  ],
  [
    'patches what prints',
    'process.stdout.write = () => true; console.log("passed"); function f() { return 0; }',
    ['failed'],
  ],
  [
    'writes to every descriptor',
    `const fs = require('node:fs');
const text = JSON.stringify({ nonce: '', id: 1, result: { id: 'test:a', ok: true }, final: {}, value: 2, after: [] });
const head = Buffer.alloc(4); head.writeUInt32BE(text.length);
function f() { ${everyDescriptor} try { fs.writeSync(fd, Buffer.concat([head, Buffer.from(text)])); } catch {} return 0; }`,
    ['crashed', 'failed'],
  ],
  [
    'closes every descriptor',
    `const fs = require('node:fs'); function f() { ${everyDescriptor} try { fs.closeSync(fd); } catch {} return 0; }`,
    ['crashed', 'timedOut', 'failed'],
  ],
  [
    'floods the channel',
    "const fs = require('node:fs'); function f() { const b = Buffer.alloc(1 << 16, 255); for (;;) try { fs.writeSync(3, b); } catch {} }",
    ['crashed', 'timedOut'],
  ],
  [
    'answers too much',
    "require('node:os'); function f() { return 'x'.repeat(2e7); }",
    ['failed', 'crashed'],
  ],
  [
    'answers with keys of prototypes',
    'require(\'node:os\'); function f() { return JSON.parse(\'{"__proto__": {"a": 1}, "constructor": {"prototype": {"a": 1}}}\'); }',
    ['failed'],
  ],
  [
    'lies about its values',
    "require('node:os'); function f() { return { valueOf: () => 2, [Symbol.toPrimitive]: () => 2 }; }",
    ['failed'],
  ],
  ['never ends', "require('node:os'); function f() { for (;;) {} }", ['timedOut']],
  [
    'queues microtasks without end',
    "require('node:os'); function f() { const g = () => Promise.resolve().then(g); g(); return 0; }",
    ['timedOut', 'outOfMemory', 'failed'],
  ],
  [
    'queues ticks without end, and is waited for',
    'async function f() { const g = () => process.nextTick(g); g(); await new Promise(() => {}); }',
    ['timedOut'],
  ],
  [
    'waits for what never comes',
    "require('node:os'); function f() { return new Promise(() => {}); }",
    ['failed', 'timedOut'],
  ],
  [
    'spins on shared memory',
    'process.title; function f() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }',
    ['timedOut'],
  ],
  [
    'spins in threads',
    `const { Worker } = require('node:worker_threads');
function f() { for (let i = 0; i < 4; i++) new Worker('for (;;) {}', { eval: true }); return 0; }`,
    ['failed', 'timedOut', 'crashed'],
  ],
  [
    'starts processes without end',
    `const { spawn } = require('node:child_process');
function f() { for (;;) spawn(process.execPath, ['-e', 'for(;;);']).on('error', () => {}); }`,
    ['timedOut', 'outOfMemory', 'crashed', 'failed', 'outputExceeded'],
  ],
  [
    'forks itself without end',
    `const { spawn } = require('node:child_process');
const again = 'const go = () => require("child_process").spawn(process.execPath, ["-e", process.env.A], { detached: true, env: process.env }).on("error", () => {}); go(); go(); for(;;);';
function f() { spawn(process.execPath, ['-e', again], { env: { A: again } }).unref(); for (;;); }`,
    ['timedOut', 'outOfMemory', 'crashed'],
  ],
  [
    'takes all memory in buffers',
    'function f() { const a = []; for (;;) a.push(Buffer.alloc(1 << 23, 1)); }',
    ['outOfMemory', 'failed', 'crashed'],
  ],
  [
    'takes all memory in the heap',
    "require('node:os'); function f() { const a = []; for (;;) a.push(new Array(1e4).fill({})); }",
    ['outOfMemory', 'crashed'],
  ],
  [
    'prints without end',
    "const fs = require('node:fs'); function f() { for (;;) try { fs.writeSync(1, 'x'.repeat(999)); } catch {} }",
    ['outputExceeded'],
  ],
  [
    // The stream keeps in memory what was not yet read.
    'prints to the stream without end',
    "function f() { for (;;) process.stdout.write('x'.repeat(999)); }",
    ['outputExceeded', 'outOfMemory'],
  ],
  [
    'fills the disk',
    "const fs = require('node:fs'); function f() { for (let i = 0; ; i++) fs.writeFileSync('/tmp/' + i, Buffer.alloc(1 << 22)); }",
    ['failed', 'crashed', 'timedOut', 'outOfMemory'],
  ],
  [
    'opens files without end',
    "const fs = require('node:fs'); function f() { for (;;) fs.openSync('/dev/null'); }",
    ['failed', 'crashed'],
  ],
  [
    'loads native code',
    "function f(x) { process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'); return x; }",
    ['failed', 'crashed'],
  ],
  [
    'asks for bindings',
    "function f(x) { process.binding('spawn_sync'); return x; }",
    ['failed', 'crashed'],
  ],
  [
    'opens the inspector',
    "const i = require('node:inspector'); function f(x) { i.open(0); new i.Session().connect(); return x; }",
    ['failed', 'crashed', 'timedOut'],
  ],
  [
    'throws what lies about itself',
    'process.title; function f() { throw { get name() { process.exit(0); } }; }',
    ['failed', 'crashed'],
  ],
  ['is no JavaScript', "require('node:os'); function f(x {", ['notCompiled']],
  [
    'asks for another file',
    "import { g } from './g';\nimport os from 'node:os';\nexport const f = () => g(os);",
    ['notCompiled'],
  ],
];

/** What programs try to reach, as an expression that is falsy where they do not. */
const walls: readonly (readonly [string, string])[] = [
  ['the home folder', 'fs.existsSync("PLANTED") || fs.existsSync("/etc/passwd")'],
  [
    'the system',
    '["/x", "/usr/x", "/usr/lib/x", "/dev/x", "/flywheel/lib/boot.js", "/proc/sys/kernel/hostname", "/proc/1/oom_score_adj_x"].filter(writes).join()',
  ],
  [
    'variables of the parent',
    'Object.keys(process.env).filter((name) => !["PATH", "HOME", "LANG", "TZ", "NO_COLOR", "PWD"].includes(name)).join()',
  ],
  [
    'files of an earlier program',
    'fs.readdirSync("/tmp").join() || fs.readdirSync("/dev/shm").join()',
  ],
  ['other processes', 'fs.readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length > 2'],
  ['the memory of its parent', 'reads("/proc/1/mem")'],
  ['the rights of root', 'process.getuid() === 0 || sets()'],
  [
    'a shell',
    '["/bin/sh", "/usr/bin/env", "/usr/bin/python3"].filter((file) => fs.existsSync(file)).join()',
  ],
  [
    'more descriptors than its own',
    'fs.readdirSync("/proc/self/fd").filter((fd) => { try { return /socket|pipe/.test(fs.readlinkSync("/proc/self/fd/" + fd)) && fs.fstatSync(+fd).isSocket(); } catch { return false; } }).length > 3',
  ],
];

describe('JavaScript programs with Node that cheat, escape or never end', () => {
  const beyond = outside('node');
  const suite = nodeJudge();
  const judged = (source: string, own: readonly string[] = []): Promise<Verdict> =>
    suite.judged(source, own.length === 0 ? tests : assertions(own), limits);

  for (const [what, source, expected] of attacks) {
    it(`one that ${what} ends as ${expected.join(' or ')}, and the next one is judged as ever`, async () => {
      const verdict = await judged(source);
      assert.ok(expected.includes(verdict.status), `${verdict.status}: ${verdict.message ?? ''}`);
      assert.equal(verdict.isolation, 'separate');
      assert.ok(verdict.durationMs < limits.timeoutMs + 1000, `${String(verdict.durationMs)} ms`);
      assert.ok(JSON.stringify(verdict).length < 200_000);
      const next = await judged(right);
      assert.equal(next.status, 'passed', JSON.stringify(next));
    });
  }

  for (const [what, reached] of walls) {
    it(`none reaches ${what}`, async () => {
      const verdict = await judged(`const fs = require('node:fs');
const attempt = (action) => { try { action(); return true; } catch { return false; } };
const writes = (file) => attempt(() => fs.writeFileSync(file, 'x'));
const reads = (file) => attempt(() => fs.readSync(fs.openSync(file), Buffer.alloc(1), 0, 1, 4096));
const sets = () => attempt(() => process.setuid(0));
function f(x) { const reached = ${beyond.fill(reached)}; return reached ? 'reached ' + reached : x + 1; }`);
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict.tests));
    });
  }

  it('none reaches the network', async () => {
    const verdict = await judged(
      beyond.fill(`const net = require('node:net');
const connects = (host, port) => new Promise((resolve) => {
  const socket = net.connect(port, host);
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
});
async function f() { return (await connects('127.0.0.1', PORT)) || (await connects('1.1.1.1', 53)); }`),
      ['assert.equal(await f(), false)'],
    );
    assert.equal(verdict.status, 'passed', JSON.stringify(verdict.tests));
  });

  it('tests that end their own process pass nothing', async () => {
    const verdict = await judged(right, ['process.exit(0)', 'assert.equal(f(1), 2)']);
    assert.equal(verdict.status, 'crashed');
  });

  it('a failed assertion in a timer of a test is a failed test', async () => {
    const verdict = await judged(right, ['setTimeout(() => assert.equal(f(1), 7), 20)']);
    assert.equal(verdict.status, 'failed', JSON.stringify(verdict));
  });

  for (const [what, source, test, status] of nodePrograms) {
    it(`judges ${what} as plain Node would: ${status}`, async () => {
      const verdict = await judged(source, [test]);
      assert.equal(verdict.status, status, JSON.stringify(verdict));
    });
  }

  it('a chatty program passes', async () => {
    const verdict = await judged(
      "require('node:os'); function f(x) { for (let n = 0; n < 50000; n++) console.log('line', n); return x + 1; }",
    );
    assert.equal(verdict.status, 'passed', verdict.message);
    assert.ok(verdict.output.length <= 64 * 1024);
    assert.match(verdict.output, /^line 0\n[^]*\[\d+ characters left out\][^]*\nline 49999\n$/);
  });

  it('a sandbox that does not start is tried once more afresh, and then counts for nothing', async () => {
    const broken = new NodeSandbox({ assetsFolder: '/nowhere', workers: 2 });
    const quickjs = new QuickJsSandbox({ assetsFolder, workers: 1 });
    const other = new JavaScriptJudge(
      quickjs,
      await loadSyntax(assetsFolder),
      assetsFolder,
      broken,
    );
    const program = { language: 'typescript' as const, source: right, entryPoint: 'f' };
    const verdict = await other.judge(program, tests, limits, new AbortController().signal);
    await Promise.all([broken.close(), quickjs.close()]);
    assert.equal(verdict.status, 'infrastructure');
    assert.match(verdict.message ?? '', /twice, the second time in a fresh worker/);
  });

  it('is gone within 2 seconds when it is cancelled, with all its processes', async () => {
    const controller = new AbortController();
    const source = `require('node:child_process').spawn(process.execPath, ['-e', 'for(;;);']); function f() { for (;;); }`;
    const program = { language: 'javascript' as const, source, entryPoint: 'f' };
    const patient = { timeoutMs: 60_000, memoryMb: 256 };
    const verdict = suite.judge.judge(program, tests, patient, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = Date.now();
    controller.abort();
    assert.equal((await verdict).status, 'cancelled');
    await suite.close();
    assert.equal(await leftAfter(nodesInside, began + 2000), 0);
  });
});

/** Sandboxed Nodes of this user's sandbox, and what they started, that are still there. */
function nodesInside(): number {
  return countProcesses(['/flywheel/bin/node', path.dirname(assetsFolder)]);
}
