import { rateOfValues } from '../../../../src/engine/evaluation/metrics/rate';
import {
  betaBelow,
  betaQuantile,
  logGamma,
} from '../../../../src/engine/statistics/betaDistribution';
import { sortedQuantile } from '../../../../src/engine/statistics/bootstrap';
import { clopperPearson } from '../../../../src/engine/statistics/clopperPearson';
import { holm } from '../../../../src/engine/statistics/holm';
import { mcNemar } from '../../../../src/engine/statistics/mcNemar';
import { normalQuantile } from '../../../../src/engine/statistics/normal';
import { studentQuantile } from '../../../../src/engine/statistics/studentT';
import { near } from '../../../support/near';

/** Values printed by R 4.2.2 with `options(digits = 12)`; each suite names the call. */
function agrees(actual: number | undefined, expected: number): void {
  near(actual, expected, 1e-9 * Math.max(1, Math.abs(expected)));
}

describe('R agrees with', () => {
  it('Clopper and Pearson’s interval: binom.test(x, n)$conf.int', () => {
    const vectors = [
      [0, 10, 0, 0.308497107819],
      [10, 10, 0.691502892181, 1],
      [5, 10, 0.187086028447, 0.812913971553],
      [82, 164, 0.421042853222, 0.578957146778],
      [31, 40, 0.615488322697, 0.891603361016],
      [1, 20, 0.00126508949795, 0.24873276277203],
      [3, 500, 0.00123905754354, 0.01743367372591],
    ] as const;
    for (const [x, n, low, high] of vectors) {
      const interval = clopperPearson(x, n);
      agrees(interval?.[0], low);
      agrees(interval?.[1], high);
      const values = Array.from({ length: n }, (_, index) => (index < x ? 1 : 0));
      const rate = rateOfValues(values);
      agrees(rate.interval?.[0], low);
      agrees(rate.interval?.[1], high);
    }
  });

  it('McNemar’s exact test: binom.test(b, b + c, 0.5)$p.value', () => {
    const vectors = [
      [5, 0, 0.0625],
      [6, 0, 0.03125],
      [10, 2, 0.03857421875],
      [15, 5, 0.041389465332],
      [8, 8, 1],
      [3, 11, 0.057373046875],
      [0, 1, 1],
      [40, 22, 0.0300158643491],
    ] as const;
    for (const [b, c, p] of vectors) agrees(mcNemar(b, c).p, p);
  });

  it('Holm’s correction: p.adjust(p, "holm")', () => {
    const first = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, place) => agrees(first[place], p));
    const second = holm([0.001, 0.2, 0.2, 0.9, 0.04, 0.012]);
    [0.006, 0.6, 0.6, 0.9, 0.16, 0.06].forEach((p, place) => agrees(second[place], p));
  });

  it('quantiles of a sample: quantile(x, shares, type = 7)', () => {
    const sample = Float64Array.from([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]).sort();
    const shares = [0, 0.025, 0.1, 0.5, 0.9, 0.975, 1];
    const found = shares.map((share) => sortedQuantile(sample, share));
    [1, 1, 1, 4, 6, 8.25, 9].forEach((value, place) => agrees(found[place], value));
  });

  it('the distributions: qbeta, pbeta, qt, qnorm, lgamma', () => {
    agrees(betaQuantile(0.025, 2.5, 7.1), 0.0517671169922);
    agrees(betaQuantile(0.975, 3.3, 0.7), 0.998575998943);
    agrees(betaQuantile(0.5, 120, 80), 0.600333982277);
    agrees(betaBelow(0.3, 2.5, 7.1), 0.649022579021);
    agrees(betaBelow(0.9, 3.3, 0.7), 0.553624906253);
    agrees(studentQuantile(0.975, 3), 3.18244630528);
    agrees(studentQuantile(0.975, 49), 2.00957523713);
    agrees(studentQuantile(0.9, 2.5), 1.73025092881);
    agrees(normalQuantile(0.9), 1.28155156554);
    agrees(normalQuantile(0.995), 2.57582930355);
    agrees(logGamma(0.5), 0.5723649429247);
    agrees(logGamma(3.7), 1.42807232666539);
    agrees(logGamma(101), 363.73937555556347);
    agrees(logGamma(2500), 17057.12197600183936);
  });
});
