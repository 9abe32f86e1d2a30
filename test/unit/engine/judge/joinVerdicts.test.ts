import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinVerdicts } from '../../../../src/engine/judge/joinVerdicts';
import { outcomes, statuses, type Verdict } from '../../../../src/engine/domain/verdict';
import { aTest } from '../../../support/builders';

const verdict = (parts: Partial<Verdict>): Verdict => ({
  status: 'passed',
  tests: [],
  output: '',
  isolation: 'separate',
  durationMs: 1,
  ...parts,
});

describe('joining verdicts of several kinds of tests', () => {
  const tests = [aTest('a', 'visible'), aTest('b', 'hidden'), aTest('c', 'hidden')];

  it('keeps the order of the tests, adds the time, and is as weakly isolated as its weakest part', () => {
    const joined = joinVerdicts(tests, [
      verdict({ tests: [{ id: 'c', outcome: 'passed' }], isolation: 'shared', output: 'x' }),
      verdict({
        tests: [
          { id: 'a', outcome: 'passed' },
          { id: 'b', outcome: 'passed' },
        ],
        durationMs: 4,
        output: 'y',
      }),
    ]);
    assert.deepEqual(
      joined.tests.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      [joined.status, joined.durationMs, joined.isolation, joined.output],
      ['passed', 5, 'shared', 'xy'],
    );
  });

  it('takes the reason of the part that stands for the whole', () => {
    const joined = joinVerdicts(tests, [
      verdict({ status: 'failed', message: 'wrong' }),
      verdict({ status: 'infrastructure', message: 'no compiler' }),
    ]);
    assert.deepEqual([joined.status, joined.message], ['infrastructure', 'no compiler']);
  });

  it('takes nothing for passed under a program that meddled', () => {
    const joined = joinVerdicts(tests, [
      verdict({ tests: [{ id: 'a', outcome: 'passed' }] }),
      verdict({ status: 'tampered', message: 'wrote where it may not' }),
    ]);
    assert.deepEqual([joined.status, joined.message], ['tampered', 'wrote where it may not']);
    assert.ok(joined.tests.every(({ outcome }) => outcome === 'notRun'));
  });

  it('passes only where every part passed and told that each of its tests did', () => {
    const part = fc.record({
      status: fc.constantFrom(...statuses),
      tests: fc
        .subarray(['a', 'b', 'c'])
        .chain((ids) =>
          fc.tuple(
            ...ids.map((id) =>
              fc.record({ id: fc.constant(id), outcome: fc.constantFrom(...outcomes) }),
            ),
          ),
        ),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const joined = joinVerdicts(tests, parts.map(verdict));
        assert.equal(joined.tests.length, tests.length);
        if (joined.status !== 'passed') return;
        assert.ok(parts.every(({ status }) => status === 'passed'));
        assert.ok(joined.tests.every(({ outcome }) => outcome === 'passed'));
      }),
    );
  });
});
