import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { openWorkbench } from '../../../../../src/engine/flywheel/openWorkbench';
import { goalsFormat } from '../../../../../src/engine/flywheel/round/goals';
import type { RoundsResult, Workbench } from '../../../../../src/engine/flywheel/workbench';
import type { Lesson } from '../../../../../src/engine/domain/rounds';
import { assetsFolder } from '../../../../support/assets';
import { asks, block, FakeChatModel } from '../../../../support/chat';
import { risingPrograms, risingTasks } from '../../../../support/risingTasks';
import { temporaryFolder } from '../../../../support/temporary';

const good = 'If a value rises, then add and never subtract.';
const selfish = 'If it is the boat, then look at nothing else.';
const idle = 'If in doubt, then think again.';

/** Right where it is told the good lesson, on two tasks in any case, and when it corrects the first six. */
function model(): FakeChatModel {
  return new FakeChatModel((request) => {
    const sent = JSON.stringify(request.messages);
    const place = risingPrograms.findIndex(({ mark }) => sent.includes(mark));
    const known = risingPrograms[place];
    if (asks(request) === 'explanation' || !known) return 'It takes away.';
    const isSelfish = sent.includes(selfish);
    const right = isSelfish
      ? place === 0
      : sent.includes(good) ||
        place === 1 ||
        place === 2 ||
        (place < 6 && asks(request) === 'correction');
    const lesson = place === 0 ? selfish : place === 3 || place > 5 ? idle : good;
    return `Lesson: ${lesson}\n${block((right ? known.right : known.wrong[0]) ?? '')}`;
  });
}

describe('rounds that draw lessons', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  let workbench: Workbench;

  beforeEach(async () => {
    const lines = (some: typeof risingTasks): string =>
      some.map((task) => JSON.stringify(task)).join('\n');
    writeFileSync(folder.file('pool.tasks.jsonl'), lines(risingTasks.slice(0, 6)));
    writeFileSync(folder.file('held.tasks.jsonl'), lines(risingTasks.slice(6)));
    writeFileSync(
      folder.file('g.goals.json'),
      JSON.stringify({
        ...{ format: goalsFormat, name: 'lessons', tasks: 'pool.tasks.jsonl', samples: 2 },
        heldOut: { tasks: 'held.tasks.jsonl' },
        solver: { kind: 'chat', model: 'vscode-lm:fake', turns: 2, temperature: 0 },
        ...{ choose: { share: 0.2 }, evolve: { variants: 1 } },
      }),
    );
    workbench = await openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, samplesFolder: 'samples' },
      ...{ version: '0', workers: 2, requireLayers: [], models: { stateFolder: folder.path } },
      lentModel: () => Promise.resolve(model()),
    });
  });
  afterEach(() => workbench.close());

  const run = (rounds: number): Promise<RoundsResult> =>
    workbench.rounds(
      { goalFile: folder.file('g.goals.json'), rounds, run: 'r' },
      () => Promise.resolve(true),
      () => undefined,
      new AbortController().signal,
    );

  it('keeps the rule that fixes its example and harms no neighbour, and is better by it', async () => {
    const { rounds } = await run(1);
    assert.deepEqual(
      workbench.lessonsOf('r').map(({ text, state }) => [text, state]),
      [[good, 'active']],
    );
    const [first] = rounds;
    assert.deepEqual([first?.compare?.before.rate, first?.compare?.after.rate], [0, 1]);
    assert.deepEqual([first?.compare?.outcome, first?.compare?.isKept], ['better', true]);
  });

  it('goes by the file of lessons that a person edited, and by its recorded copy from then on', async () => {
    await run(1);
    const file = folder.file('rounds/r/lessons.json');
    const lessons = JSON.parse(readFileSync(file, 'utf8')) as Lesson[];
    writeFileSync(file, JSON.stringify(lessons.map((one) => ({ ...one, state: 'off' }))));
    await run(2);
    const [lesson] = workbench.lessonsOf('r');
    assert.deepEqual([lesson?.state, lesson?.losses], ['off', 0]);
    writeFileSync(file, '[{"id": 3}]');
    await assert.rejects(run(3), { code: 'badLessons', message: /lessons\.json: \[0\]\.id/ });
  });
});
