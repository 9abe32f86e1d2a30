import assert from 'node:assert/strict';
import { taskName, taskNames } from '../../../src/viewer/taskName';

const task = (id: string, entryPoint: string) => ({ id, entryPoint });

describe('name of a task', () => {
  it('is the function, then what was done to it, without its hash', () => {
    const long = task('python/textkit/dates/add_months/unwrap-0e7ac2', 'add_months');
    assert.deepEqual(taskName(long), { entryPoint: 'add_months', variant: 'unwrap' });
    assert.equal(taskName(task('HumanEval/7', 'f')).variant, '7');
    assert.equal(taskName(task('textkit/slugify', 'slugify')).variant, '');
  });

  it('keeps the hash where two would read the same', () => {
    const rows = ['a/f/call-aaaaaa', 'a/f/call-bbbbbb', 'a/f/unwrap-cccccc'].map((id) =>
      task(id, 'f'),
    );
    const nameOf = taskNames(rows);
    assert.deepEqual(
      rows.map((row) => nameOf(row).variant),
      ['call-aaaaaa', 'call-bbbbbb', 'unwrap'],
    );
  });
});
