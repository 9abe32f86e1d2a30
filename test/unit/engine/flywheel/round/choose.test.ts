import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomOf } from '../../../../../src/engine/domain/random';
import {
  greedyDraw,
  stratifiedDraw,
  weightedDraw,
} from '../../../../../src/engine/flywheel/round/draw';
import { chooseTasks } from '../../../../../src/engine/flywheel/round/choose';
import {
  balanced,
  informationOf,
  sharesOf,
  type InformationKind,
} from '../../../../../src/engine/flywheel/round/information';
import { aTask } from '../../../../support/builders';

const reward = fc.double({ min: -0.1, max: 1, noNaN: true });
const kinds: readonly InformationKind[] = ['gap', 'maxMean', 'learnability'];
const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe('choosing where a solver can learn most', () => {
  it('weighs by the formulas of eva', () => {
    assert.equal(informationOf([0, 0.5, 1], 'gap'), 1);
    assert.equal(informationOf([0, 0.5, 1], 'maxMean'), 0.5);
    assert.equal(informationOf([1, 0, 0, 1], 'learnability'), 0.25);
    assert.equal(informationOf([1, 0, 0, 0], 'learnability'), 0.1875);
  });

  it('gives no weight to rewards that are all the same, nor to one alone, in any order', () => {
    fc.assert(
      fc.property(fc.array(reward, { minLength: 2 }), fc.constantFrom(...kinds), (some, kind) => {
        const information = informationOf(some, kind);
        assert.ok(information >= 0 && information <= 1.1 + 1e-12);
        assert.ok(Math.abs(information - informationOf([...some].reverse(), kind)) < 1e-9);
        const [first = 0] = some;
        assert.ok(
          informationOf(
            some.map(() => first),
            kind,
          ) < 1e-9,
        );
        assert.equal(informationOf([first], kind), 0);
        assert.equal(informationOf([...some, NaN], kind), information);
      }),
    );
  });

  it('makes shares that are above 0 and add up to 1, uniform where weights are constant', () => {
    fc.assert(
      fc.property(weights, (some) => {
        const { shares, isUniform } = sharesOf(some);
        assert.ok(Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
        assert.ok(shares.every((share) => share > 0));
        assert.equal(isUniform, Math.max(...some) === Math.min(...some));
      }),
    );
    assert.deepEqual(sharesOf([0, 0]).shares, [0.5, 0.5]);
    assert.deepEqual(sharesOf([]).shares, []);
    assert.ok(sharesOf([NaN, 1]).shares.every((share) => share > 0));
  });

  it('draws so many different places, all where fewer are there, the same by the same seed', () => {
    fc.assert(
      fc.property(weights, fc.nat(60), fc.nat(), (some, count, seed) => {
        const { shares } = sharesOf(some);
        for (const draw of [weightedDraw, stratifiedDraw, greedyDraw]) {
          const places = draw(shares, count, randomOf(seed, 'a'));
          assert.equal(places.length, Math.min(count, some.length));
          assert.equal(new Set(places).size, places.length);
          assert.ok(places.every((place) => place >= 0 && place < some.length));
          assert.deepEqual(places, draw(shares, count, randomOf(seed, 'a')));
        }
      }),
    );
  });

  it('draws in proportion to the shares', () => {
    const { shares } = sharesOf([0, 1, 2, 3]);
    const first = [0, 0, 0, 0];
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const [place = 0] = weightedDraw(shares, 1, randomOf(1, String(draw)));
      first[place] = (first[place] ?? 0) + 1;
    }
    shares.forEach((share, place) => {
      // Five standard errors.
      const error = 5 * Math.sqrt((share * (1 - share)) / draws);
      assert.ok(Math.abs((first[place] ?? 0) / draws - share) < error + 1e-9, String(place));
    });
  });

  it('takes from every tenth of the tasks when it is stratified', () => {
    const shares = sharesOf(Array.from({ length: 100 }, (_, at) => at)).shares;
    const places = stratifiedDraw(shares, 10, randomOf(1, 'strata'));
    assert.deepEqual(
      places.map((place) => Math.floor(place / 10)).sort((a, b) => a - b),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it('lifts rare topics and keeps a distribution', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('a', 'b', 'c')),
          {
            minLength: 1,
          },
        ),
        (some) => {
          const { shares } = sharesOf(some.map(([weight]) => weight));
          const lifted = balanced(
            shares,
            some.map(([, topic]) => topic),
          );
          assert.ok(Math.abs(lifted.reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
        },
      ),
    );
    const [common = 0, , rare = 0] = balanced([1 / 3, 1 / 3, 1 / 3], ['a', 'a', 'b']);
    assert.ok(rare > common);
  });

  it('chooses tasks that tell something, and those of weak cells more often', () => {
    const tasks = Array.from({ length: 40 }, (_, at) =>
      aTask({ prompt: `Task ${String(at)}`, family: at % 2 === 0 ? 'even/a' : 'odd/a' }),
    );
    const choose = { by: 'gap', draw: 'weighted', share: 0.25 } as const;
    const rewards = tasks.map((_, at) => (at < 20 ? [1, 1] : [1, 0]));
    const { weighed, isUniform } = chooseTasks(tasks, rewards, {
      choose,
      seed: 1,
      focus: [],
      round: 1,
    });
    const chosen = weighed.flatMap(({ isChosen }, at) => (isChosen ? [at] : []));
    assert.equal(chosen.length, 10);
    assert.ok(chosen.every((at) => at >= 20));
    assert.equal(isUniform, false);
    const constant = chooseTasks(
      tasks,
      tasks.map(() => [1, 1]),
      { choose, seed: 1, focus: [], round: 1 },
    );
    assert.equal(constant.isUniform, true);
    assert.equal(constant.weighed.filter(({ isChosen }) => isChosen).length, 10);
    const count = (
      focus: readonly { language: string; concept: string; fault: string }[],
    ): number => {
      let even = 0;
      for (let round = 1; round <= 40; round++) {
        const made = chooseTasks(
          tasks,
          tasks.map(() => [1, 0]),
          { choose, seed: 1, focus: [...focus], round },
        );
        even += made.weighed.filter(({ isChosen }, at) => isChosen && at % 2 === 0).length;
      }
      return even;
    };
    const weak = { language: 'python', concept: 'even', fault: 'unknown' };
    assert.ok(count([weak]) > count([]) + 40);
  });

  it('takes the least alike with k-centre', () => {
    const texts = [
      'sort the list of numbers now',
      'sort the list of numbers now please',
      'parse dates from a log file',
    ];
    const tasks = texts.map((prompt) => aTask({ prompt, reference: prompt }));
    const choose = { by: 'diversity', draw: 'weighted', share: 0.7 } as const;
    const { weighed } = chooseTasks(
      tasks,
      tasks.map(() => []),
      { choose, seed: 1, focus: [], round: 1 },
    );
    assert.deepEqual(
      weighed.map(({ isChosen }) => isChosen),
      [true, false, true],
    );
  });
});
