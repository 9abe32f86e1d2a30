import assert from 'node:assert/strict';
import { endedText, passText, unansweredText } from '../../../src/cli/words';

describe('words of the command line', () => {
  it('count tasks, or trajectories where each task has several', () => {
    assert.equal(endedText({ ended: 1, tasks: 1 }), '1 of 1 task');
    assert.equal(endedText({ ended: 12, tasks: 3, samples: 4 }), '12 of 12 trajectories');
  });

  it('take the form of one for one', () => {
    assert.deepEqual([1, 2].map(passText), ['1 passes hidden tests', '2 pass hidden tests']);
  });

  it('label tokens of calls without an answer, and say nothing where there are none', () => {
    assert.equal(unansweredText(undefined), '');
    assert.equal(unansweredText(1), '; at most 1 token of them in calls without an answer');
  });
});
