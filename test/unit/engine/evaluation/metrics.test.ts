import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRight, standingAt } from '../../../../src/engine/evaluation/attempt';
import { evaluationOf } from '../../../../src/engine/evaluation/evaluation';
import { compareWith } from '../../../../src/engine/evaluation/metrics/comparison';
import { costOf } from '../../../../src/engine/evaluation/metrics/cost';
import { failureRows } from '../../../../src/engine/evaluation/metrics/failures';
import { passRates, passRatesByTurn } from '../../../../src/engine/evaluation/metrics/passRates';
import { riseMeasures } from '../../../../src/engine/evaluation/metrics/rise';
import { fixedByClass, turnRows } from '../../../../src/engine/evaluation/metrics/turns';
import { comparisonWords } from '../../../../src/engine/evaluation/report/plainWords';
import { anAttempt, tasksWith } from './attempts';

const marks = fc.array(fc.constantFrom('P', 'v', 'h', 'x', '-'), { minLength: 1, maxLength: 6 });
const someTasks = fc
  .array(
    fc.array(
      marks.map((all) => all.join('')),
      { minLength: 1, maxLength: 4 },
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((all) => tasksWith(Object.fromEntries(all.map((one, i) => [`t${String(i)}`, one]))));

describe('the answer at a cap of turns', () => {
  it('is the best on visible tests so far, the earliest among equals', () => {
    const attempt = anAttempt('t', 'xhvv');
    assert.deepEqual(
      [1, 2, 3, 4].map((cap) => standingAt(attempt, cap)?.number),
      [1, 1, 3, 3],
    );
  });

  it('is wrong where there is none, and unknown where it could not be judged', () => {
    assert.equal(isRight(anAttempt('t', '--')), false);
    assert.equal(isRight(anAttempt('t', '?')), null);
    assert.equal(isRight(anAttempt('t', 'P', { stop: 'infrastructure' })), null);
  });
});

describe('pass@k', () => {
  it('is undefined, with the reason, unless every task has as many samples', () => {
    const [one, two] = passRates(tasksWith({ a: ['P', 'x'], b: ['x'] }), [1, 2]);
    assert.equal(one?.rate.value, 0.25);
    assert.equal(two?.rate.value, null);
    assert.match(two?.rate.reason ?? '', /1 of 2 tasks has fewer than 2 samples/);
  });

  it('by turn counts a trajectory as right once any turn was', () => {
    const rates = passRatesByTurn(tasksWith({ a: ['xhx', 'xxx'], b: ['Pxx', 'xxh'] }), [1, 2]);
    const of = (k: number, turn: number) =>
      rates.find((one) => one.k === k && one.turn === turn)?.rate.value;
    assert.deepEqual([of(1, 1), of(1, 2), of(1, 3)], [0.25, 0.5, 0.75]);
    assert.deepEqual([of(2, 1), of(2, 3)], [0.5, 1]);
  });
});

describe('curves by turn', () => {
  it('have an oracle stop that never falls and is never below what is realised', () => {
    fc.assert(
      fc.property(someTasks, (tasks) => {
        const rows = turnRows(tasks);
        rows.forEach((row, index) => {
          const before = rows[index - 1]?.oracleStop.value ?? 0;
          assert.ok((row.oracleStop.value ?? 0) >= before - 1e-12);
          assert.ok((row.oracleStop.value ?? 0) >= (row.realised.value ?? 0) - 1e-12);
        });
      }),
    );
  });

  it('account for every step from one program to the next', () => {
    fc.assert(
      fc.property(someTasks, (tasks) => {
        const rows = turnRows(tasks);
        const steps = rows.reduce(
          (sum, row) => sum + row.fixed + row.broke + row.stayedRight + row.stayedWrong,
          0,
        );
        const programs = rows.reduce((sum, row) => sum + row.programs, 0);
        const begun = tasks
          .flatMap(({ attempts }) => attempts)
          .filter(({ turns }) => turns.some(({ program }) => program !== null)).length;
        assert.equal(steps, programs - begun);
      }),
    );
  });

  it('tell what a turn fixed and broke, skipping turns without a program', () => {
    const rows = turnRows(tasksWith({ a: ['x-h'], b: ['hx'], c: ['xx'] }));
    assert.deepEqual(
      rows.map(({ fixed, broke, stayedWrong }) => [fixed, broke, stayedWrong]),
      [
        [0, 0, 0],
        [0, 1, 1],
        [1, 0, 0],
      ],
    );
    const classes = fixedByClass([anAttempt('a', 'x-h'), anAttempt('c', 'xx')]);
    assert.deepEqual(classes, [{ status: 'failed', failing: 2, fixed: 1 }]);
  });
});

describe('the measures of RISE', () => {
  it('are as its paper defines them', () => {
    const rise = riseMeasures(
      tasksWith({ a: ['xxhhh', 'h', 'h', 'h', 'x'], b: Array(5).fill('x') }),
    );
    assert.equal(rise['m1@t1'].value, 0.3);
    assert.equal(rise['m5@t1'].value, 0.5);
    assert.match(rise['m1@t5'].reason ?? '', /5 turns/);
    const turns = riseMeasures(tasksWith({ a: ['xxhhh'], b: ['xxxxh'] }));
    assert.deepEqual([turns['m1@t5'].value, turns['p1@t5'].value], [0.5, 1]);
    assert.match(turns['m5@t1'].reason ?? '', /5 samples/);
  });

  it('gives a tie to the later behaviour', () => {
    assert.equal(riseMeasures(tasksWith({ a: ['xxhhv'] }))['m1@t5'].value, 1);
    assert.equal(riseMeasures(tasksWith({ a: ['hhxxv'] }))['m1@t5'].value, 0);
  });
});

describe('cost', () => {
  it('spreads all that was spent over the tasks solved, and is undefined with none', () => {
    const cost = costOf(tasksWith({ a: ['xP'], b: ['xx'] }), 1);
    assert.deepEqual([cost.total.tokens, cost.perSolvedTask?.tokens], [40, 40]);
    assert.equal(cost.perTask.tokens?.value, 20);
    assert.equal(costOf(tasksWith({ a: ['x'] }), 1).perSolvedTask, null);
  });

  it('is unknown where any part is, and never zero', () => {
    const attempt = anAttempt('a', 'P');
    const spent = { tokens: 5, usd: null, verdicts: 1, ms: 1 };
    const turns = attempt.turns.map((turn) => ({ ...turn, spent }));
    const cost = costOf([{ task: 'a', taskId: 'a', attempts: [{ ...attempt, turns }] }], 1);
    assert.deepEqual([cost.total.usd, cost.perTask.usd, cost.total.tokens], [null, null, 5]);
  });
});

describe('an evaluation', () => {
  it('counts our own faults apart and in no share', () => {
    const evaluation = evaluationOf({
      name: 'e',
      attempts: [
        anAttempt('a', 'P'),
        anAttempt('b', '?', { reason: 'no sandbox' }),
        anAttempt('c', 'x', { stop: 'infrastructure', reason: 'no sandbox' }),
      ],
      ks: [1],
      seed: 1,
      drawsSamples: true,
      hasVisible: true,
    });
    assert.deepEqual([evaluation.tasks, evaluation.attempts], [1, 1]);
    assert.equal(evaluation.passAtK[0]?.rate.value, 1);
    assert.deepEqual(evaluation.leftOut.reasons, ['no sandbox']);
    assert.equal(evaluation.leftOut.infrastructure, 2);
  });

  it('of nothing has no rate, and says so', () => {
    const none = {
      name: 'e',
      attempts: [],
      ks: [1],
      seed: 1,
      drawsSamples: true,
      hasVisible: false,
    };
    const evaluation = evaluationOf(none);
    assert.equal(evaluation.passAtK[0]?.rate.value, null);
    assert.equal(evaluation.passAtK[0]?.rate.reason, 'no task was judged');
    assert.equal(evaluation.equalBudget, null);
  });

  it('groups wrong answers by how they fail, with examples', () => {
    const raised = anAttempt('a', 'v');
    const failing = { outcome: 'errored', message: 'TypeError: no', test: 'h1' } as const;
    const turns = raised.turns.map((turn) => ({ ...turn, failing }));
    const rows = failureRows([
      { ...raised, turns },
      anAttempt('b', 'x'),
      anAttempt('c', 'x'),
      anAttempt('d', '--', { stop: 'modelRefused' }),
      anAttempt('e', 'P'),
    ]);
    assert.deepEqual(
      rows.map(({ kind, count, passVisible }) => [kind, count, passVisible]),
      [
        ['wrongAnswer', 2, 0],
        ['raises', 1, 1],
        ['refused', 1, 0],
      ],
    );
    assert.deepEqual(rows[1]?.raised, [{ name: 'TypeError', count: 1 }]);
    assert.equal(rows[1]?.examples[0]?.test, 'h1');
  });
});

describe('a comparison', () => {
  const many = (name: string, right: number, of: number, from = 0) => ({
    name,
    tasks: tasksWith(
      Object.fromEntries(
        Array.from({ length: of }, (_, i) => [
          `t${String(i)}`,
          [i >= from && i < from + right ? 'P' : 'x'],
        ]),
      ),
    ),
  });

  it('says where so few tasks decide that no test could find a difference', () => {
    const [found] = compareWith(many('a', 10, 40), [many('b', 15, 40)], 1);
    assert.ok(found);
    assert.equal(found.paired?.isHopeless, true);
    assert.match(
      comparisonWords(found),
      /\+12\.5 points on 40 tasks\. 5 tasks decide this; no test/,
    );
  });

  it('says better and worse with the effect first, and what it could have found', () => {
    const words = (right: number, from = 0) => {
      const [found] = compareWith(many('a', 20, 80), [many('b', right, 80, from)], 1);
      return found ? comparisonWords(found) : '';
    };
    assert.match(
      words(40),
      /^b is better than a: \+25\.0 points on 80 tasks \(20 up, 0 down, p < 0\.001\)/,
    );
    assert.match(words(5), /^b is worse than a: −18\.8 points/);
    assert.match(words(20, 5), /^Cannot tell b from a: 0\.0 points .* four times out of five\.$/);
    assert.match(words(20), /did the same on all 80 tasks/);
  });

  it('corrects for how many there are', () => {
    const others = [many('b', 27, 80), many('c', 28, 80), many('d', 20, 80, 5)];
    const [alone] = compareWith(many('a', 20, 80), others.slice(0, 1), 1);
    const [among] = compareWith(many('a', 20, 80), others, 1);
    assert.equal(alone?.paired?.outcome, 'better');
    assert.ok((among?.correctedP ?? 0) > (alone.correctedP ?? 1));
  });

  it('leaves out tasks that only one tried', () => {
    const [found] = compareWith(many('a', 5, 10), [many('b', 5, 30)], 1);
    assert.deepEqual([found?.paired?.tasks, found?.onlyFirst, found?.onlySecond], [10, 0, 20]);
    const other = { name: 'c', tasks: tasksWith({ elsewhere: ['P'] }) };
    const [none] = compareWith(many('a', 5, 10), [other], 1);
    assert.equal(none?.paired, null);
  });
});
