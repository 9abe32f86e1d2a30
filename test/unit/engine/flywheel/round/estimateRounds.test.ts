import assert from 'node:assert/strict';
import fc from 'fast-check';
import { trajectoriesOf } from '../../../../../src/engine/flywheel/round/estimateRounds';
import { goalsOf } from '../../../../../src/engine/flywheel/round/goals';

const goals = (more: object = {}) =>
  goalsOf({ format: 'flywheel-goals-1', name: 'g', tasks: '.', ...more }, 'g.goals.json');

describe('estimate of rounds', () => {
  it('counts what each step tries: held-out tasks once for each generation of a search', () => {
    const given = { tasks: 100, measured: null };
    // 30 held out and 70 to learn from; 18 are chosen, of which 72 are made and 58 taken.
    assert.equal(trajectoriesOf(goals(), { ...given, rounds: 1 }), 30 + 70 + 58 + 30);
    const two = trajectoriesOf(goals(), { ...given, rounds: 2 });
    assert.equal(two, 188 + 72 + 58 + 30, 'the second begins with what the first measured');
  });

  it('asks a chat model for every sample, and measures it anew in every round', () => {
    const chat = goals({ solver: { kind: 'chat', model: 'm' }, samples: 3 });
    const given = { tasks: 70, measured: 30, rounds: 2 };
    assert.equal(trajectoriesOf(chat, given), 3 * (188 + 30 + 72 + 58 + 30));
  });

  it('grows with rounds and tasks', () => {
    const count = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 8 }), (tasks, rounds) => {
        const of = (more: object): number =>
          trajectoriesOf(goals(), { ...{ tasks, measured: null, rounds }, ...more });
        assert.ok(of({ rounds: rounds + 1 }) > of({}));
        assert.ok(of({ tasks: tasks + 10 }) >= of({}));
      }),
    );
  });
});
