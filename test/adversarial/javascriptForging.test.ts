import assert from 'node:assert/strict';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, quickJsJudge } from '../support/languageJudges';

const limits = { timeoutMs: 3000, memoryMb: 64 };

describe('JavaScript programs that catch, stand in for and print what they like', () => {
  const suite = quickJsJudge();

  const judged = (source: string, ...sources: readonly string[]): Promise<Verdict> =>
    suite.judged(source, assertions(sources), limits, { language: 'javascript', judging: 'apart' });

  for (const [what, source, test] of [
    [
      'an assertion',
      'function f(x, g) { try { g(0); } catch {} }',
      'f(1, (v) => assert.equal(v, 1))',
    ],
    [
      'a rejected promise',
      'async function f(x, g) { try { await g(0); } catch {} }',
      'await f(1, async (v) => { await null; assert.equal(v, 1); })',
    ],
    [
      'a rejected promise that it hands back where nobody looks',
      'function f(x, g) { return x === 1 && g.length ? { left: g(0) } : undefined; }',
      'f(1, async (v) => { await null; assert.equal(v, 1); })',
    ],
    [
      'an assertion that it throws again where nothing hears it',
      'function f(x, g) { try { g(0); } catch (error) { Promise.reject(error).catch(() => {}); } }',
      'f(1, (v) => assert.equal(v, 1))',
    ],
  ] as const) {
    it(`lets no program swallow ${what} of its tests, and the next test is judged alone`, async () => {
      const { status, tests, isolation } = await judged(
        source,
        test,
        'assert.equal(await f(1, () => {}), undefined)',
      );
      assert.equal(status, 'failed');
      assert.equal(isolation, 'separate');
      assert.deepEqual(
        tests.map(({ outcome }) => outcome),
        ['failed', 'passed'],
      );
    });
  }

  it('leaves what its functions throw to tests that wait for it', async () => {
    const verdict = await judged(
      'const f = (g) => g()',
      'assert.throws(() => f(() => assert.fail("mine")), { message: "mine" }); await assert.rejects(f(async () => assert.fail("x")), { message: "x" })',
    );
    assert.equal(verdict.status, 'passed', verdict.message);
  });

  it('lets no method of an object stand for one of the language', async () => {
    for (const [made, asked] of [
      [
        'Object.assign(new Date(0), { getTime: () => 5, getFullYear: () => 5 })',
        'getFullYear() === 5',
      ],
      ['Object.assign([], { map: () => [2], at: () => 5 })', 'at(0) === 5'],
      ['Object.assign(new Map(), { get: () => 5 })', 'get(1) === 5'],
      ['Object.assign(new Number(1), { toFixed: () => 5 })', 'toFixed() === 5'],
    ]) {
      const source = `const f = () => ${String(made)}`;
      const verdict = await judged(source, `assert.ok(f().${String(asked)})`);
      assert.equal(verdict.status, 'failed', made);
    }
  });

  it('keeps the first and the last of what a chatty program prints', async () => {
    const verdict = await judged(
      'const f = () => { for (let n = 0; n < 100000; n++) console.log("line " + n); return 1 }',
      'assert.equal(f(), 1)',
    );
    assert.equal(verdict.status, 'passed', verdict.message);
    assert.ok(verdict.output.length <= 64 * 1024);
    assert.match(
      verdict.output,
      /^line 0\nline 1\n[^]*\[\d+ characters left out\][^]*\nline 99999\n$/,
    );
  });

  it('ends a program that prints more than 4 MB', async () => {
    const verdict = await judged(
      'const f = () => { console.log("x".repeat(5e6)); return 1 }',
      'f()',
    );
    assert.equal(verdict.status, 'outputExceeded');
    assert.ok(verdict.output.length <= 64 * 1024);
  });
});
