import assert from 'node:assert/strict';
import type { Status, Verdict } from '../../../../src/engine/domain/verdict';
import type { CodeProgram, LanguageJudge } from '../../../../src/engine/judge/languageJudge';
import { selfTested } from '../../../../src/engine/judge/selfTest';

const never = new AbortController().signal;
const program: CodeProgram = { language: 'python', source: 'mine', entryPoint: 'f' };
const tests = [{ id: 't', role: 'hidden', kind: 'assert', source: 'assert f(1)' }] as const;
const limits = { timeoutMs: 1000, memoryMb: 64 };

/** A judge that finds what it is told to find, and notes what it was asked. */
function judgeThat(
  finds: (source: string) => Partial<Verdict>,
): LanguageJudge & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    judge: ({ source }) => {
      asked.push(source);
      const verdict: Verdict = {
        status: 'passed',
        tests: [],
        output: '',
        isolation: 'separate',
        durationMs: 1,
        ...finds(source),
      };
      return Promise.resolve(verdict);
    },
    observe: () => Promise.reject(new Error('not asked')),
    recordCalls: () => Promise.reject(new Error('not asked')),
    callAll: () => Promise.reject(new Error('not asked')),
  };
}

const isRight = (source: string): boolean => source === 'mine' || source.includes('x * 2');
const honest = (source: string): Partial<Verdict> => ({
  status: isRight(source) ? 'passed' : 'failed',
});

describe('a judge that proves itself', () => {
  it('does so once, before its first verdict, and then judges', async () => {
    const inner = judgeThat(honest);
    const judge = selfTested(inner, 'python');
    const verdicts = await Promise.all(
      [1, 2].map(() => judge.judge(program, tests, limits, never)),
    );
    assert.deepEqual(
      verdicts.map(({ status }) => status),
      ['passed', 'passed'],
    );
    assert.equal(inner.asked.filter((source) => source === 'mine').length, 2);
    assert.ok(inner.asked.indexOf('mine') >= 5, 'known programs come first');
    const { passed, programs } = await judge.selfTest();
    assert.deepEqual([passed, inner.asked.length], [true, programs + 2]);
  });

  const lies: readonly (readonly [string, (source: string) => Partial<Verdict>])[] = [
    ['passes all', () => ({ status: 'passed' })],
    ['refuses all', () => ({ status: 'failed' })],
    ['passes what equals all', (s) => (s.includes('__eq__') ? {} : honest(s))],
    ['passes what ends the process', (s) => (s.includes('_exit') ? {} : honest(s))],
    ['passes what prints a verdict', (s) => (s.includes('print') ? {} : honest(s))],
    ['judges in one process', (s) => ({ ...honest(s), isolation: 'shared' })],
  ];
  for (const [what, finds] of lies) {
    it(`stops the work where it ${what}`, async () => {
      const inner = judgeThat(finds);
      const judge = selfTested(inner, 'python');
      for (let round = 0; round < 3; round++) {
        const verdict = await judge.judge(program, tests, limits, never);
        assert.equal(verdict.status, 'infrastructure');
        assert.match(verdict.message ?? '', /self-test of the sandbox failed: a program that/);
        assert.deepEqual(verdict.tests, [{ id: 't', outcome: 'notRun' }]);
      }
      assert.ok(!inner.asked.includes('mine'), 'no program of ours was run');
      assert.equal((await judge.selfTest()).passed, false);
    });
  }

  it('calls no program where it does not tell known ones apart', async () => {
    const judge = selfTested(
      judgeThat(() => ({ status: 'passed' })),
      'python',
    );
    const calls = await judge.callAll(program, [{ args: [1], kwargs: {} }], limits, never);
    assert.deepEqual([calls.end, calls.outputs], ['infrastructure', []]);
    assert.match(calls.detail ?? '', /self-test of the sandbox failed/);
  });

  it('is asked again where the machine, not the judge, was at fault', async () => {
    let status: Status | null = 'infrastructure';
    const inner = judgeThat((source) =>
      status === null ? honest(source) : { status, message: 'bwrap is not there' },
    );
    const judge = selfTested(inner, 'python');
    const first = await judge.judge(program, tests, limits, never);
    assert.deepEqual([first.status, first.message], ['infrastructure', 'bwrap is not there']);
    status = null;
    assert.equal((await judge.judge(program, tests, limits, never)).status, 'passed');
  });

  it('keeps nobody waiting who has cancelled', async () => {
    const controller = new AbortController();
    const stuck: LanguageJudge = {
      ...judgeThat(honest),
      judge: () => new Promise<Verdict>(() => undefined),
    };
    const verdict = selfTested(stuck, 'python').judge(program, tests, limits, controller.signal);
    controller.abort();
    assert.equal((await verdict).status, 'cancelled');
  });
});
