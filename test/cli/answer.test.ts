import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { productIn, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

/** Two tests cannot tell what is to be said of an empty list. */
const task = {
  id: 'average',
  language: 'python',
  prompt: 'Write average(numbers).',
  entryPoint: 'average',
  starter:
    'def average(numbers):\n    total = 1\n    for number in numbers:\n        total += number\n    return total / len(numbers) if numbers else None\n',
  tests: [
    { id: 'v1', role: 'visible', kind: 'assert', source: 'assert average([2, 4]) == 3' },
    { id: 'v2', role: 'visible', kind: 'assert', source: 'assert average([5]) == 5' },
  ],
};

describe('answering what a call should give', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, []);
    const file = path.join(product.work, 't.tasks.jsonl');
    writeFileSync(file, JSON.stringify(task));
  });
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout, exitCode, stderr } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, String(stderr));
    return JSON.parse(String(stdout)) as Record<string, unknown>;
  };

  it('goes on with one more test, which the next program passes', async () => {
    const solved = await json('solve', '--tasks', 't.tasks.jsonl', '--run', 'a');
    assert.equal(solved['solvedVisible'], 1);
    const asked = ['--call', 'average([])', '--returns', '0', '--run', 'b'];
    const answered = await json('answer', 'a', 'average', ...asked);
    assert.deepEqual(
      [answered['run'], answered['stop'], answered['passed'], answered['of']],
      ['b', 'solved', 3, 3],
    );
    const told = (await json('show', 'b', 'average')) as { visibleTests?: number };
    assert.equal(told.visibleTests, 3);
    const before = (await json('show', 'a', 'average')) as { visibleTests?: number };
    assert.equal(before.visibleTests, 2, 'the run that was asked about is as it was');
  });

  it('refuses what is no value, and changes nothing', async () => {
    await json('solve', '--tasks', 't.tasks.jsonl', '--run', 'a');
    const { exitCode, stderr } = await product.run(
      ['answer', 'a', '--call', 'average([])', '--returns', '0); import os', '--run', 'b'],
      {},
    );
    assert.equal(exitCode, 2, String(stderr));
    const { runs } = (await json('runs')) as { runs: readonly { id: string }[] };
    assert.deepEqual(
      runs.map(({ id }) => id),
      ['a'],
    );
  });
});
