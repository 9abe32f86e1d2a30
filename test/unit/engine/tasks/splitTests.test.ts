import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitTests } from '../../../../src/engine/tasks/splitTests';
import { aTask, aTest, aVerdict } from '../../../support/builders';

const outcomes = fc.array(fc.constantFrom('passed', 'failed', 'errored'), { maxLength: 12 });

describe('splitting tests', () => {
  it('makes half of the failing (rounded up) and half of the passing tests visible', () => {
    fc.assert(
      fc.property(outcomes, (found) => {
        const tests = found.map((_, index) => aTest(`t${String(index)}`, 'hidden'));
        const results = found.map((outcome, index) => ({ id: tests[index]?.id ?? '', outcome }));
        const split = splitTests(aTask({ tests }), aVerdict('failed', results));
        const failing = results.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
        if (failing.length < 2) {
          assert.equal(split, null);
          return;
        }
        assert.ok(split);
        assert.deepEqual(
          split.map(({ id }) => id),
          tests.map(({ id }) => id),
        );
        const visible = split.filter(({ role }) => role === 'visible').map(({ id }) => id);
        const visibleFailing = visible.filter((id) => failing.includes(id)).length;
        assert.equal(visibleFailing, Math.ceil(failing.length / 2));
        const passing = found.length - failing.length;
        assert.equal(visible.length - visibleFailing, Math.floor(passing / 2));
        assert.ok(split.some(({ id, role }) => role === 'hidden' && failing.includes(id)));
      }),
    );
  });
});
