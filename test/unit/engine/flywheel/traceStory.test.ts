import assert from 'node:assert/strict';
import { traceStory } from '../../../../src/engine/flywheel/traceStory';

const program = 'def f(x):\n    y = x + 1\n    return y';

describe('a trace as people read it', () => {
  it('shows each step with its line, what it changed, and how it ended', () => {
    const events = [
      { line: 2, function: 'f', changed: { x: '1', y: '2' } },
      { line: 3, function: 'f', changed: {}, returned: '2' },
      { line: 99, function: null, changed: {}, raised: 'AssertionError' },
    ];
    const tests = { empty: { events: [], omitted: 0 }, second: { events, omitted: 5 } };
    assert.deepEqual(traceStory({ kind: 'trace', tests }, program), {
      test: 'second',
      omitted: 5,
      omittedBefore: 2,
      steps: [
        {
          ...{ line: 2, function: 'f', source: 'y = x + 1' },
          changed: [
            { name: 'x', value: '1' },
            { name: 'y', value: '2' },
          ],
        },
        { line: 3, function: 'f', source: 'return y', changed: [], returned: '2' },
        { line: 99, function: null, source: '', changed: [], raised: 'AssertionError' },
      ],
    });
  });

  it('cuts long values, and is none where nothing was traced', () => {
    const events = [{ line: 1, function: null, changed: { x: 'y'.repeat(5000) } }];
    const long = traceStory({ kind: 'trace', tests: { t: { events, omitted: 0 } } }, program);
    assert.ok((long?.steps[0]?.changed[0]?.value.length ?? 0) < 300);
    assert.equal(traceStory({ kind: 'trace', tests: {} }, program), null);
    assert.equal(traceStory({ kind: 'unavailable', reason: 'no' }, program), null);
  });
});
