import assert from 'node:assert/strict';
import type { Judge } from '../../../../src/engine/domain/ports';
import type { Status } from '../../../../src/engine/domain/verdict';
import { settleJudging } from '../../../../src/engine/judge/settleJudging';

const task = {
  language: 'python',
  entryPoint: 'f',
  support: '',
  reference: 'def f(): return 1',
  tests: [{ id: 't', role: 'hidden', kind: 'assert', source: 'assert f() == 1' }],
  limits: { timeoutMs: 1000, memoryMb: 64 },
} as const;

/** Answers with the statuses given for each way, in turn; the last one stays. */
function judgeThat(ways: Readonly<Record<'apart' | 'together', readonly Status[]>>): Judge {
  const asked = { apart: 0, together: 0 };
  return {
    judge: ({ judging = 'apart' }) => {
      const statuses = ways[judging];
      const status = statuses[Math.min(asked[judging]++, statuses.length - 1)] ?? 'failed';
      const isolation = judging === 'apart' ? 'separate' : 'shared';
      return Promise.resolve({ status, isolation, tests: [], output: '', durationMs: 1 });
    },
    observe: () => Promise.reject(new Error('not asked for')),
  };
}

const settled = (apart: readonly Status[], together: readonly Status[]): Promise<unknown> =>
  settleJudging(task, judgeThat({ apart, together }), new AbortController().signal);

describe('where the tests of a task are to run', () => {
  it('is apart where its reference passes so, else together, else unknown', async () => {
    assert.equal(await settled(['passed'], ['passed']), 'apart');
    assert.equal(await settled(['failed'], ['passed']), 'together');
    assert.equal(await settled(['failed'], ['failed']), undefined);
    assert.equal(await settled(['crashed', 'passed'], ['passed']), 'together');
  });

  it('is not changed by a machine that was busy or broken once', async () => {
    assert.equal(await settled(['timedOut', 'passed'], ['passed']), 'apart');
    assert.equal(await settled(['infrastructure', 'passed'], ['passed']), 'apart');
    assert.equal(await settled(['timedOut'], ['passed']), 'together');
    assert.equal(await settled(['timedOut', 'infrastructure'], ['passed']), undefined);
    assert.equal(await settled(['infrastructure'], ['passed']), undefined);
  });
});
