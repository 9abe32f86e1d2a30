import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { isRight } from '../../../../src/engine/evaluation/attempt';
import { readResults } from '../../../../src/engine/evaluation/sources/readResults';
import { readTrajectories } from '../../../../src/engine/evaluation/sources/readTrajectories';
import { aTask } from '../../../support/builders';
import { temporaryFolder } from '../../../support/temporary';

describe('a results file', () => {
  const folder = temporaryFolder();
  const write = (lines: readonly unknown[]): string => {
    const file = folder.file('r.jsonl');
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return file;
  };

  it('has a sample for each line without a turn, and a trajectory for lines with one', async () => {
    const attempts = await readResults(
      write([
        { task_id: 'a', passed: true },
        { task_id: 'a', passed: false },
        { task_id: 'b', sample: 's', turn: 2, passed: true },
        { task_id: 'b', sample: 's', turn: 1, passed: false },
      ]),
    );
    assert.deepEqual(
      attempts.map((one) => [one.task, one.sample, one.turns.length, isRight(one)]),
      [
        ['a', 0, 1, true],
        ['a', 1, 1, false],
        ['b', 0, 2, true],
      ],
    );
  });

  it('lets the best on visible tests stand, and the last where none was visible', async () => {
    const test = (outcome: string) => [{ id: 'v', role: 'visible', outcome }];
    const [seen] = await readResults(
      write([
        { task_id: 'a', turn: 1, passed: true, tests: test('passed') },
        { task_id: 'a', turn: 2, passed: false, tests: test('failed') },
      ]),
    );
    assert.equal(seen?.answer, 1);
    const [unseen] = await readResults(
      write([
        { task_id: 'a', turn: 1, passed: true },
        { task_id: 'a', turn: 2, passed: false },
      ]),
    );
    assert.equal(unseen?.answer, 2);
  });

  it('keeps our own faults apart, and reads HumanEval’s words', async () => {
    const attempts = await readResults(
      write([
        { task_id: 'a', passed: false, status: 'infrastructure', reason: 'no sandbox' },
        { task_id: 'b', passed: false, result: 'timed out' },
      ]),
    );
    assert.deepEqual(
      attempts.map((one) => isRight(one)),
      [null, false],
    );
    assert.equal(attempts[0]?.reason, 'no sandbox');
    assert.equal(attempts[1]?.turns[0]?.status, 'timedOut');
  });

  it('is refused with the place of a bad line', async () => {
    await assert.rejects(readResults(write([{ task_id: 'a' }])), /r\.jsonl:1: passed:/);
    const twice = { task_id: 'a', turn: 1, passed: true };
    await assert.rejects(readResults(write([twice, twice])), /r\.jsonl:2: turn: .* twice/);
    await assert.rejects(readResults(write([])), /there is no result/);
  });
});

describe('trajectories of another tool', () => {
  const folder = temporaryFolder();
  const task = aTask();
  const read = (lines: readonly unknown[]) => {
    const file = folder.file('t.jsonl');
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return readTrajectories(file, new Map([[task.id, task]]));
  };

  it('are read with their programs in order, the next of their task each', async () => {
    const line = { task_id: task.id, programs: ['a', 'b'], tokens: [1, 2] };
    const all = await read([line, { task_id: task.id, programs: ['c'], answer: 0 }]);
    assert.deepEqual(
      all.map(({ sample, programs, answer, tokens }) => [sample, programs, answer, tokens]),
      [
        [0, ['a', 'b'], null, [1, 2]],
        [1, ['c'], 0, null],
      ],
    );
  });

  it('are refused with the place of a bad line', async () => {
    await assert.rejects(read([{ task_id: 'no', programs: ['a'] }]), /:1: task_id: no is not/);
    await assert.rejects(read([{ task_id: task.id, programs: [] }]), /:1: programs/);
    await assert.rejects(
      read([{ task_id: task.id, programs: ['a'], answer: 1 }]),
      /answer: 1 is not the index/,
    );
    await assert.rejects(
      read([{ task_id: task.id, programs: ['a'], tokens: [1, 2] }]),
      /tokens: must have one number/,
    );
  });
});
