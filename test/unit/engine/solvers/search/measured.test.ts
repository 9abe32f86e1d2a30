import assert from 'node:assert/strict';
import { measuredOn } from '../../../../../src/engine/solvers/search/measured';

describe('how often choices were right', () => {
  const share = (visibleTests: number, trust: number, behaviours: number | null): number => {
    const { right, of } = measuredOn({ visibleTests, trust, behaviours });
    return right / of;
  };

  it('is less where programs that pass differ, and where edits are of a kind that bends to tests', () => {
    assert.ok(share(3, 0.9, 1) > share(3, 0.9, 2));
    assert.ok(share(3, 0.9, 1) > share(3, 0.3, 1));
    assert.ok(share(3, 0.3, null) > share(3, 0.3, 3));
  });

  it('is far less with a single visible test, whatever else speaks for the choice', () => {
    for (const trust of [0.2, 0.9]) {
      assert.ok(share(1, trust, 1) < 0.5);
      assert.ok(share(1, trust, 1) < share(2, trust, 2));
    }
  });
});
