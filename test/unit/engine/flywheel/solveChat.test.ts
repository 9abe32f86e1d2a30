import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { ChatReply } from '../../../../src/engine/domain/chat';
import { problemOf } from '../../../../src/engine/domain/task';
import { solveTasks } from '../../../../src/engine/flywheel/solveTasks';
import { openWorkbench } from '../../../../src/engine/flywheel/openWorkbench';
import { storyOf } from '../../../../src/engine/flywheel/story';
import { Journal } from '../../../../src/engine/journal/journal';
import type { LiveText } from '../../../../src/engine/domain/view';
import { rowsOf, summaryOf } from '../../../../src/engine/journal/questions';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { asks, block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { temporaryFolder } from '../../../support/temporary';

describe('solving tasks with a chat model', () => {
  const folder = temporaryFolder();
  const tasks = ['a', 'b', 'c'].map((name) => aTask({ prompt: `Write double(x). ${name}` }));

  /** Wrong first, right after it was told; after `stopAt` calls it answers `stop`. */
  const modelFor = (stopAt = Infinity, stop: ChatReply = { kind: 'cancelled' }) =>
    new FakeChatModel((request, call) => {
      if (call > stopAt) return stop;
      if (asks(request) === 'explanation') return 'It returns x.';
      const right = asks(request) === 'correction';
      return `Lesson: double it.\n${block(right ? saying('v1 v2 v3 h1 h2') : saying('v1', 'x'))}`;
    });

  const drive = async (
    journal: Journal,
    model: FakeChatModel,
    onWriting?: (live: LiveText) => void,
  ) => {
    const settings = { seed: 1, temperature: null, samples: 2, maxReplyTokens: 1000 };
    const frozen = { chat: { ...settings, model: model.name } };
    const named = { id: 'r', kind: 'solve', title: 't', solver: 'chat@1' };
    const run = journal.drive({ ...named, settings: frozen });
    run.setTasks(tasks);
    const outcomes = await solveTasks({
      tasks,
      samples: 2,
      concurrency: 1,
      maxUnjudged: 4,
      solver: new ChatSolver({ model, syntax: await loadSyntax(assetsFolder), settings }),
      judge: new CommentJudge(),
      journal: run,
      settings: {
        maxTurns: 3,
        maxCandidates: 100,
        debugging: { feedback: 'explain', strategy: 'chain', breadth: 1, seed: 1 },
      },
      signal: new AbortController().signal,
      onChange: () => undefined,
      ...(onWriting ? { onWriting } : {}),
    });
    run.release('open');
    return outcomes;
  };

  it('makes each sample a trajectory, counts tasks, and costs nothing the second time', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    const model = modelFor();
    const outcomes = await drive(journal, model);
    assert.deepEqual(
      outcomes.map(({ stop, passedHidden }) => [stop, passedHidden]),
      tasks.concat(tasks).map(() => ['solved', true]),
    );
    const summary = summaryOf(journal, journal.run('r'));
    assert.deepEqual([summary.ended, summary.passedHidden.count], [6, 3]);
    assert.deepEqual(journal.usageOf('r').tokens, model.requests.length * 110);
    const silent = modelFor(0);
    assert.deepEqual(await drive(journal, silent), outcomes);
    assert.equal(silent.requests.length, 0);
    journal.close();
  });

  it('stops at a budget and goes on from there with another', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    const poor = modelFor(7, { kind: 'budget', reason: 'the budget is spent' });
    const first = await drive(journal, poor);
    assert.equal(first.at(-1)?.stop, 'budget');
    assert.equal(first.at(-1)?.reason, 'the budget is spent');
    assert.equal(poor.requests.length, 8);
    const rich = modelFor();
    const second = await drive(journal, rich);
    assert.ok(second.every(({ stop }) => stop === 'solved'));
    // Three calls a trajectory, of which seven were paid before.
    assert.equal(rich.requests.length, 6 * 3 - 7);
    journal.close();
  });

  it('tells why a task that has not ended did not go on', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    const lost = { kind: 'unavailable', reason: 'status 500', mend: 'Wait.' } as const;
    await drive(journal, modelFor(0, lost));
    const hash = tasks[0]?.hash ?? '';
    const { turns, open } = storyOf(journal, 'r', hash);
    assert.deepEqual([turns, open?.map(({ number }) => number)], [[], [1]]);
    const [attempt] = open?.[0]?.attempts ?? [];
    assert.deepEqual([attempt?.reason, attempt?.decision], ['status 500', 'givenUp']);
    await drive(journal, modelFor());
    const after = storyOf(journal, 'r', hash);
    assert.equal(after.open, undefined);
    assert.equal(after.turns[0]?.attempts?.[0]?.reason, 'status 500');
    journal.close();
  });

  it('tells in the story what the model was told and what it said', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    await drive(journal, modelFor());
    const [task] = tasks;
    const { turns } = storyOf(journal, 'r', task?.hash ?? '');
    const second = turns[1];
    assert.equal(second?.told?.feedback?.explanation, 'It returns x.');
    assert.equal(second?.told?.learned, 'double it.');
    assert.deepEqual(
      second?.calls?.map(({ kind, prompt }) => [kind, prompt]),
      [
        ['call/explanation', 'system@1+solve@1+explain@1'],
        ['call/program', 'system@1+solve@1+refine@1'],
      ],
    );
    assert.match(second?.calls?.[1]?.replies[0]?.text ?? '', /Lesson: double it/);
    assert.ok(problemOf(task ?? aTask()).reference === undefined);
    journal.close();
  });

  it('tells each sample by itself, the best where none is asked for', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    let calls = 0;
    // The first sample of each task never gets right.
    const model = new FakeChatModel((request) => {
      if (asks(request) === 'explanation') return 'It returns x.';
      const right = asks(request) === 'correction' && calls++ >= 6;
      return block(right ? saying('v1 v2 v3 h1 h2') : saying('v1', String(calls)));
    });
    await drive(journal, model);
    const [row] = rowsOf(journal, 'r');
    assert.deepEqual(row?.samples, { best: 1, of: 2, ended: 2, solved: 1, passedHidden: 1 });
    assert.equal(row.solvedVisible, true);
    const hash = row.hash;
    const best = storyOf(journal, 'r', hash);
    assert.deepEqual([best.sample, best.row.solvedVisible], [1, true]);
    assert.deepEqual(
      best.samples?.map(({ solvedVisible }) => solvedVisible),
      [false, true],
    );
    const first = storyOf(journal, 'r', hash, 0);
    assert.deepEqual([first.sample, first.row.solvedVisible], [0, false]);
    assert.notEqual(first.turns[0]?.program, best.turns.at(-1)?.program);
    assert.throws(() => storyOf(journal, 'r', hash, 2), { code: 'noSuchSample' });
    const summary = summaryOf(journal, journal.run('r'));
    assert.equal(summary.samples, 2);
    assert.equal(summary.model, 'fake@test');
    assert.equal(summary.usage?.calls, model.requests.length);
    journal.close();
  });

  it('tells a turn of which no program came, and compares the next with what it mends', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    let corrections = 0;
    const model = new FakeChatModel((request) => {
      if (asks(request) === 'explanation') return 'It returns x.';
      // The reminder that follows such a reply shows it once more.
      if (JSON.stringify(request).includes('I hold it')) return 'I hold it for right.';
      if (asks(request) !== 'correction') return block(saying('v1', 'x'));
      corrections += 1;
      return corrections === 1 ? 'I hold it for right.' : block(saying('v1 v2 v3 h1 h2'));
    });
    await drive(journal, model);
    const { turns, answer, row } = storyOf(journal, 'r', tasks[0]?.hash ?? '', 0);
    assert.deepEqual(
      turns.map(({ number, nothing, against }) => [number, nothing, against]),
      [
        [1, undefined, 0],
        [2, 'noCode', undefined],
        [3, undefined, 1],
      ],
    );
    assert.equal(turns[1]?.program, null);
    assert.match(turns[1]?.calls?.at(-1)?.replies[0]?.text ?? '', /I hold it for right/);
    assert.deepEqual(turns[2]?.fixed.length, 2);
    assert.equal(answer, 2);
    assert.equal(row.turns[1]?.nothing, 'noCode');
    journal.close();
  });

  it('passes on what the model writes, one reply of a call, and nothing of what is replayed', async () => {
    const journal = Journal.open(folder.file('journal.db'));
    const heard: LiveText[] = [];
    await drive(journal, modelFor(), (live) => void heard.push(live));
    const hash = tasks[0]?.hash;
    const own = heard.filter(({ task, sample }) => task === hash && sample === 1);
    assert.deepEqual(
      own.filter(({ isDone }) => isDone).map(({ turn, kind }) => [turn, kind]),
      [
        [1, 'call/program'],
        [2, 'call/explanation'],
        [2, 'call/program'],
      ],
    );
    assert.ok(heard.every(({ text, chars }) => chars === text.length && text !== ''));
    assert.ok(heard.every(({ text }) => !text.startsWith('another')));
    const again: LiveText[] = [];
    await drive(journal, modelFor(), (live) => void again.push(live));
    assert.deepEqual(again, []);
    journal.close();
  });

  it('says why it stopped for now, only as long as it has', () => {
    const journal = Journal.open(folder.file('journal.db'));
    const named = { id: 'p', kind: 'solve', title: 't', solver: 'chat@1' };
    const settings = { chat: { model: 'm', samples: 1 } };
    const paused = (): unknown => summaryOf(journal, journal.run('p')).pausedBy;
    const run = journal.drive({ ...named, settings });
    run.note({ pausedBy: 'budget', budget: { maxCalls: 3 } });
    assert.equal(paused(), undefined, 'it is under way');
    run.release('open', 'spent');
    assert.equal(paused(), 'budget');
    assert.deepEqual(summaryOf(journal, journal.run('p')).budget, { maxCalls: 3 });
    const again = journal.drive({ ...named, settings });
    again.note({ pausedBy: null });
    again.release('open');
    assert.equal(paused(), undefined);
    journal.close();
  });

  it('says that there is no model where none is offered', async () => {
    const tasksFile = folder.file('x.tasks.jsonl');
    writeFileSync(tasksFile, '');
    const workbench = await openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, version: '0' },
      samplesFolder: folder.path,
    });
    const request = { run: 'r', tasksFile, solver: 'chat' } as const;
    const { signal } = new AbortController();
    await assert.rejects(
      workbench.solve(request, () => undefined, signal),
      { code: 'noModel' },
    );
    const search = { run: 'r', tasksFile, strategy: 'tree' } as const;
    await assert.rejects(
      workbench.solve(search, () => undefined, signal),
      { code: 'badUsage' },
    );
    await workbench.close();
  });
});
