import assert from 'node:assert/strict';
import type { Status, Verdict } from '../../src/engine/domain/verdict';
import { quickJsJudge } from '../support/languageJudges';

const limits = { timeoutMs: 1000, memoryMb: 64 };
const tests = [
  { id: 'a', role: 'visible' as const, kind: 'assert' as const, source: 'assert.equal(f(1), 2)' },
  { id: 'b', role: 'hidden' as const, kind: 'assert' as const, source: 'assert.equal(f(2), 3)' },
];
const right = 'export function f(x: number): number { return x + 1; }';

const attacks: readonly (readonly [string, string, readonly Status[]])[] = [
  ['never ends', 'function f(x) { for (;;) {} }', ['timedOut']],
  ['never ends while it is loaded', 'for (;;) {}', ['timedOut']],
  [
    'catches its own end',
    'function f(x) { for (;;) { try { for (;;) {} } catch {} } }',
    ['timedOut'],
  ],
  [
    'takes all memory',
    'function f(x) { const a = []; for (;;) a.push(new Uint8Array(1e7)); }',
    ['outOfMemory'],
  ],
  ['recurses without end', 'function f(x) { return f(x) + 1; }', ['failed']],
  [
    'prints without end',
    'function f(x) { for (;;) console.log("x".repeat(999)); }',
    ['outputExceeded'],
  ],
  [
    'waits for what never comes',
    'async function f(x) { await new Promise(() => {}); }',
    ['failed'],
  ],
  [
    'queues jobs without end',
    'function f(x) { const g = () => Promise.resolve().then(g); g(); return 0; }',
    ['timedOut', 'failed'],
  ],
  ['throws null', 'function f(x) { throw null; }', ['failed']],
  ['throws while it is loaded', 'throw new Error("no")', ['crashed']],
  [
    'throws what lies about itself',
    'function f(x) { throw { get name() { throw 1; }, message: 7 }; }',
    ['failed'],
  ],
  ['asks for Node', 'const fs = require("node:fs"); function f(x) { return x + 1; }', ['crashed']],
  [
    'imports Node',
    'import fs from "node:fs"; export function f(x) { return fs ? x + 1 : 0; }',
    ['crashed'],
  ],
  ['is no JavaScript', 'function f(x {', ['notCompiled']],
  ['does not define what is asked for', 'function g() {}', ['failed', 'crashed']],
];

describe('JavaScript programs that cheat, escape or never end', () => {
  const suite = quickJsJudge();
  const judged = (source: string): Promise<Verdict> => suite.judged(source, tests, limits);

  for (const [what, source, expected] of attacks) {
    it(`one that ${what} ends as ${expected.join(' or ')}, and the next one is judged as ever`, async () => {
      const verdict = await judged(source);
      assert.ok(expected.includes(verdict.status), `${verdict.status}: ${verdict.message ?? ''}`);
      assert.ok(verdict.durationMs < limits.timeoutMs + 1000);
      assert.equal((await judged(right)).status, 'passed');
    });
  }

  it('none reaches anything outside, by any name or constructor', async () => {
    const verdict = await judged(`function f(x) {
      const names = ['process', 'require', 'fetch', 'Deno', 'Bun', 'std', 'os', 'Worker', '__print'];
      const own = Function('return this')();
      const made = [].constructor.constructor('return typeof process')();
      const reached = names.filter((name) => name !== 'require' && typeof own[name] !== 'undefined');
      if (made !== 'undefined' || reached.length > 0) throw new Error(reached.join(' '));
      return x + 1;
    }`);
    assert.equal(verdict.status, 'passed', JSON.stringify(verdict.tests));
  });

  it('leaves nothing behind for the next one', async () => {
    await judged('globalThis.left = 1; Array.prototype.left = 1; function f(x) { return x + 1; }');
    const verdict = await judged(
      'function f(x) { if ("left" in globalThis || "left" in []) throw new Error("left"); return x + 1; }',
    );
    assert.equal(verdict.status, 'passed');
  });

  it('is gone within 2 seconds when it is cancelled', async () => {
    const controller = new AbortController();
    const program = { language: 'typescript' as const, source: 'for (;;) {}', entryPoint: 'f' };
    const patient = { timeoutMs: 60_000, memoryMb: 64 };
    const verdict = suite.judge.judge(program, tests, patient, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = Date.now();
    controller.abort();
    assert.equal((await verdict).status, 'cancelled');
    assert.ok(Date.now() - began < 2000);
  });
});
