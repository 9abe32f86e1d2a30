import assert from 'node:assert/strict';
import type { ToViewer } from '../../../src/viewer/messages';
import { emptyState, takeMessage, type ViewState } from '../../../src/viewer/viewState';
import type { TurnStory } from '../../../src/engine/domain/view';
import { cell, row, story, summary } from './rows';

const snapshot = (more: Partial<Extract<ToViewer, { kind: 'snapshot' }>> = {}): ToViewer => ({
  kind: 'snapshot',
  seq: 4,
  language: 'en',
  trusted: true,
  runs: [summary('a')],
  run: summary('a'),
  rows: [row('one'), row('two')],
  task: null,
  story: null,
  problem: null,
  ...more,
});

function after(...messages: ToViewer[]): ViewState {
  let state = emptyState;
  for (const message of messages) {
    const next = takeMessage(state, message);
    assert.notEqual(next, 'resync');
    if (next !== 'resync') state = next;
  }
  return state;
}

describe('viewer state', () => {
  it('merges changed rows in their places and puts new ones last', () => {
    const changed = row('one', { state: 'running' });
    const run = summary('a', { ended: 1 });
    const state = after(snapshot(), {
      kind: 'delta',
      seq: 5,
      run,
      rows: [row('three'), changed],
    });
    assert.deepEqual(
      state.rows.map(({ hash }) => hash),
      ['one', 'two', 'three'],
    );
    assert.equal(state.rows[0], changed);
    assert.equal(state.run, run);
    assert.deepEqual(state.runs, [run]);
  });

  it('takes the rows of another run for no rows of this one', () => {
    const other = summary('b', { ended: 3 });
    const delta: ToViewer = { kind: 'delta', seq: 5, run: other, rows: [row('x')] };
    const state = after(snapshot(), delta);
    assert.equal(state.run?.id, 'a');
    assert.equal(state.rows.length, 2);
    assert.deepEqual(
      state.runs.map(({ id }) => id),
      ['b', 'a'],
    );
  });

  it('asks for resync where a message was missed, and takes a snapshot at any time', () => {
    const state = after(snapshot());
    const late: ToViewer = { kind: 'delta', seq: 7, run: summary('a'), rows: [] };
    assert.equal(takeMessage(state, late), 'resync');
    assert.equal(takeMessage(emptyState, { ...late, seq: 1 }), 'resync');
    assert.notEqual(takeMessage(state, snapshot({ seq: 9 })), 'resync');
  });

  it('drops a story that the person has left', () => {
    const one = story('a', row('one'));
    const left = after(snapshot(), {
      kind: 'story',
      opens: false,
      seq: 5,
      task: 'one',
      story: one,
    });
    assert.equal(left.story, null);
    const open = after(snapshot({ task: 'one' }), {
      kind: 'story',
      opens: false,
      seq: 5,
      task: 'one',
      story: one,
    });
    assert.equal(open.story, one);
  });

  it('opens the story that the editor was asked to open', () => {
    const two = story('a', row('two'));
    const opened: ToViewer = { kind: 'story', seq: 5, opens: true, task: 'two', story: two };
    assert.equal(after(snapshot(), opened).task, 'two');
  });

  it('drops the story of another run, though it is of the same task', () => {
    const one = story('a', row('one'));
    const state = after(
      snapshot({ task: 'one' }),
      { kind: 'story', opens: false, seq: 5, task: 'one', story: one },
      snapshot({ seq: 6, run: summary('b'), task: 'one' }),
    );
    assert.equal(state.story, null);
  });

  it('keeps the story on screen over a snapshot of the same task', () => {
    const one = story('a', row('one'));
    const state = after(
      snapshot({ task: 'one' }),
      { kind: 'story', opens: false, seq: 5, task: 'one', story: one },
      snapshot({ seq: 6, task: 'one' }),
    );
    assert.equal(state.story, one);
  });

  describe('with text that is being written', () => {
    const live = {
      ...{ task: 'one', sample: 0, turn: 2, kind: 'call/program' },
      ...{ text: 'def', chars: 3, isDone: false },
    };
    const written: ToViewer = { kind: 'live', seq: 6, run: 'a', live };
    const told = (seq: number, turns: number, sample = 0): ToViewer => ({
      ...{ kind: 'story', opens: false, seq, task: 'one' },
      story: story('a', row('one'), { sample, turns: Array.from({ length: turns }, storyTurn) }),
    });
    const open = snapshot({ task: 'one' });

    it('shows it until its turn is told', () => {
      const state = after(open, told(5, 1), written);
      assert.equal(state.live, live);
      assert.equal(after(open, told(5, 1), written, told(7, 1)).live, live);
      assert.equal(after(open, told(5, 1), written, told(7, 2)).live, null);
    });

    it('drops it where it comes late, or is of another run, task or sample', () => {
      assert.equal(after(open, told(5, 2), written).live, null);
      assert.equal(after(open, told(5, 1), { ...written, run: 'b' }).live, null);
      assert.equal(
        after(open, told(5, 1), { ...written, live: { ...live, task: 'x' } }).live,
        null,
      );
      assert.equal(after(open, told(5, 1, 3), written).live, null);
      assert.equal(after(open, told(5, 1), written, told(7, 1, 3)).live, null);
      assert.equal(after(open, told(5, 1), { ...written, run: 'b' }).seq, 6);
    });
  });
});

function storyTurn(_: unknown, index: number): TurnStory {
  const nothing = { program: null, difference: [], fixed: [], broke: [] };
  return { ...cell(index + 1, 'failed'), ...nothing, durationMs: 1 };
}
