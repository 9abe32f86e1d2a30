import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  afterChanges,
  type MissedMark,
  type TextChange,
} from '../../../src/editor/missed/missedMarks';

const mark = (start: number, end: number): MissedMark => ({
  name: 'f',
  start,
  end,
  note: `${start}`,
});

describe('marks of what tests miss', () => {
  it('stay before a change, move behind it, and are gone where it touches them', () => {
    const marks = [mark(0, 4), mark(10, 14), mark(20, 24)];
    const change = { start: 11, length: 1, added: 6 };
    assert.deepEqual(
      afterChanges(marks, [change]).map(({ start, end }) => [start, end]),
      [
        [0, 4],
        [25, 29],
      ],
    );
    const typedBefore = afterChanges(marks, [{ start: 10, length: 0, added: 3 }]);
    assert.deepEqual(
      typedBefore.map(({ start }) => start),
      [0, 13, 23],
    );
  });

  it('are about the same text after any changes, as long as they are there', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    const places = fc.uniqueArray(fc.nat(text.length - 3), { maxLength: 12 });
    const changes = fc.array(
      fc.record({
        at: fc.nat(text.length - 1),
        length: fc.nat(6),
        put: fc.string({ maxLength: 6 }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(places, changes, (starts, wanted) => {
        const marks = starts.map((start) => mark(start, start + 3));
        // As the editor tells them: none overlaps another, in any order.
        const apart = wanted
          .sort((a, b) => a.at - b.at)
          .filter(({ at }, place, all) => {
            const before = all[place - 1];
            return before === undefined || before.at + before.length < at;
          })
          .map(({ at, length, put }) => ({ at, length: Math.min(length, text.length - at), put }));
        const told = apart.map(({ at, length, put }): TextChange => ({
          start: at,
          length,
          added: put.length,
        }));
        const now = [...apart]
          .sort((a, b) => b.at - a.at)
          .reduce(
            (left, { at, length, put }) => left.slice(0, at) + put + left.slice(at + length),
            text,
          );
        const moved = afterChanges(marks, told);
        for (const { start, end, note } of moved) {
          const before = Number(note);
          assert.equal(now.slice(start, end), text.slice(before, before + 3));
        }
        const touched = marks.filter(({ start, end }) =>
          told.some((one) => one.start < end && one.start + one.length > start),
        );
        assert.ok(moved.every(({ note }) => touched.every((one) => one.note !== note)));
      }),
    );
  });
});
