import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveBy, rowWindow, scrollToShow } from '../../../src/viewer/rowWindow';

describe('window on the rows', () => {
  it('draws what is seen, and some more', () => {
    const shown = rowWindow({ count: 1000, rowHeight: 24 }, { top: 2400, height: 480 }, 5);
    assert.deepEqual(shown, { first: 95, end: 125, offset: 95 * 24, height: 24_000 });
  });

  it('covers every visible row, stays within the list, and is never large', () => {
    const list = fc.record({ count: fc.nat(5000), rowHeight: fc.integer({ min: 16, max: 60 }) });
    const scroll = fc.record({ top: fc.nat(400_000), height: fc.nat(2000) });
    fc.assert(
      fc.property(list, scroll, (list, scroll) => {
        const { first, end, offset, height } = rowWindow(list, scroll);
        assert.ok(first >= 0 && first <= end && end <= list.count);
        assert.equal(offset, first * list.rowHeight);
        assert.ok(end - first <= scroll.height / list.rowHeight + 18);
        const top = Math.max(0, Math.min(scroll.top, height - scroll.height));
        assert.ok(offset <= top);
        assert.ok(end * list.rowHeight >= Math.min(height, top + scroll.height));
      }),
    );
  });

  it('scrolls no further than it must', () => {
    const seen = { top: 100, height: 240 };
    assert.equal(scrollToShow(2, 24, seen), 48);
    assert.equal(scrollToShow(6, 24, seen), 100);
    assert.equal(scrollToShow(20, 24, seen), 21 * 24 - 240);
  });

  it('moves by keys and stays within the list', () => {
    assert.equal(moveBy('ArrowDown', 9, 10, 5), 9);
    assert.equal(moveBy('ArrowUp', 0, 10, 5), 0);
    assert.equal(moveBy('PageDown', 2, 10, 5), 7);
    assert.equal(moveBy('End', 2, 10, 5), 9);
    assert.equal(moveBy('Home', 2, 10, 5), 0);
    assert.equal(moveBy('x', 2, 10, 5), null);
  });
});
