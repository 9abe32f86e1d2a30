import assert from 'node:assert/strict';
import { roundSteps, type CurvePoint, type MovedTask } from '../../../src/engine/domain/rounds';
import type { RoundsStory, RoundStory } from '../../../src/engine/domain/roundsStory';
import { joins, placesOf } from '../../../src/viewer/rounds/curveChart';
import { byKind } from '../../../src/viewer/rounds/movedTasks';
import {
  emptyRounds,
  isToRounds,
  roundsToShow,
  takeRounds,
} from '../../../src/viewer/rounds/roundsState';
import { roundsTextsFor, type RoundsTexts } from '../../../src/viewer/rounds/texts';
import {
  intervalWords,
  placeWords,
  pointsWords,
  questionWords,
  rateWords,
  spokenWords,
  stepState,
  steps,
  verdictWords,
} from '../../../src/viewer/rounds/words';
import { summary } from './rows';

const english = roundsTextsFor('en');
const chinese = roundsTextsFor('zh-cn');

const point = (round: number, rate: number, isKept: boolean): CurvePoint => ({
  ...{ round, rate, isKept, generation: round, run: 'r', tasks: 10, faults: 0 },
  ...{ interval: [Math.max(0, rate - 0.2), Math.min(1, rate + 0.2)], candidatesToFix: null },
});

const compared = (parts: object): RoundStory => ({
  ...{ number: 1, confirmed: [] },
  compare: {
    ...{ before: point(0, 0.4, true), after: point(1, 0.6, true), outcome: 'better', p: 0.03 },
    ...{ difference: 0.2, interval: [0.02, 0.38], detectable: 0.3, isHopeless: false, moved: [] },
    ...{ isKept: true, reason: 'better', weakest: [], movedMore: 0 },
    ...parts,
  },
});

const run = (more: object = {}) =>
  summary('r', {
    ...{ kind: 'rounds', round: { number: 2, step: 'solve' }, done: 3, total: 12 },
    goals: { file: 'g.goals.json', rounds: 4 },
    ...more,
  });

describe('words of rounds', () => {
  it('say every text in both languages, with places filled', () => {
    const check = (one: object, other: object, place: string): void => {
      assert.deepEqual(Object.keys(one).sort(), Object.keys(other).sort(), place);
      for (const [key, text] of Object.entries(other) as [string, unknown][]) {
        if (typeof text === 'object' && text !== null) {
          check(one[key as keyof typeof one], text, `${place}.${key}`);
          continue;
        }
        const told: unknown =
          typeof text === 'function' ? Reflect.apply(text, undefined, ['1', '2', '3', '4']) : text;
        assert.notEqual(told, '', key);
        assert.doesNotMatch(String(told), /undefined/, key);
      }
    };
    check(english, chinese, 'texts');
    for (const texts of [english, chinese] satisfies RoundsTexts[]) {
      for (const step of roundSteps) assert.ok(texts.steps[step] && texts.stepAims[step]);
    }
    assert.deepEqual(steps, roundSteps);
    assert.equal(roundsTextsFor('de'), english);
  });

  it('give shares, intervals and differences as people read them', () => {
    assert.deepEqual([0, 0.417, 0.5, 1].map(rateWords), ['0 %', '41.7 %', '50 %', '100 %']);
    assert.equal(intervalWords([0.222, 0.631]), '[22–63]');
    assert.deepEqual([0.2083, -0.083, 0].map(pointsWords), ['+20.8', '−8.3', '±0.0']);
  });

  it('tell where rounds are, and what came of one', () => {
    assert.equal(placeWords(run(), english), 'Round 2 of 4: Solve · 3 of 12');
    assert.equal(placeWords(run({ state: 'interrupted' }), english), 'Round 2 of 4: Solve');
    assert.equal(placeWords(run({ state: 'finished' }), english), '4 rounds');
    assert.equal(placeWords(summary('r', { kind: 'rounds' }), english), 'Gathering tasks');
    assert.equal(verdictWords(compared({}), english), 'better · kept');
    const back = compared({ outcome: 'cannotTell', isKept: false });
    assert.equal(verdictWords(back, english), 'cannot tell · rolled back');
    assert.equal(verdictWords(back, chinese), '无法判断 · 已回退');
    assert.equal(verdictWords({ number: 2, confirmed: [] }, english), '');
  });

  it('say what a step will do and take before it is confirmed', () => {
    const question = { number: 1, round: 2, step: 'evolve', tasks: 4, candidates: 3200 } as const;
    assert.match(questionWords(question, english), /makes new tasks .* 4 tasks, at most 3,200 /);
    const update = questionWords({ ...question, step: 'update' }, english);
    assert.match(update, /teaches the solver/);
    assert.doesNotMatch(update, /3,200/, 'an update tries nothing');
  });

  it('tell a screen reader the verdict, the state and the question, and no counts', () => {
    const story = { run: run(), rounds: [compared({})] } as unknown as RoundsStory;
    const said = spokenWords(story, null, english);
    assert.equal(said, 'Round 1: better · kept. running, Round 2 of 4: Solve');
    const question = { number: 1, round: 2, step: 'solve', tasks: 4, candidates: 8 } as const;
    assert.match(spokenWords(story, question, english), /^Round 2 waits for your word/);
  });
});

describe('steps of a round', () => {
  const round: RoundStory = {
    ...{ number: 2, confirmed: [] },
    solve: { run: 'r/2/solve', tasks: 4, solved: 1 },
  };
  it('are done, under way, waiting, stopped or to come', () => {
    const now = run({ round: { number: 2, step: 'update' } });
    const question = { number: 1, round: 2, step: 'update', tasks: 4, candidates: 8 } as const;
    assert.equal(stepState(round, 'solve', now, null), 'done');
    assert.equal(stepState(round, 'update', now, null), 'now');
    assert.equal(stepState(round, 'update', now, question), 'waits');
    assert.equal(stepState(round, 'update', { ...now, state: 'cancelled' }, null), 'stopped');
    assert.equal(stepState(round, 'compare', now, null), 'next');
  });
});

describe('curve over rounds', () => {
  const points = [
    point(0, 0.4, true),
    point(1, 0.6, true),
    point(2, 0.2, false),
    point(3, 1, true),
  ];

  it('joins what was kept, and what was rolled back only to what it was made from', () => {
    const joined = joins(placesOf(points, 500)).map(({ from, to, isKept }) => [
      ...[from.point.round, to.point.round, isKept],
    ]);
    assert.deepEqual(joined, [
      [0, 1, true],
      [1, 2, false],
      [1, 3, true],
    ]);
  });

  it('stands inside its picture, better higher and later further right', () => {
    const places = placesOf(points, 400);
    assert.ok(places.every(({ x, y }) => x > 0 && x < 400 && y > 0 && y < 260));
    assert.deepEqual(
      places.map(({ x }) => x),
      places.map(({ x }) => x).sort((a, b) => a - b),
    );
    const [start, better] = places;
    assert.ok(start && better && better.y < start.y);
    assert.equal(placesOf([], 400).length, 0);
  });
});

describe('tasks that moved', () => {
  const move = (id: string, before: number, after: number): MovedTask => ({
    ...{ task: id, id, before, after, isForgotten: before > 0 && after === 0 },
  });

  it('are lost, won, or moved in part, each once', () => {
    const all = [move('a', 1, 0), move('b', 0, 0.5), move('c', 0.5, 0.75), move('d', 1, 0.5)];
    const { lost, won, others } = byKind(all);
    const ids = (tasks: readonly MovedTask[]): string => tasks.map(({ id }) => id).join();
    assert.deepEqual([ids(lost), ids(won), ids(others)], ['a', 'b', 'c,d']);
  });
});

describe('state of the page', () => {
  it('takes counts of its own run alone, and a question beside the story', () => {
    const story = { run: run(), rounds: [] } as unknown as RoundsStory;
    const { loaded: _, ...told } = emptyRounds;
    const shown = takeRounds(emptyRounds, { kind: 'rounds', ...told, story });
    assert.equal(shown.loaded, true);
    const moved = takeRounds(shown, { kind: 'progress', run: run({ done: 7 }) });
    assert.equal(moved.story?.run.done, 7);
    const other = takeRounds(shown, { kind: 'progress', run: summary('other') });
    assert.equal(other, shown);
    const question = { number: 1, round: 1, step: 'solve', tasks: 1, candidates: 1 } as const;
    const asked = takeRounds(moved, { kind: 'question', question });
    assert.equal(asked.question, question);
    assert.equal(asked.story?.run.done, 7);
    assert.equal(isToRounds({ kind: 'rounds' }), true);
    assert.equal(isToRounds({ kind: 'snapshot' }), false);
    assert.equal(isToRounds(null), false);
  });

  it('shows a round as soon as it begins, and none that is not there', () => {
    const numbers = (told: object): number[] =>
      roundsToShow({ rounds: [compared({})], ...told } as unknown as RoundsStory).map(
        ({ number }) => number,
      );
    assert.deepEqual(numbers({ run: run() }), [1, 2]);
    assert.deepEqual(numbers({ run: run({ round: { number: 1, step: 'compare' } }) }), [1]);
    assert.deepEqual(numbers({ run: run({ state: 'finished' }) }), [1]);
    assert.deepEqual(numbers({ run: summary('r', { kind: 'rounds' }) }), [1]);
  });
});
