import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mostShown } from '../../../../../src/engine/domain/roundsStory';
import { changeLesson, lessonsNow } from '../../../../../src/engine/flywheel/round/lessonChanges';
import { asInFile, lessonsFileOf } from '../../../../../src/engine/flywheel/round/lessonsFile';
import { roundsStory } from '../../../../../src/engine/flywheel/round/roundsStory';
import type { Engine } from '../../../../../src/engine/flywheel/engine';
import { Journal } from '../../../../../src/engine/journal/journal';
import { writeRoundsRun } from '../../../../support/roundsRun';
import { temporaryFolder } from '../../../../support/temporary';

describe('story of rounds', () => {
  const folder = temporaryFolder();
  const open = async () => {
    const journal = Journal.open(folder.file('journal.db'));
    const goalFile = folder.file('g.goals.json');
    const goals = { format: 'flywheel-goals-1', name: 'g', tasks: '/code', autonomy: 'low' };
    writeFileSync(goalFile, JSON.stringify({ ...goals, budget: { candidates: 500 } }));
    const { run, tasks } = await writeRoundsRun(journal, 'r', goalFile);
    run.release('finished');
    folder.closing(() => journal.close());
    // It asks of an engine its journal and its books alone.
    const engine = { journal, models: { spentBy: () => null } } as unknown as Engine;
    return { journal, engine, tasks };
  };

  it('tells each round, the curve, and what the next would work on', async () => {
    const { engine, tasks } = await open();
    const story = await roundsStory(engine, 'r');
    assert.deepEqual(
      story.curve.map(({ round, generation, isKept }) => [round, generation, isKept]),
      [
        [0, 0, true],
        [1, 1, true],
        [2, 2, false],
      ],
    );
    assert.equal(story.rounds.length, 3);
    const [first] = story.rounds;
    assert.deepEqual([first?.choose?.chosen, first?.choose?.of], [2, tasks.length]);
    assert.deepEqual(
      first?.choose?.tasks.map(({ id }) => id),
      ['textkit/split_bill', 'textkit/slugify'],
      'those that tell most come first',
    );
    assert.equal(first.compare?.movedMore, 0);
    assert.deepEqual(first.confirmed, ['update']);
    assert.equal(story.next?.weakest[0]?.concept, 'textkit/intervals');
    assert.equal(story.next.file, null, 'no file was written');
    assert.deepEqual(story.goals.file?.budget, { candidates: 500 });
    assert.equal(story.goals.file.autonomy, 'low');
    assert.deepEqual(story.run.round, { number: 3, step: 'choose' });
    assert.equal(story.run.goals?.rounds, 4);
    assert.deepEqual(story.spent, { candidates: 0, tokens: null, usd: null });
  });

  it('goes without a goals file that is gone or holds no goals', async () => {
    const { engine } = await open();
    writeFileSync(folder.file('g.goals.json'), '{');
    assert.equal((await roundsStory(engine, 'r')).goals.file, null);
  });

  it('tells how many more moved than it lists', async () => {
    const { journal, engine } = await open();
    const moved = Array.from({ length: mostShown + 7 }, (_, place) => ({
      ...{ task: String(place), id: String(place), before: 1, after: 0, isForgotten: true },
    }));
    const compare = (await roundsStory(engine, 'r')).rounds[0]?.compare;
    const other = journal.drive({
      ...{ id: 's', kind: 'rounds', title: 's', solver: '', settings: journal.run('r').settings },
    });
    const key = { task: 'round', sample: 1, turn: 0, kind: 'round/compare', ordinal: 0 };
    await other.once(key, {}, () => Promise.resolve({ ...compare, moved }));
    other.release('finished');
    const [round] = (await roundsStory(engine, 's')).rounds;
    assert.equal(round?.compare?.moved.length, mostShown);
    assert.equal(round.compare.movedMore, 7);
  });

  it('keeps what people make of lessons, for the rounds that follow', async () => {
    const { journal } = await open();
    const change = { run: 'r', lesson: 'l1' };
    const now = async () => new Map((await lessonsNow(journal, 'r')).map((one) => [one.id, one]));
    await changeLesson(journal, { ...change, state: 'off' });
    assert.equal((await now()).get('l1')?.state, 'off');
    await changeLesson(journal, { ...change, text: '  Ask first\n whether it is empty. ' });
    assert.equal((await now()).get('l1')?.text, 'Ask first whether it is empty.');
    assert.equal((await now()).get('l1')?.state, 'off', 'an edit switches nothing on');
    await changeLesson(journal, { ...change, state: 'active' });
    assert.equal((await now()).get('l1')?.state, 'active');
    assert.equal((await now()).get('l1')?.wins, 9);
    await changeLesson(journal, { run: 'r', lesson: 'l3', state: 'active' });
    assert.equal((await now()).get('l3')?.state, 'retired');
    const code = (wanted: string) => (error: { code?: string }) => error.code === wanted;
    await assert.rejects(changeLesson(journal, { run: 'r', lesson: 'x' }), code('noSuchLesson'));
    await assert.rejects(changeLesson(journal, { ...change, text: ' ' }), code('badLesson'));
    const long = 'a'.repeat(401);
    await assert.rejects(changeLesson(journal, { ...change, text: long }), code('badLesson'));
    writeFileSync(lessonsFileOf(journal.file, 'r'), '[{}]');
    await assert.rejects(lessonsNow(journal, 'r'), code('badLessons'));
  });

  it('keeps what was changed in the middle of a round over what the round draws', async () => {
    const { journal } = await open();
    const begun = await lessonsNow(journal, 'r');
    await changeLesson(journal, { run: 'r', lesson: 'l2', state: 'off' });
    const [first] = begun;
    assert.ok(first);
    const drawn = [
      ...begun.map((one) => (one.id === 'l1' ? { ...one, state: 'retired' as const } : one)),
      { ...first, id: 'new', text: 'A new one.' },
    ];
    const kept = await asInFile(lessonsFileOf(journal.file, 'r'), drawn, begun);
    assert.deepEqual(
      kept.map(({ id, state }) => `${id} ${state}`),
      ['l1 retired', 'l2 off', 'l3 retired', 'new active'],
    );
  });
});
