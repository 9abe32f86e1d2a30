import assert from 'node:assert/strict';
import { Closing } from '../../../../src/engine/domain/errors';
import { driven } from '../../../../src/engine/flywheel/driven';
import { Notifier } from '../../../../src/engine/flywheel/notifier';
import { Journal } from '../../../../src/engine/journal/journal';
import { summaries } from '../../../../src/engine/journal/questions';
import { temporaryFolder } from '../../../support/temporary';

describe('a run that is driven', () => {
  const folder = temporaryFolder();

  /** The run's state after work that was aborted with the reason. */
  async function stateAfter(id: string, kind: string, reason?: Error): Promise<string | undefined> {
    const journal = Journal.open(folder.file(`${id}.db`));
    const run = journal.drive({ id, kind, title: 't', solver: 'search@2', settings: {} });
    const aborting = new AbortController();
    const notifier = new Notifier(journal, id, () => undefined);
    const working = driven(run, notifier, aborting.signal, async () => {
      aborting.abort(reason);
      aborting.signal.throwIfAborted();
    });
    await assert.rejects(working, { name: 'AbortError' });
    const [summary] = summaries(journal);
    journal.close();
    return summary?.state;
  }

  it('is cancelled where a person cancelled it', async () => {
    assert.equal(await stateAfter('a', 'solve'), 'cancelled');
  });

  it('is interrupted where its window closes, for nobody cancelled it', async () => {
    assert.equal(await stateAfter('b', 'demo', new Closing()), 'interrupted');
  });

  it('is shown whatever people made it for, and not where it only serves another', async () => {
    for (const kind of ['demo', 'solve', 'self-debug']) {
      assert.equal(await stateAfter(`shown-${kind}`, kind), 'cancelled');
    }
    for (const kind of ['verify', 'evaluation']) {
      assert.equal(await stateAfter(`hidden-${kind}`, kind), undefined);
    }
  });
});
