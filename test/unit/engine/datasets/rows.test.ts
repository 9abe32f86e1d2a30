import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Attempt } from '../../../../src/engine/datasets/pair';
import { rowKinds, type RowKind } from '../../../../src/engine/datasets/row';
import { riseCriteria, rowsOf, usualRows } from '../../../../src/engine/datasets/rows';
import { aTask } from '../../../support/builders';
import { aRecord, anAttempt, inSplit, rightProgram } from '../../../support/records';

const rows = (kind: RowKind, parts: Parameters<typeof aRecord>[0] = {}, more = {}) =>
  rowsOf(inSplit(aRecord(parts)), { ...usualRows, kinds: [kind], ...more });

const right = anAttempt({
  ...{ turn: 3, program: rightProgram, status: 'passed', passed: 3, passedHidden: true },
  feedback: '',
});
/** Wrong by one of three tests, by two, and right. */
const climbing: readonly Attempt[] = [
  anAttempt({ turn: 1, program: 'def double(x):\n    return 2\n', passed: 2 }),
  anAttempt({ turn: 2, program: 'def double(x):\n    return 1\n', passed: 1 }),
  right,
];

describe('rows', () => {
  it('of a repair go from the last failing program to the verified one in one step', () => {
    const [row] = rows('repair', { attempts: climbing, answer: 2 });
    assert.ok(row?.shape === 'completion');
    assert.match(row.prompt[0]?.content ?? '', /return 1/);
    assert.match(row.completion, /x \* 2/);
    assert.deepEqual(rows('repair', { attempts: [right], answer: 0 }), []);
  });

  it('of a repair are left out where the answer is another program', () => {
    const other = Array.from({ length: 9 }, (_, at) => `    y${String(at)} = ${String(at)}`);
    const long = anAttempt({ program: `def double(x):\n${other.join('\n')}\n    return 7\n` });
    const answer = {
      ...right,
      program: Array.from({ length: 9 }, (_, at) => `z${String(at)} = 1\n`).join(''),
    };
    assert.deepEqual(rows('repair', { attempts: [long, answer], answer: 1 }), []);
  });

  it('of a preference stand the first failing proposal against the verified program', () => {
    const [row] = rows('preference', { attempts: climbing, answer: 2 });
    assert.ok(row?.shape === 'preference');
    assert.match(row.rejected, /return 2/);
  });

  it('of a preference are left out beyond the length ratio, near a limit, or not compiled', () => {
    const bad: Partial<Attempt>[] = [
      { program: `${rightProgram}# ${'long '.repeat(30)}\n` },
      { isNearLimit: true },
      { status: 'notCompiled' },
      { status: 'timedOut' },
      { status: 'infrastructure' },
    ];
    for (const parts of bad) {
      const attempts = [anAttempt(parts), { ...right, turn: 2 }];
      assert.deepEqual(rows('preference', { attempts, answer: 1 }), [], JSON.stringify(parts));
    }
  });

  it('of an injected fault stand the verified program against a wrong edit of it', () => {
    const injected = { program: rightProgram.replace('*', '-'), operator: 'arithmetic' };
    const [row, ...more] = rows('injected', { injected });
    assert.ok(row?.shape === 'preference' && more.length === 0);
    assert.match(row.chosen, /x \* 2/);
    assert.match(row.rejected, /x - 2/);
    assert.equal(row.names.kind, 'injected');
    const long = { ...injected, program: rightProgram.repeat(3) };
    for (const parts of [{}, { injected: long }, { injected, answer: null }]) {
      assert.deepEqual(rows('injected', parts), []);
    }
  });

  it('of a starter reject the first proposal that failed, else the starter unchanged', () => {
    const starter = anAttempt({ turn: 0, program: 'def double(x):\n    return x\n' });
    const [row] = rows('preference', { task: aTask(), attempts: [starter, right], answer: 1 });
    assert.ok(row?.shape === 'preference');
    assert.match(row.rejected, /return x\n/);
    assert.match(row.prompt[0]?.content ?? '', /return x\n/);
  });

  it('weigh turns by exp(r/τ), with earlier turns as context, and end at the first right one', () => {
    const found = rows('rise', { attempts: [...climbing, { ...right, turn: 4 }], answer: 2 });
    const told = found.map((row) => {
      assert.ok(row.shape === 'weighted');
      return [row.reward, Number(row.weight.toFixed(2)), row.prompt.length];
    });
    assert.deepEqual(told, [
      [0.666667, 5.29, 1],
      [0.333333, 2.3, 3],
      [1, 12.18, 5],
    ]);
  });

  it('follow the criteria of RISE', () => {
    const counts = riseCriteria.map((riseCriterion) => {
      const found = rows('rise', { attempts: climbing, answer: 2 }, { riseCriterion });
      return [riseCriterion, found.map((row) => (row.shape === 'weighted' ? row.reward : null))];
    });
    assert.deepEqual(counts, [
      ['all', [0.666667, 0.333333, 1]],
      ['better', [0.666667, 1]],
      ['best', [0.666667, 1]],
      ['success', [1]],
    ]);
  });

  it('of a task that is always or never solved make no group', () => {
    for (const [samples, solved, count] of [
      [4, 0, 0],
      [4, 4, 0],
      [4, 1, 1],
      [0, 0, 0],
    ]) {
      const group = { samples: samples ?? 0, solved: solved ?? 0 };
      assert.equal(rows('group', { group }).length, count);
    }
  });

  it('tell what a person accepted and rejected, and nothing of what was edited', () => {
    const labels = (['accepted', 'rejected', 'edited'] as const).map((decision) =>
      rows('decision', { decision }).map((row) => row.shape === 'labelled' && row.label),
    );
    assert.deepEqual(labels, [[true], [false], []]);
  });

  it('never tell one program right and wrong', () => {
    const found = rowsOf(inSplit(aRecord({ decision: 'rejected' })), {
      ...usualRows,
      kinds: ['unpaired', 'decision'],
    });
    const programs = found.map((row) => row.shape === 'labelled' && row.completion);
    assert.equal(new Set(programs).size, programs.length);
  });

  it('end their prompt with the user, whatever was tried', () => {
    const attempt = fc.record({
      status: fc.constantFrom('failed', 'crashed', 'timedOut', 'infrastructure', 'notCompiled'),
      program: fc.string(),
      feedback: fc.string(),
      isNearLimit: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 5 }), (made) => {
        const attempts = [...made.map((parts, at) => anAttempt({ ...parts, turn: at + 1 })), right];
        for (const kind of rowKinds) {
          for (const row of rows(kind, { attempts, answer: attempts.length - 1 })) {
            const roles = row.prompt.map(({ role }) => role);
            assert.equal(roles.at(-1), 'user');
            assert.ok(roles.every((role, at) => role === (at % 2 === 0 ? 'user' : 'assistant')));
          }
        }
      }),
    );
  });
});
