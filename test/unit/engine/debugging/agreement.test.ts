import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agreement, type Contender } from '../../../../src/engine/debugging/agreement';
import { fingerprint } from '../../../../src/engine/debugging/fingerprint';
import { randomOf } from '../../../../src/engine/domain/random';
import type { Turn } from '../../../../src/engine/domain/trajectory';
import type { TestOutcome } from '../../../../src/engine/domain/verdict';
import { betaSample } from '../../../../src/engine/statistics/betaSample';
import { aCandidate, aVerdict } from '../../../support/builders';

/** One letter a test: `p` passed, anything else what came out instead. */
function contender(behaviour: string, order: number, heldForRight = false): Contender {
  const outcomes = Array.from(behaviour, (letter, at): TestOutcome => {
    const id = `t${String(at)}`;
    return letter === 'p' ? { id, outcome: 'passed' } : { id, outcome: 'failed', actual: letter };
  });
  return { order, outcomes, heldForRight };
}

const chosen = (...behaviours: readonly string[]) =>
  agreement(behaviours.map((behaviour, order) => contender(behaviour, order)));

describe('agreement', () => {
  it('takes the group with most programs times tests, and of it the latest', () => {
    const agreed = chosen('pppx', 'pppy', 'pppx', 'xxpp', 'pppp');
    assert.deepEqual([agreed?.index, agreed?.chosenBy], [2, 'writtenTests']);
    assert.deepEqual(agreed?.admitted, ['t0', 't1', 't2']);
  });

  it('does not trust one program that passes what it made up, nor two tests', () => {
    assert.notEqual(chosen('pppp', 'abcd')?.chosenBy, 'writtenTests');
    assert.notEqual(chosen('pp', 'pp')?.chosenBy, 'writtenTests');
  });

  it('takes the majority of behaviours where tests decide nothing', () => {
    const agreed = chosen('ab', 'ab', 'xy');
    assert.deepEqual([agreed?.index, agreed?.chosenBy], [1, 'majority']);
  });

  it('takes what the solver held for right last, and says so', () => {
    const agreed = agreement([contender('', 0, true), contender('', 1), contender('', 2)]);
    assert.deepEqual([agreed?.index, agreed?.chosenBy], [0, 'selfJudgement']);
  });

  it('says that it has no evidence where it has none', () => {
    assert.equal(chosen('', '')?.chosenBy, 'none');
    assert.equal(agreement([]), null);
  });

  it('chooses a program of the same behaviour in whatever order they came', () => {
    const behaviour = fc.stringMatching(/^[pxy]{4}$/);
    fc.assert(
      fc.property(fc.array(behaviour, { minLength: 1, maxLength: 8 }), fc.nat(), (all, seed) => {
        const random = randomOf(seed, 'order');
        const contenders = all.map((one, order) => contender(one, order));
        const mixed = contenders
          .map((one) => ({ one, rank: random() }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);
        const first = agreement(contenders);
        const second = agreement(mixed);
        assert.equal(contenders[first?.index ?? -1], mixed[second?.index ?? -1]);
      }),
    );
  });
});

describe('the fingerprint of a failure', () => {
  const turn = (message: string, actual?: string): Turn => ({
    number: 1,
    candidate: aCandidate('x'),
    verdict: aVerdict('failed', [
      { id: 'a', outcome: 'failed', message, ...(actual === undefined ? {} : { actual }) },
    ]),
    screened: 1,
    durationMs: 1,
  });

  it('is the same whatever addresses, times and places a message names', () => {
    assert.equal(
      fingerprint(turn('<A at 0x7f01> after 12 ms in /tmp/a/b.py line 3')),
      fingerprint(turn('<A at 0x99ab> after 7 ms in /tmp/c/d.py line 4')),
    );
  });

  it('is another where another value came out', () => {
    assert.notEqual(fingerprint(turn('m', '1')), fingerprint(turn('m', '2')));
  });
});

describe('betaSample', () => {
  it('has the mean of the distribution', () => {
    for (const [a, b] of [
      [1, 1],
      [21, 1],
      [3, 9],
    ] as const) {
      const random = randomOf(5, `${String(a)}/${String(b)}`);
      const draws = Array.from({ length: 4000 }, () => betaSample(random, a, b));
      const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
      assert.ok(Math.abs(mean - a / (a + b)) < 0.02, String(mean));
      assert.ok(draws.every((value) => value >= 0 && value <= 1));
    }
  });
});
