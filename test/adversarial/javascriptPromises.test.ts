import assert from 'node:assert/strict';
import type { Judging } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { floating, lookedAt } from '../support/floatingTests';
import { assertions, quickJsJudge } from '../support/languageJudges';

const limits = { timeoutMs: 3000, memoryMb: 64 };

describe('promises of JavaScript tests that nothing waits for', () => {
  const suite = quickJsJudge();

  const judged = (source: string, test: string, judging: Judging): Promise<Verdict> =>
    suite.judged(source, assertions([test]), limits, { language: 'javascript', judging });

  for (const judging of ['apart', 'together'] as const) {
    for (const [what, test, right, wrong] of floating) {
      it(`fails a test whose assertion nothing waits for, ${judging}: ${what}`, async () => {
        const verdict = await judged(right, test, judging);
        assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
        assert.equal((await judged(wrong, test, judging)).status, 'failed');
      });
    }

    for (const test of lookedAt) {
      it(`lets a rejection be that a test looks at, ${judging}: ${test}`, async () => {
        const verdict = await judged(
          'const f = async () => { throw new Error("lost") }',
          test,
          judging,
        );
        assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      });
    }
  }

  it('lets a program look at the promises of functions that it was given, together', async () => {
    const source =
      'const f = async (g) => { try { return await g() } catch (e) { return e.message } }';
    const test = 'assert.equal(await f(async () => { throw new Error("seen") }), "seen")';
    assert.equal((await judged(source, test, 'together')).status, 'passed');
  });
});
