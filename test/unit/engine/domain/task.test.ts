import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson } from '../../../../src/engine/domain/json';
import { taskHash } from '../../../../src/engine/domain/hash';
import { problemOf } from '../../../../src/engine/domain/task';
import { aTask } from '../../../support/builders';

describe('a problem', () => {
  it('holds no hidden test, no reference and no word of where the fault was put', () => {
    const secret = 'SECRET';
    const task = aTask({
      reference: `def double(x):\n    return x * 2  # ${secret}\n`,
      tests: [
        { id: 'v', role: 'visible', kind: 'assert', source: 'assert double(1) == 2' },
        { id: `h${secret}`, role: 'hidden', kind: 'assert', source: `'${secret}'` },
      ],
      source: { name: 's', license: null, maker: 'm@1', parent: null, fault: { note: secret } },
    });
    assert.ok(!JSON.stringify(problemOf(task)).includes(secret));
  });

  it('is not what a task can be passed for', () => {
    const takesProblem = (problem: ReturnType<typeof problemOf>): string => problem.id;
    // @ts-expect-error a task holds hidden tests and a reference
    assert.equal(takesProblem(aTask()), 'samples/double');
  });
});

describe('the hash of a task', () => {
  it('changes with what defines it and not with its name, family or source', () => {
    const task = aTask();
    assert.equal(aTask({ id: 'other', family: 'other' }).hash, task.hash);
    assert.notEqual(aTask({ starter: 'def double(x): pass' }).hash, task.hash);
    assert.notEqual(aTask({ limits: { timeoutMs: 1, memoryMb: 1 } }).hash, task.hash);
  });

  it('does not depend on the order of keys', () => {
    const { limits, ...rest } = aTask();
    const reordered = {
      limits: { memoryMb: limits.memoryMb, timeoutMs: limits.timeoutMs },
      ...rest,
    };
    assert.equal(taskHash(reordered), aTask().hash);
  });
});

describe('canonical JSON', () => {
  it('gives equal values equal texts and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(JSON.parse(text)), text);
      }),
    );
  });
});
