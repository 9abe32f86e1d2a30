import assert from 'node:assert/strict';
import { UserError } from '../../../../src/engine/domain/errors';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { answeredTask } from '../../../../src/engine/tasks/makers/answeredTask';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';

describe('a task with what a person says of a call', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const sourceOf = (language: 'python' | 'typescript', returns: string): string => {
    const task = answeredTask(syntax, aTask({ language }), { call: 'f([1], "a")', returns });
    const test = task.tests.at(-1);
    return test && 'source' in test ? test.source : '';
  };

  it('has one more visible test, another hash and the same name', () => {
    const before = aTask();
    const task = answeredTask(syntax, before, { call: 'double(3)', returns: ' 6 ' });
    const again = answeredTask(syntax, task, { call: 'double(4)', returns: '8' });
    assert.equal(task.tests.length, before.tests.length + 1);
    assert.equal(before.tests.length, 5);
    assert.deepEqual(
      again.tests.slice(-2).map(({ id, role }) => [id, role]),
      [
        ['answer-1', 'visible'],
        ['answer-2', 'visible'],
      ],
    );
    assert.notEqual(task.hash, before.hash);
    assert.deepEqual([task.id, task.family], [before.id, before.family]);
  });

  it('asks for the value, or for the error', () => {
    assert.equal(sourceOf('python', '[1, 2]'), 'assert f([1], "a") == ([1, 2])');
    assert.equal(sourceOf('python', '(1, 2)'), 'assert f([1], "a") == ((1, 2))');
    assert.match(sourceOf('python', 'raises ValueError'), /except ValueError:/);
    assert.equal(
      sourceOf('typescript', '{ a: 1 }'),
      'assert.deepStrictEqual(f([1], "a"), ({ a: 1 }));',
    );
    assert.match(sourceOf('typescript', 'throws RangeError'), /assert\.throws.*'RangeError'/);
  });

  const wrong = ['', '1); import os; (2', '1\nimport os', 'x = 1', 'return 1', '1)', '# 1'];
  for (const returns of wrong) {
    it(`is refused for ${JSON.stringify(returns)}, which is no one value`, () => {
      for (const language of ['python', 'typescript'] as const) {
        assert.throws(
          () => answeredTask(syntax, aTask({ language }), { call: 'f(1)', returns }),
          (error) => error instanceof UserError && error.code === 'badAnswer',
          `${language} took ${returns}`,
        );
      }
    });
  }

  it('takes two values as one where the language does', () => {
    assert.equal(sourceOf('python', '1, 2'), 'assert f([1], "a") == (1, 2)');
    assert.throws(() => sourceOf('typescript', '1, 2'), UserError);
  });

  it('is refused for a call that is none', () => {
    assert.throws(
      () => answeredTask(syntax, aTask(), { call: 'f(1); g(2)', returns: '1' }),
      (error) => error instanceof UserError && error.code === 'badAnswer',
    );
  });
});
