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

/** Three tests that leave open what is to be said of 0. */
const factorial = {
  id: 'factorial',
  language: 'python',
  prompt: 'Return n factorial.',
  entryPoint: 'factorial',
  starter:
    'def factorial(n):\n    result = 0\n    for i in range(1, n):\n        result *= i\n    return result\n',
  tests: [1, 3, 5].map((n, at) => ({
    ...{ id: `v${String(at + 1)}`, role: 'visible', kind: 'assert' },
    source: `assert factorial(${String(n)}) == ${String([1, 6, 120][at])}`,
  })),
};

describe('answering what a call should give', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, []);
    const file = path.join(product.work, 't.tasks.jsonl');
    writeFileSync(file, [task, factorial].map((one) => JSON.stringify(one)).join('\n'));
  });
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout, exitCode, stderr } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it('goes on with one more test, which the next program passes', async () => {
    const solved = await json('solve', '--tasks', 't.tasks.jsonl', '--run', 'a');
    assert.equal(solved['solvedVisible'], 2);
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

  it('is asked for by the search itself where programs that pass differ', async () => {
    await json('solve', '--tasks', 't.tasks.jsonl', '--run', 'a');
    const story = (await json('show', 'a', 'factorial')) as {
      turns: readonly { choice?: { decidingTest?: { call: string }; alternatives: unknown[] } }[];
    };
    const choice = story.turns.at(-1)?.choice;
    assert.equal(choice?.decidingTest?.call, 'factorial(0)');
    assert.ok(choice.alternatives.length > 0 && choice.alternatives.length <= 5);
    const { tasks } = (await json('show', 'a')) as {
      tasks: readonly { entryPoint: string; passedAt?: number; turns: readonly unknown[] }[];
    };
    const row = tasks.find(({ entryPoint }) => entryPoint === 'factorial');
    assert.ok(row?.passedAt !== undefined && row.passedAt < row.turns.length);
    const answered = await json('answer', 'a', 'factorial', '--returns', '1', '--run', 'b');
    assert.deepEqual([answered['call'], answered['stop']], ['factorial(0)', 'solved']);
    const next = answered['next'] as { call: string } | undefined;
    assert.notEqual(next?.call, 'factorial(0)', 'the same is not asked twice');
  });

  it('refuses what is no value, and changes nothing', async () => {
    await json('solve', '--tasks', 't.tasks.jsonl', '--run', 'a');
    const { exitCode, stderr } = await product.run(
      [
        'answer',
        'a',
        'average',
        '--call',
        'average([])',
        '--returns',
        '0); import os',
        '--run',
        'b',
      ],
      {},
    );
    assert.equal(exitCode, 2, stderr);
    const { runs } = (await json('runs')) as { runs: readonly { id: string }[] };
    assert.deepEqual(
      runs.map(({ id }) => id),
      ['a'],
    );
  });
});
