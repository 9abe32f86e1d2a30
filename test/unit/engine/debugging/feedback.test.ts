import assert from 'node:assert/strict';
import { promptFeedback, testFeedback } from '../../../../src/engine/debugging/feedback';
import type { IoTest } from '../../../../src/engine/domain/task';
import { aProblem, aVerdict } from '../../../support/builders';

describe('feedback on a test that is input and output', () => {
  const test: IoTest = { id: 'v', role: 'visible', kind: 'io', stdin: '1 2\n', stdout: '3\n' };

  it('shows the input, what was expected and what was printed', () => {
    const verdict = aVerdict('failed', [
      { id: 'v', outcome: 'failed', message: 'line 1 differs', expected: '3', actual: '4' },
    ]);
    assert.equal(
      testFeedback(aProblem({ tests: [test] }), verdict).text,
      '0 of 1 visible tests pass.\nFirst failing test: v\nInput:\n    1 2\nExpected: 3\nGot: 4\nline 1 differs',
    );
  });

  it('shows the expected output where the program ended instead of printing', () => {
    const verdict = aVerdict('failed', [{ id: 'v', outcome: 'errored', message: 'exit code 1' }]);
    assert.match(
      testFeedback(aProblem({ tests: [test] }), verdict).text,
      /Input:\n {4}1 2\nExpected output:\n {4}3\nexit code 1$/,
    );
  });

  it('is bounded, however long the input is', () => {
    const long = { ...test, stdin: 'x'.repeat(1e6), stdout: 'y'.repeat(1e6) };
    const verdict = aVerdict('failed', [{ id: 'v', outcome: 'errored', message: 'exit code 1' }]);
    const { text } = testFeedback(aProblem({ tests: [long] }), verdict);
    assert.ok(text.length < 3000);
    assert.match(text, /999000 more characters/);
  });

  it('holds no path of this machine', () => {
    const traceback = [
      'Traceback (most recent call last):',
      '  File "/root/.pyenv/versions/3.12.1/lib/python3.12/json/decoder.py", line 337, in decode',
      '    at run (file:///home/someone/tools/run.mjs:3:4)',
      "FileNotFoundError: '/tmp/box-1/data.txt'",
      'ModuleNotFoundError: C:\\Users\\someone\\main.py',
    ].join('\n');
    const verdict = {
      ...aVerdict('failed', [{ id: 'v', outcome: 'errored', message: traceback }]),
      output: traceback,
    };
    const problem = aProblem({ tests: [test] });
    const { text } = promptFeedback('test', { problem, program: 'x', verdict, broken: [] });
    assert.doesNotMatch(text, /root|pyenv|home|someone|box-1|Users/);
    assert.match(text, /File "decoder\.py", line 337, in decode/);
    assert.match(text, /run \(run\.mjs:3:4\)/);
    assert.match(text, /'data\.txt'/);
    assert.match(text, / main\.py/);
  });

  it('leaves paths that are data of the task, and numbers divided', () => {
    const source = 'assert simplify("/tmp/a/../b.py") == "/tmp/b.py"';
    const problem = aProblem({ tests: [{ id: 'v', role: 'visible', kind: 'assert', source }] });
    const verdict = aVerdict('failed', [
      { id: 'v', outcome: 'failed', statement: source, expected: "'/tmp/b.py'", actual: "'/a/b'" },
    ]);
    const { text } = testFeedback(problem, { ...verdict, message: '1/2/3' });
    assert.match(text, /simplify\("\/tmp\/a\/\.\.\/b\.py"\) == "\/tmp\/b\.py"/);
    assert.match(text, /Got: '\/a\/b'/);
  });
});
