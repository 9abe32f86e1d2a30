import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  betaBelow,
  betaQuantile,
  logGamma,
} from '../../../../src/engine/statistics/betaDistribution';
import { bootstrapMean } from '../../../../src/engine/statistics/bootstrap';
import { clopperPearson } from '../../../../src/engine/statistics/clopperPearson';
import { normalBelow, normalQuantile } from '../../../../src/engine/statistics/normal';
import { rateInterval, type TaskTally } from '../../../../src/engine/statistics/rateInterval';
import { studentQuantile } from '../../../../src/engine/statistics/studentT';
import { near } from '../../../support/near';

describe('distributions', () => {
  it('agree with published values', () => {
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-13);
    near(logGamma(101), 363.73937555556349, 1e-9);
    near(betaBelow(0.5, 5, 6), 0.623046875, 1e-12);
    near(betaQuantile(0.025, 5, 6), 0.187086);
    near(studentQuantile(0.975, 10), 2.228139);
    near(studentQuantile(0.975, 1), 12.706205);
    near(normalQuantile(0.975), 1.959964);
    near(normalBelow(1), 0.8413447460685429, 1e-12);
  });

  it('have quantiles that are the inverse of their shares', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        (share, a, b) => near(betaBelow(betaQuantile(share, a, b), a, b), share, 1e-9),
      ),
    );
  });
});

describe('the interval of a mean pass rate', () => {
  it('is the exact one with one sample a task', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (tasks, seed) => {
        const passes = seed % (tasks + 1);
        const tallies = Array.from({ length: tasks }, (_, i) => ({ n: 1, c: i < passes ? 1 : 0 }));
        const exact = clopperPearson(passes, tasks);
        const found = rateInterval(tallies);
        assert.ok(exact && found);
        near(found[0], exact[0], 1e-9);
        near(found[1], exact[1], 1e-9);
      }),
    );
  });

  it('holds the rate, has a width, and is no wider than with one sample a task', () => {
    const tally = fc
      .integer({ min: 1, max: 10 })
      .chain((n) => fc.nat(n).map((c): TaskTally => ({ n, c })));
    fc.assert(
      fc.property(fc.array(tally, { minLength: 1, maxLength: 60 }), (tallies) => {
        const found = rateInterval(tallies);
        assert.ok(found);
        const rate = tallies.reduce((sum, { n, c }) => sum + c / n, 0) / tallies.length;
        const [low, high] = found;
        assert.ok(0 <= low && low <= rate + 1e-12 && rate - 1e-12 <= high && high <= 1);
        assert.ok(high - low > 0);
      }),
    );
  });

  it('is narrower where samples of a task differ, and wide where tasks are all alike', () => {
    const width = (tallies: readonly TaskTally[]): number => {
      const [low, high] = rateInterval(tallies) ?? [0, 0];
      return high - low;
    };
    const mixed = Array.from({ length: 50 }, (_, i) => ({ n: 10, c: 4 + (i % 3) }));
    const single = Array.from({ length: 50 }, (_, i) => ({ n: 1, c: i % 2 }));
    assert.ok(width(mixed) < width(single) * 0.6);
    assert.ok(width(Array.from({ length: 50 }, () => ({ n: 10, c: 0 }))) > 0.06);
  });

  it('is not defined with no task', () => {
    assert.equal(rateInterval([]), null);
    assert.equal(rateInterval([{ n: 0, c: 0 }]), null);
  });
});

describe('the bootstrap of a mean', () => {
  const values = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);

  it('gives the same interval for the same seed and key, and another for another', () => {
    const of = (seed: number) => bootstrapMean(values, { seed, key: 'tokens' });
    assert.deepEqual(of(1), of(1));
    assert.notDeepEqual(of(1), of(2));
  });

  it('is about two standard errors either side', () => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const error = Math.sqrt(variance / values.length);
    const found = bootstrapMean(values, { seed: 1, key: 'tokens' });
    assert.ok(found);
    near(found[0], mean - 1.96 * error, error * 0.15);
    near(found[1], mean + 1.96 * error, error * 0.15);
  });
});
