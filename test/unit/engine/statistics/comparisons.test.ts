import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holm } from '../../../../src/engine/statistics/holm';
import { mcNemar } from '../../../../src/engine/statistics/mcNemar';
import {
  comparePaired,
  detectableDifference,
  differenceInterval,
  powerOf,
  type TaskPair,
} from '../../../../src/engine/statistics/pairedComparison';
import { signFlip } from '../../../../src/engine/statistics/signFlip';
import { uniformOf } from '../../../../src/engine/statistics/uniform';
import { near } from '../../../support/near';

const seeded = { seed: 1, key: 'test' };

/** Tasks with one sample each: as many as were passed by both, by one only, by none. */
function pairs(both: number, onlyBefore: number, onlyAfter: number, none: number): TaskPair[] {
  const pair = (before: number, after: number): TaskPair => ({
    before: { n: 1, c: before },
    after: { n: 1, c: after },
  });
  return [
    ...Array.from({ length: both }, () => pair(1, 1)),
    ...Array.from({ length: onlyBefore }, () => pair(1, 0)),
    ...Array.from({ length: onlyAfter }, () => pair(0, 1)),
    ...Array.from({ length: none }, () => pair(0, 0)),
  ];
}

describe("McNemar's exact test", () => {
  it('finds nothing where no task differs', () => {
    near(mcNemar(0, 0).p, 1);
  });

  it('has a mid-p, and takes thousands of tasks', () => {
    near(mcNemar(10, 2).midP, 0.022461);
    const { p } = mcNemar(2100, 1900);
    assert.ok(p > 0.001 && p < 0.002, String(p));
  });
});

describe('the sign-flip test', () => {
  it('is McNemar’s where every difference is one task', () => {
    const differences = [...Array.from({ length: 10 }, () => 1), -1, -1, 0, 0, 0];
    near(signFlip(differences, seeded), mcNemar(10, 2).p, 1e-12);
  });

  it('agrees with every assignment where it only draws some', () => {
    const differences = [0.2, 0.4, -0.1, 0.6, 0.2, 0.1, -0.3, 0.5, 0.2, 0.3, 0.1, 0.2, 0.4, -0.2];
    const exact = signFlip(differences, seeded);
    const drawn = signFlip([...differences, 1e-12, 1e-12], { ...seeded, draws: 100_000 });
    near(drawn, exact, 0.004);
  });

  it('finds a difference where there is none as often as it says', () => {
    const next = uniformOf(3, 'null');
    const trials = 400;
    let found = 0;
    for (let trial = 0; trial < trials; trial++) {
      const differences = Array.from({ length: 40 }, () => Math.round((next() - next()) * 5) / 5);
      const p = signFlip(differences, { seed: trial, key: 'null', draws: 500 });
      if (p < 0.05) found++;
    }
    assert.ok(found / trials < 0.09, String(found / trials));
  });
});

describe('a paired comparison', () => {
  it('says better, worse, or that it cannot tell', () => {
    const outcome = (...counts: Parameters<typeof pairs>) =>
      comparePaired(pairs(...counts), seeded)?.outcome;
    assert.equal(outcome(60, 2, 20, 82), 'better');
    assert.equal(outcome(60, 20, 2, 82), 'worse');
    assert.equal(outcome(60, 10, 12, 82), 'cannotTell');
    assert.equal(outcome(60, 0, 0, 104), 'cannotTell');
  });

  it('says where no test could have found a difference', () => {
    assert.equal(comparePaired(pairs(10, 0, 5, 5), seeded)?.isHopeless, true);
    assert.equal(comparePaired(pairs(10, 0, 6, 5), seeded)?.isHopeless, false);
  });

  it('turned round gives the opposite', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 30 }), (...n) => {
        const there = comparePaired(pairs(...n), seeded);
        const back = comparePaired(pairs(n[0], n[2], n[1], n[3]), seeded);
        assert.ok(there && back);
        assert.ok(Math.abs(there.difference + back.difference) < 1e-12);
        assert.ok(Math.abs(there.interval[0] + back.interval[1]) < 1e-12);
        assert.ok(Math.abs(there.p - back.p) < 1e-12);
      }),
    );
  });

  it('has an interval that holds the truth about 95 times of 100', () => {
    const next = uniformOf(5, 'coverage');
    const trials = 2000;
    for (const [up, down, tasks] of [
      [0.1, 0.05, 40],
      [0.02, 0.02, 164],
      [0.3, 0.1, 20],
    ] as const) {
      let held = 0;
      for (let trial = 0; trial < trials; trial++) {
        const differences = Array.from({ length: tasks }, () => {
          const drawn = next();
          return drawn < up ? 1 : drawn < up + down ? -1 : 0;
        });
        const [low, high] = differenceInterval(differences);
        if (low <= up - down && up - down <= high) held++;
      }
      assert.ok(held / trials > 0.935, `${String(held / trials)} of ${String([up, down, tasks])}`);
    }
  });

  it('tells the difference that it would find four times out of five', () => {
    const least = detectableDifference(164, 0.1);
    assert.ok(least !== null && Math.abs(powerOf(least, 164, 0.1) - 0.8) < 1e-6);
    assert.ok(least > 0.05 && least < 0.08, String(least));
    assert.equal(detectableDifference(10, 0.1), null);
  });

  it('tells it too where several samples make differences smaller than one', () => {
    const pairsOfFive = Array.from({ length: 60 }, (_, i): TaskPair => {
      const before = { n: 5, c: i % 4 };
      return {
        before,
        after: { n: 5, c: (i % 4) + (i % 3 === 0 ? 2 : i % 5 === 0 ? -(i % 4 > 0 ? 1 : 0) : 0) },
      };
    });
    const found = comparePaired(pairsOfFive, seeded);
    assert.equal(found?.outcome, 'better');
    assert.ok(found.detectable !== null && found.detectable < found.difference);
  });

  it('is not defined with no task in common', () => {
    assert.equal(comparePaired([], seeded), null);
  });
});

describe("Holm's correction", () => {
  it('steps down from the smallest, and never lets a larger p be the smaller one', () => {
    const corrected = holm([0.01, 0.04, 0.03, 0.005]);
    assert.deepEqual(
      corrected.map((p) => Math.round(p * 1000) / 1000),
      [0.03, 0.06, 0.06, 0.02],
    );
  });
});
