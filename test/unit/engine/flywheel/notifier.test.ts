import assert from 'node:assert/strict';
import { maxLiveChars, type LiveText } from '../../../../src/engine/domain/view';
import { Notifier } from '../../../../src/engine/flywheel/notifier';
import { Journal } from '../../../../src/engine/journal/journal';
import { temporaryFolder } from '../../../support/temporary';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('telling what models write', () => {
  const folder = temporaryFolder();

  const listening = () => {
    const journal = Journal.open(folder.file('journal.db'));
    const run = journal.drive({
      ...{ id: 'r', kind: 'solve', title: 't' },
      ...{ solver: 'chat@1', settings: {} },
    });
    const told: (readonly LiveText[])[] = [];
    const listener = Object.assign(() => undefined, {
      writing: (texts: readonly LiveText[]) => void told.push(texts),
    });
    const close = (): void => {
      run.release('open');
      journal.close();
    };
    return { notifier: new Notifier(journal, 'r', listener), told, close };
  };

  const live = (task: string, text: string): LiveText => ({
    ...{ task, sample: 0, turn: 1, kind: 'call/program' },
    ...{ text, chars: text.length, isDone: false },
  });

  it('gathers many into one, the last of each trajectory, and only its end', async () => {
    const { notifier, told, close } = listening();
    const long = 'x'.repeat(3 * maxLiveChars);
    for (let count = 0; count < 200; count++) {
      notifier.writing(live('a', `${long}${String(count)}`));
      notifier.writing(live('b', 'short'));
    }
    assert.equal(told.length, 0);
    await wait(300);
    assert.equal(told.length, 1);
    const [a, b] = told[0] ?? [];
    assert.equal(a?.text.length, maxLiveChars);
    assert.ok(a.text.endsWith('x199'));
    assert.equal(a.chars, long.length + 3);
    assert.equal(b?.text, 'short');
    notifier.end();
    close();
  });

  it('tells nothing after the end', async () => {
    const { notifier, told, close } = listening();
    notifier.writing(live('a', 'begun'));
    notifier.end();
    notifier.writing(live('a', 'late'));
    await wait(300);
    assert.deepEqual(told, []);
    close();
  });
});
