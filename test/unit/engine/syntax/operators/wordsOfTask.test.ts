import assert from 'node:assert/strict';
import { wordsOf } from '../../../../../src/engine/syntax/operators/wordsOfTask';
import { describeMends } from '../../../../support/mends';

describeMends('wordsOfTask', [
  {
    fault: 'a number misread',
    language: 'python',
    from: 'def f(x):\n    return x - 30\n',
    to: 'def f(x):\n    return x - 32\n',
    prompt: 'Subtract 32.',
  },
  {
    fault: 'a percentage misread',
    language: 'python',
    from: 'def f(x):\n    return x * 0.2\n',
    to: 'def f(x):\n    return x * 0.8\n',
    prompt: 'Take off 20 percent.',
  },
  {
    fault: 'a wording misread',
    language: 'python',
    from: "def f(n):\n    return 'Hello ' + n\n",
    to: "def f(n):\n    return 'Hello, ' + n\n",
    prompt: "Return 'Hello, NAME'.",
  },
]);

describe('the words of a task', () => {
  it('are none of its examples, which the tests ask', () => {
    const prompt = [
      'Return the sum of what is over 40, or "none".',
      '>>> f([7, 8])',
      "'fifteen'",
      '',
      'f([1, 3]) == 5',
      'For f([6]) => 11',
      'Numbers under 3 do not count.',
    ].join('\n');
    assert.deepEqual(wordsOf(prompt, 'python'), { numbers: ['40', '3'], strings: ["'none'"] });
  });
});
