import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clopperPearson } from '../../../../src/engine/statistics/clopperPearson';
import { median } from '../../../../src/engine/statistics/median';
import { passAtK } from '../../../../src/engine/statistics/passAtK';
import { near } from '../../../support/near';

describe('pass@k', () => {
  const vectors: readonly (readonly [number, number, number, number])[] = [
    [10, 3, 1, 0.3],
    [10, 3, 5, 0.916666666667],
    [10, 8, 5, 1],
    [10, 0, 1, 0],
    [200, 20, 10, 0.660225623763],
    [200, 1, 100, 0.5],
    [20, 5, 10, 0.983746130031],
    [100, 37, 10, 0.992616797214],
    [5, 5, 5, 1],
  ];
  for (const [n, c, k, expected] of vectors) {
    it(`of ${String(c)} right of ${String(n)} at k ${String(k)} is ${String(expected)}`, () => {
      near(passAtK(n, c, k), expected, 1e-11);
    });
  }

  it('is not defined with fewer samples than k', () => {
    assert.equal(passAtK(4, 2, 5), null);
  });

  it('refuses counts that cannot be', () => {
    assert.throws(() => passAtK(3, 4, 1), RangeError);
    assert.throws(() => passAtK(3, 1, 0), RangeError);
  });
});

describe('the Clopper-Pearson interval', () => {
  it('holds the share, has a width, and lies within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (a, b) => {
        const [x, n] = [Math.min(a, b), Math.max(a, b, 1)];
        const interval = clopperPearson(x, n);
        assert.ok(interval);
        const [low, high] = interval;
        assert.ok(low >= 0 && low <= x / n && x / n <= high && high <= 1 && high - low > 0);
      }),
    );
  });

  it('is not defined with no trial', () => {
    assert.equal(clopperPearson(0, 0), null);
  });
});

describe('the median', () => {
  it('is the middle value, or the mean of both', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(median([]), null);
  });
});
