import assert from 'node:assert/strict';
import { measuredOn } from '../../../../../src/engine/solvers/search/measured';

describe('how often choices were right', () => {
  const share = (tellingTests: number, trust: number, behaviours: number | null): number => {
    const { right, of } = measuredOn({ tellingTests, trust, behaviours });
    return right / of;
  };

  it('is less where programs that pass differ, and where edits are of a kind that bends to tests', () => {
    for (const tests of [1, 2, 3]) {
      assert.ok(share(tests, 0.9, 1) > share(tests, 0.9, 2));
      assert.ok(share(tests, 0.9, 1) > share(tests, 0.3, 1));
    }
  });

  it('is more with each visible test that tells programs apart', () => {
    for (const trust of [0.2, 0.9]) {
      assert.ok(share(1, trust, 1) < share(2, trust, 1));
      assert.ok(share(2, trust, 1) < share(3, trust, 1));
    }
    assert.equal(share(0, 0.9, 1), share(1, 0.9, 1));
    assert.equal(share(7, 0.9, 1), share(3, 0.9, 1));
  });
});
