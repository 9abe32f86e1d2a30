import assert from 'node:assert/strict';
import type { LiveText, RunSummary, TaskRow } from '../../../src/engine/domain/view';
import { RunStore, type RunSource } from '../../../src/editor/runStore';
import { ViewerSession } from '../../../src/editor/viewerSession';
import type { ToViewer } from '../../../src/viewer/messages';
import { emptyState, takeMessage, type ViewState } from '../../../src/viewer/viewState';
import { cell, row, story, summary } from '../viewer/rows';

/** An engine with given runs; counts what it is asked. */
function sourceOf(runs: RunSummary[], rows: TaskRow[]) {
  const asked: string[] = [];
  const answers: Record<string, () => unknown> = {
    runs: () => runs,
    run: () => runs[0],
    rows: () => rows,
    story: () => story(runs[0]?.id ?? '', rows[0] ?? row('x')),
  };
  const call = async (name: string): Promise<unknown> => {
    asked.push(name);
    return answers[name]?.();
  };
  // The fake answers each call by its name, as the real one does.
  return { source: { call } as RunSource, asked };
}

function sessionOf(store: RunStore) {
  const sent: ToViewer[] = [];
  const session = new ViewerSession(store, {
    language: 'en',
    trusted: () => true,
    post: (message) => sent.push(message),
  });
  const seen = (): ViewState => {
    let state = emptyState;
    for (const message of sent) {
      const next = takeMessage(state, message);
      assert.notEqual(next, 'resync');
      if (next !== 'resync') state = next;
    }
    return state;
  };
  return { session, sent, seen };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('session of a viewer', () => {
  it('sends nothing before it is ready, then the newest run', async () => {
    const runs = [summary('old', { startedAt: 1 }), summary('new', { startedAt: 2 })];
    const store = new RunStore(sourceOf(runs, [row('x')]).source, async () => true);
    const { session, sent, seen } = sessionOf(store);
    await store.take(summary('new', { startedAt: 2 }), []);
    assert.equal(sent.length, 0);
    await session.start({ run: null, task: null });
    assert.equal(seen().run?.id, 'new');
    assert.equal(seen().runs.length, 2);
    session.dispose();
  });

  it('shows a part of rounds, which no list has, and reads it again as its rounds go on', async () => {
    const rounds = summary('r', { kind: 'rounds' });
    const part = summary('r/1/choose', { kind: 'roundPart' });
    const asked: unknown[] = [];
    const call = async (name: string, input: unknown): Promise<unknown> => {
      asked.push(input);
      if (name === 'runs') return [rounds];
      return name === 'run' ? part : [row('x')];
    };
    // The fake answers each call by its name, as the real one does.
    const store = new RunStore({ call } as RunSource, async () => true);
    const { session, seen } = sessionOf(store);
    await session.start({ run: null, task: null });
    await session.select('r/1/choose', null, true);
    assert.equal(seen().run?.id, 'r/1/choose');
    assert.deepEqual(
      seen().runs.map(({ id }) => id),
      ['r/1/choose', 'r'],
    );
    assert.deepEqual(
      (await store.runs()).map(({ id }) => id),
      ['r'],
      'it is no run of its own',
    );
    const before = asked.length;
    await store.take(rounds, []);
    await wait(100);
    assert.ok(asked.length > before);
    session.dispose();
  });

  it('asks no engine where there is no journal', async () => {
    const { source, asked } = sourceOf([], []);
    const { session, seen } = sessionOf(new RunStore(source, async () => false));
    await session.start({ run: 'gone', task: null });
    assert.deepEqual(asked, []);
    assert.equal(seen().loaded, true);
    assert.equal(seen().run, null);
    session.dispose();
  });

  it('brings a reloaded viewer to the right picture in the middle of a run', async () => {
    const rows = [row('one', { state: 'running' }), row('two', { state: 'waiting' })];
    const store = new RunStore(sourceOf([summary('a')], rows).source, async () => true);
    const first = sessionOf(store);
    await first.session.start({ run: 'a', task: 'one' });
    first.session.pause();
    const solved = row('one', { turns: [cell(1, 'passed', 7)], solvedVisible: true });
    await store.take(summary('a', { ended: 1 }), [solved]);
    await first.session.start({ run: 'a', task: 'one' });
    const state = first.seen();
    assert.deepEqual(state.rows[0], solved);
    assert.equal(state.run?.ended, 1);
    assert.equal(state.task, 'one');
    assert.notEqual(state.story, null);
    first.session.dispose();
  });

  it('sends one burst for many changes, each row as it is at last', async () => {
    const store = new RunStore(sourceOf([summary('a')], [row('one')]).source, async () => true);
    const { session, sent, seen } = sessionOf(store);
    await session.start({ run: 'a', task: null });
    const before = sent.length;
    for (let ended = 1; ended <= 30; ended++) {
      await store.take(summary('a', { ended }), [row('one', { candidates: ended })]);
    }
    await wait(130);
    assert.ok(sent.length - before <= 2, `${sent.length - before} messages`);
    assert.equal(seen().run?.ended, 30);
    assert.equal(seen().rows[0]?.candidates, 30);
    session.dispose();
  });

  it('opens a task that the editor chose, and follows the viewer where it chose', async () => {
    const rows = [row('one'), row('two')];
    const store = new RunStore(sourceOf([summary('a')], rows).source, async () => true);
    const { session, sent, seen } = sessionOf(store);
    await session.start({ run: 'a', task: null });
    await session.select('a', 'one', true);
    assert.equal(seen().task, 'one');
    await session.select('a', 'two', false);
    const last = sent.at(-1);
    assert.equal(last?.kind === 'story' && last.opens, false);
    session.dispose();
  });

  it('shows a run that was chosen before its first report as soon as that comes', async () => {
    const old = [summary('newest', { startedAt: 3 }), summary('old', { startedAt: 2 })];
    const rows = [row('one', { turns: [cell(1, 'failed')] })];
    const store = new RunStore(sourceOf(old, rows).source, async () => true);
    const { session, seen } = sessionOf(store);
    await session.start({ run: 'old', task: 'one' });
    assert.notEqual(seen().story, null);
    await session.select('fresh', null, true);
    assert.deepEqual(session.selected, { run: 'fresh', task: null });
    assert.equal(seen().run?.id, 'old', 'what was there stays until the new run is');
    assert.equal(seen().story, null, 'the story of another run is gone');
    await store.take(summary('old', { startedAt: 2, ended: 5 }), []);
    await wait(130);
    assert.equal(seen().run?.ended, 5);
    await store.take(summary('fresh', { startedAt: 4 }), []);
    await wait(0);
    assert.equal(seen().run?.id, 'fresh');
    assert.equal(seen().task, null);
    const passed = row('one', { turns: [cell(1, 'passed', 7)] });
    await store.take(summary('fresh', { startedAt: 4, ended: 1 }), [passed]);
    await wait(130);
    assert.equal(seen().run?.ended, 1);
    assert.deepEqual(seen().rows, [passed]);
    session.dispose();
  });

  it('sends no snapshot of a run that was left while it was read', async () => {
    let answer = (): void => undefined;
    const { source } = sourceOf([summary('slow', { startedAt: 2 }), summary('quick')], []);
    const slow: RunSource = {
      call: async (name, input) => {
        const late = name === 'rows' && JSON.stringify(input).includes('slow');
        if (late) await new Promise<void>((resolve) => (answer = resolve));
        return source.call(name, input);
      },
    };
    const { session, seen } = sessionOf(new RunStore(slow, async () => true));
    const first = session.start({ run: 'slow', task: null });
    await wait(0);
    await session.select('quick', null, true);
    answer();
    await first;
    assert.equal(seen().run?.id, 'quick');
    session.dispose();
  });

  it('shows why the runs could not be read', async () => {
    const source: RunSource = { call: () => Promise.reject(new Error('journal is newer')) };
    const { session, seen } = sessionOf(new RunStore(source, async () => true));
    await session.start({ run: null, task: null });
    assert.equal(seen().problem?.message, 'journal is newer');
    session.dispose();
  });

  describe('with a chat model that writes', () => {
    const text = (task: string, sample: number, written: string): LiveText => ({
      ...{ task, sample, turn: 1, kind: 'call/program' },
      ...{ text: written, chars: written.length, isDone: false },
    });
    const lives = (sent: readonly ToViewer[]): LiveText[] =>
      sent.flatMap((message) => (message.kind === 'live' ? [message.live] : []));
    const opened = async () => {
      const rows = [row('one'), row('two')];
      const store = new RunStore(sourceOf([summary('a')], rows).source, async () => true);
      const viewer = sessionOf(store);
      await viewer.session.start({ run: 'a', task: 'one' });
      return { store, ...viewer };
    };

    it('sends the last text of what is on screen, few times and without escapes', async () => {
      const { store, session, sent, seen } = await opened();
      for (let count = 1; count <= 50; count++) {
        store.takeWriting('a', [text('one', 0, `\u202e${count}`), text('two', 0, 'not this')]);
        store.takeWriting('b', [text('one', 0, 'another run')]);
      }
      store.takeWriting('a', [text('one', 3, 'another sample')]);
      await wait(320);
      assert.deepEqual(
        lives(sent).map((live) => live.text),
        ['‹U+202E›50'],
      );
      assert.equal(seen().live?.text, '‹U+202E›50');
      session.dispose();
    });

    it('sends nothing to a viewer that left the task or is closed', async () => {
      const { store, session, sent } = await opened();
      store.takeWriting('a', [text('one', 0, 'left')]);
      await session.select('a', 'two', false);
      store.takeWriting('a', [text('two', 0, 'closed')]);
      session.pause();
      await wait(320);
      assert.deepEqual(lives(sent), []);
      session.dispose();
    });
  });

  it('stays with the sample that is read, though another gets ahead', async () => {
    const asked: unknown[] = [];
    const { source } = sourceOf([summary('a')], [row('one')]);
    let best = 2;
    const sampled: RunSource = {
      call: async (name, input) => {
        if (name !== 'story') return source.call(name, input);
        asked.push(input);
        const sample = 'sample' in (input ?? {}) ? (input as { sample: number }).sample : best;
        return story('a', row('one'), { sample });
      },
    };
    const store = new RunStore(sampled, async () => true);
    const { session, seen } = sessionOf(store);
    await session.start({ run: 'a', task: 'one' });
    assert.equal(seen().story?.sample, 2);
    best = 4;
    await store.take(summary('a', { ended: 1 }), [row('one', { candidates: 1 })]);
    await wait(130);
    assert.equal(seen().story?.sample, 2);
    await session.select('a', 'one', false, 5);
    assert.equal(seen().story?.sample, 5);
    assert.deepEqual(asked.at(-1), { run: 'a', task: 'one', sample: 5 });
    session.dispose();
  });
});
