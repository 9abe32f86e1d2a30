import assert from 'node:assert/strict';
import type { RunSummary, TaskRow } from '../../../src/engine/domain/view';
import { RunStore, type RunChange, type RunSource } from '../../../src/editor/runStore';
import { RunWatch } from '../../../src/editor/runWatch';
import { row, summary } from '../viewer/rows';

const everyMs = 5;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A journal that others write to, and a watch of it that looks all the time. */
function watched() {
  const journal = {
    runs: [summary('a')] as RunSummary[],
    rows: [row('one', { state: 'running' }), row('two')] as TaskRow[],
    writtenAt: 1 as number | null,
    ours: undefined as string | undefined,
    asked: 0,
  };
  const call = async (name: string): Promise<unknown> => {
    if (name === 'runs') journal.asked++;
    return name === 'runs' ? journal.runs : journal.rows;
  };
  const store = new RunStore({ call } as RunSource, async () => true);
  const changes: RunChange[] = [];
  store.onChanged((change) => changes.push(change));
  const around = { ours: () => journal.ours, journalWrittenAt: async () => journal.writtenAt };
  return { journal, store, changes, watch: new RunWatch(store, around, everyMs) };
}

describe('watch of runs that others drive', () => {
  it('finds that a run ended with its process, and which rows that changed', async () => {
    const { journal, store, changes, watch } = watched();
    await store.runs();
    await store.rows('a');
    watch.show(true);
    journal.runs = [summary('a', { state: 'interrupted' })];
    journal.rows = [row('one', { state: 'waiting' }), row('two')];
    await wait(10 * everyMs);
    watch.dispose();
    assert.equal(store.run('a')?.state, 'interrupted');
    assert.equal(changes.length, 1);
    const [change] = changes;
    assert.deepEqual(change?.kind === 'run' && change.rows.map(({ hash }) => hash), ['one']);
    assert.equal((await store.rows('a'))[0]?.state, 'waiting');
  });

  it('asks nothing while nobody looks, before anybody asked, or where nothing was written', async () => {
    const { journal, store, watch } = watched();
    watch.show(true);
    await wait(5 * everyMs);
    assert.equal(journal.asked, 0, 'before the views asked');
    journal.runs = [summary('a', { state: 'finished' })];
    await store.runs();
    await wait(5 * everyMs);
    const asked = journal.asked;
    await wait(10 * everyMs);
    assert.equal(journal.asked, asked, 'nothing was written');
    watch.show(false);
    journal.writtenAt = 2;
    await wait(5 * everyMs);
    assert.equal(journal.asked, asked, 'nobody looks');
    watch.dispose();
  });

  it('finds a run that a terminal began', async () => {
    const { journal, store, watch } = watched();
    journal.runs = [];
    await store.runs();
    watch.show(true);
    await wait(5 * everyMs);
    journal.runs = [summary('new')];
    journal.writtenAt = 2;
    await wait(10 * everyMs);
    watch.dispose();
    assert.equal(store.run('new')?.state, 'running');
  });

  it('leaves the run of this window to its own reports', async () => {
    const { journal, store, watch } = watched();
    journal.ours = 'a';
    await store.runs();
    await store.take(summary('a', { ended: 5 }), []);
    watch.show(true);
    journal.runs = [summary('a', { ended: 4 }), summary('b')];
    journal.writtenAt = 2;
    await wait(10 * everyMs);
    watch.dispose();
    assert.equal(store.run('a')?.ended, 5);
  });

  it('looks again after a look that failed', async () => {
    const { journal, store, watch } = watched();
    await store.runs();
    journal.runs = null as unknown as RunSummary[];
    watch.show(true);
    await wait(5 * everyMs);
    journal.runs = [summary('a', { state: 'finished' })];
    await wait(10 * everyMs);
    watch.dispose();
    assert.equal(store.run('a')?.state, 'finished');
  });
});
