import assert from 'node:assert/strict';
import { difference } from '../../../../src/engine/flywheel/story';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${String(index)}`);

describe('the difference between two turns', () => {
  it('shows what changed with three lines around it, and where lines were left out', () => {
    const before = lines(20).join('\n');
    const found = difference(before, before.replace('line 10', 'changed'));
    assert.deepEqual(
      found.map(({ kind, text }) => `${kind} ${text}`),
      [
        'gap ',
        ...['same line 7', 'same line 8', 'same line 9'],
        ...['removed line 10', 'added changed'],
        ...['same line 11', 'same line 12', 'same line 13'],
        'gap ',
      ],
    );
  });

  it('leaves nothing out of a short program', () => {
    const found = difference('a\nb\n', 'a\nc\n');
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['same', 'removed', 'added'],
    );
  });
});
