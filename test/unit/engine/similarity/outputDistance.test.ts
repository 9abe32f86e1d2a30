import assert from 'node:assert/strict';
import fc from 'fast-check';
import { outputDistance } from '../../../../src/engine/similarity/outputDistance';

describe('the distance between outputs', () => {
  it('is 0 for the same text alone, and never more than 1', () => {
    const printed = fc.oneof(fc.string(), fc.integer().map(String), fc.json());
    fc.assert(
      fc.property(printed, printed, (a, b) => {
        const distance = outputDistance(a, b);
        assert.ok(distance >= 0 && distance <= 1);
        assert.equal(distance === 0, a === b);
      }),
    );
  });

  const nearer: readonly (readonly [string, string, string])[] = [
    ['11', '20', '10'],
    ['-0.5', '7.5', '0.5'],
    ['[1, 2, 4]', '[4]', '[1, 2, 3]'],
    ["'abd'", "'xyz'", "'abc'"],
    ['3', 'None', '4'],
    ['False', 'None', 'True'],
    ['[[1], [2]]', '7', '[[1], [2], [3]]'],
    ["'7'", 'None', '7'],
  ];
  for (const [near, far, wanted] of nearer) {
    it(`is less for ${near} than for ${far} where ${wanted} is wanted`, () => {
      assert.ok(outputDistance(near, wanted) < outputDistance(far, wanted));
    });
  }
});
