import assert from 'node:assert/strict';
import fc from 'fast-check';
import { equalBudget } from '../../../../src/engine/evaluation/metrics/equalBudget';
import { resampled, type Draw } from '../../../../src/engine/evaluation/metrics/resampling';
import { budgetWords } from '../../../../src/engine/evaluation/report/plainWords';
import { tasksWith } from './attempts';

const draw = fc.record({
  cost: fc.integer({ min: 1, max: 20 }),
  visiblePassed: fc.integer({ min: -1, max: 2 }),
  passesVisible: fc.boolean(),
  isRight: fc.boolean(),
});

/** Every order of the pool, played through by hand. */
function playedThrough(pool: readonly Draw[], most: number): { right: number; cost: number } {
  const all = orders(pool);
  let right = 0;
  let cost = 0;
  for (const order of all) {
    const level = (one: Draw) => (one.passesVisible ? Infinity : one.visiblePassed);
    let best: Draw | undefined;
    for (const one of order.slice(0, most)) {
      cost += one.cost;
      if (!best || level(one) > level(best)) best = one;
      if (one.passesVisible) break;
    }
    if (best?.isRight === true) right += 1;
  }
  return { right: right / all.length, cost: cost / all.length };
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, place) =>
    orders(items.filter((_, other) => other !== place)).map((rest) => [item, ...rest]),
  );
}

describe('plain resampling', () => {
  it('is what playing through every order gives', () => {
    fc.assert(
      fc.property(fc.array(draw, { minLength: 1, maxLength: 5 }), fc.nat(), (pool, seed) => {
        const most = 1 + (seed % pool.length);
        const exact = resampled(pool, most);
        const played = playedThrough(pool, most);
        assert.ok(Math.abs(exact.right - played.right) < 1e-9);
        assert.ok(Math.abs(exact.cost - played.cost) < 1e-9);
      }),
      { numRuns: 200 },
    );
  });
});

describe('repair against resampling', () => {
  const settings = { drawsSamples: true, seed: 1 };

  it('is not measured with one sample a task, and says what measuring would cost', () => {
    const budget = equalBudget(tasksWith({ a: ['xP'], b: ['xx'] }), settings);
    assert.ok(budget?.notMeasured);
    assert.equal(budget.verdict, null);
    assert.equal(budget.unit, 'tokens');
    // No first program passes visible tests, so one more of each task spends as much as a turn.
    assert.deepEqual([budget.notMeasured.samples, budget.notMeasured.units], [1, 20]);
    assert.equal(budget.notMeasured.usd, 0.02);
    assert.match(
      budgetWords(budget),
      /not measured: each task has one sample\. It would cost about 1 more sample a task \(20 tokens, 0\.020 USD\)/,
    );
  });

  it('is told at the same mean budget, where several samples were drawn', () => {
    const tasks = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`t${String(i)}`, Array<string>(4).fill('xP')]),
    );
    const budget = equalBudget(tasksWith(tasks), settings);
    const last = budget?.points.at(-1);
    assert.deepEqual([last?.turn, last?.budget, last?.repair.value], [2, 20, 1]);
    assert.equal(last?.resampling?.value, 0);
    assert.equal(last.difference, 1);
    assert.equal(budget?.verdict?.outcome, 'better');
    assert.equal(budget.notMeasured, null);
    assert.match(budgetWords(budget), /^Repair is better than plain resampling at equal budget/);
  });

  it('gives resampling no less than repair where turns are nothing but samples', () => {
    // Each second turn is as good as another first one, by construction of the pool.
    const tasks = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`t${String(i)}`, ['P', 'xx', 'P', 'xP']]),
    );
    const budget = equalBudget(tasksWith(tasks), settings);
    const [first] = budget?.points ?? [];
    assert.ok(Math.abs((first?.difference ?? 1) - 0) < 1e-12);
    assert.notEqual(budget?.verdict?.outcome, 'worse');
  });

  it('starts both from the same point at the first turn', () => {
    const marks = fc.array(fc.constantFrom('P', 'v', 'x', 'xP', 'xx', 'vP'), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 6 }), (all) => {
        const tasks = tasksWith(Object.fromEntries(all.map((one, i) => [`t${String(i)}`, one])));
        const [first] = equalBudget(tasks, settings)?.points ?? [];
        assert.ok(Math.abs(first?.difference ?? 1) < 1e-9);
      }),
    );
  });

  it('takes verdicts as its unit without tokens, and has no samples of a search', () => {
    const tasks = tasksWith({ a: ['xP'] }).map((task) => ({
      ...task,
      attempts: task.attempts.map((attempt) => ({
        ...attempt,
        turns: attempt.turns.map((turn) => ({ ...turn, spent: { ...turn.spent, tokens: 0 } })),
      })),
    }));
    const budget = equalBudget(tasks, { ...settings, drawsSamples: false });
    assert.equal(budget?.unit, 'verdicts');
    assert.match(
      budgetWords(budget),
      /a search draws no independent samples.*as many verdicts again/,
    );
  });

  it('draws from the samples of another run where they are given', () => {
    const repaired = tasksWith({ a: ['xP'], b: ['xP'] });
    const pool = tasksWith({ a: ['P', 'x', 'x'], b: ['x', 'x', 'x'] });
    const budget = equalBudget(repaired, { ...settings, pool });
    assert.ok(budget?.points.at(-1)?.resampling?.value != null);
    assert.equal(budget.resampling.length, 3);
  });
});
