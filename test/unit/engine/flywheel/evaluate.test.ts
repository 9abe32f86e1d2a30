import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HeldOut } from '../../../../src/engine/datasets/curation/heldOut';
import { usualCuration } from '../../../../src/engine/datasets/curation/settings';
import { trl } from '../../../../src/engine/datasets/formats/trl';
import { rowKinds } from '../../../../src/engine/datasets/row';
import { usualRows } from '../../../../src/engine/datasets/rows';
import { datasetFormat } from '../../../../src/engine/datasets/version';
import type { Task } from '../../../../src/engine/domain/task';
import { evaluate } from '../../../../src/engine/flywheel/evaluate';
import { exportRun } from '../../../../src/engine/flywheel/exportRun';
import { solveTasks } from '../../../../src/engine/flywheel/solveTasks';
import type { EvaluateRequest } from '../../../../src/engine/flywheel/workbench';
import { Journal } from '../../../../src/engine/journal/journal';
import { summaries } from '../../../../src/engine/journal/questions';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { asks, block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { temporaryFolder } from '../../../support/temporary';

describe('evaluating', () => {
  const folder = temporaryFolder();
  let journal: Journal;
  let judge: CommentJudge;
  beforeEach(() => {
    journal = Journal.open(folder.file('journal.db'));
    judge = new CommentJudge();
  });
  afterEach(() => journal.close());
  const tasks = ['a', 'b', 'c'].map((name) =>
    aTask({ id: name, prompt: `Write double(x). ${name}`, family: `of ${name}` }),
  );

  const asked = (request: EvaluateRequest) =>
    evaluate(
      {
        journal,
        hasJournal: true,
        workers: 2,
        syntax: () => loadSyntax(assetsFolder),
        report: (name) => Promise.resolve({ name, languages: [], usable: true, layers: [] }),
        judge: () => Promise.resolve(judge),
      },
      request,
      () => undefined,
      new AbortController().signal,
    );

  /** Turn 1 passes one visible test and the hidden ones, turn 2 breaks those, turn 3 is right. */
  const drive = async (id: string, samples = 2, of: readonly Task[] = tasks) => {
    const model = new FakeChatModel((request, call) => {
      if (asks(request) === 'explanation') return `It returns x ${String(call)}.`;
      const said = JSON.stringify(request.messages);
      if (said.includes('gives y')) return block(saying('v1 v2 v3 h1 h2'));
      return block(said.includes('gives x') ? saying('v1', 'y') : saying('v1 h1 h2', 'x'));
    });
    const settings = { seed: 1, temperature: null, samples, maxReplyTokens: 1000 };
    const frozen = { ...settings, chat: settings };
    const run = journal.drive({
      id,
      kind: 'solve',
      title: 't',
      solver: 'chat@1',
      settings: frozen,
    });
    run.setTasks(of);
    await solveTasks({
      tasks: of,
      samples,
      concurrency: 1,
      solver: new ChatSolver({ model, syntax: await loadSyntax(assetsFolder), settings }),
      judge,
      journal: run,
      settings: {
        maxTurns: 4,
        maxCandidates: 100,
        debugging: { feedback: 'test', strategy: 'chain', breadth: 1, seed: 1 },
      },
      signal: new AbortController().signal,
      onChange: () => undefined,
    });
    run.release('finished');
  };

  it('judges the turns that no score is known of, once, and costs nothing the second time', async () => {
    await drive('r');
    const before = judge.judged.length;
    const first = await asked({ run: 'r' });
    // The second turns, which never stood as an answer: one program of each task.
    assert.equal(first.judged, 3);
    assert.equal(judge.judged.length - before, 3);
    const again = await asked({ run: 'r' });
    assert.equal(again.judged, 0);
    assert.equal(judge.judged.length - before, 3);
    assert.deepEqual(again.evaluation, first.evaluation);
    assert.equal(again.report, first.report);
  });

  it('has every turn on hidden tests, with what it fixed and broke and spent', async () => {
    await drive('r');
    const { evaluation } = await asked({ run: 'r', k: [1, 2] });
    assert.deepEqual([evaluation.tasks, evaluation.attempts], [3, 6]);
    assert.deepEqual(evaluation.turns.map(({ fixed, broke }) => [fixed, broke]).slice(0, 3), [
      [0, 0],
      [0, 6],
      [6, 0],
    ]);
    assert.deepEqual(
      evaluation.passAtK.map(({ rate }) => rate.value),
      [1, 1],
    );
    assert.equal(evaluation.cost.total.tokens, journal.usageOf('r').tokens);
    assert.equal(evaluation.equalBudget?.unit, 'tokens');
  });

  it('runs in a run of its own that is not shown and that leaves the run as it was', async () => {
    await drive('r');
    const before = journal.effects('r', ['score', 'turn', 'outcome']).length;
    await asked({ run: 'r' });
    assert.equal(journal.effects('r', ['score', 'turn', 'outcome']).length, before);
    assert.equal(journal.run('evaluation/r').state, 'finished');
    assert.deepEqual(
      summaries(journal).map(({ id }) => id),
      ['r'],
    );
  });

  it('compares runs on the tasks that both have', async () => {
    await drive('r');
    await drive('s', 1, tasks.slice(0, 2));
    const { comparisons, closing } = await asked({ run: 'r', compare: [{ run: 's' }] });
    assert.deepEqual([comparisons[0]?.paired?.tasks, comparisons[0]?.onlyFirst], [2, 1]);
    assert.match(closing, /same on all 2 tasks; no test could find a difference/);
  });

  it('freezes tasks as a held-out set, and counts what was measured on it', async () => {
    await drive('r');
    const { heldOut } = await asked({ run: 'r', freeze: 'final' });
    assert.deepEqual([heldOut?.name, heldOut?.looks], ['final', 1]);
    assert.equal((await asked({ run: 'r' })).heldOut?.looks, 1);
    await drive('s');
    assert.equal((await asked({ run: 's' })).heldOut?.looks, 2);
    await drive('part', 1, tasks.slice(0, 1));
    assert.match((await asked({ run: 'part' })).warnings.join(), /1 of 1 task is of the held-out/);
    await assert.rejects(asked({ run: 'part', freeze: 'final' }), /frozen with other tasks/);
    const file = folder.file('held-out.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(tasks[0]?.hash ?? '', 'f'.repeat(64)));
    await assert.rejects(asked({ run: 'r' }), /does not fit its tasks/);
  });

  it('warns where tasks were exported before the run began', async () => {
    await drive('r');
    const dataset = path.join(folder.path, 'datasets', 'd');
    mkdirSync(dataset, { recursive: true });
    const manifest = path.join(dataset, 'manifest.json');
    const told = {
      format: datasetFormat,
      families: { 'of a': 'train', 'of b': 'validation', 'of c': 'test' },
      tasks: { [tasks[0]?.hash ?? '']: 'train', [tasks[2]?.hash ?? '']: 'test' },
    };
    writeFileSync(manifest, JSON.stringify(told));
    assert.deepEqual((await asked({ run: 'r' })).warnings, []);
    utimesSync(manifest, new Date(0), new Date(0));
    assert.match(
      (await asked({ run: 'r' })).warnings.join(),
      /1 of 3 tasks is in the dataset .*1 more/,
    );
  });

  it('warns of what an export wrote before, wherever it went, and not of what was declined', async () => {
    await drive('old', 1, tasks.slice(0, 1));
    const syntax = await loadSyntax(assetsFolder);
    const exporting = (out: string, isWanted: boolean) =>
      exportRun({
        ...{ journal, judge, syntax, countTokens: (text: string) => text.length, runs: ['old'] },
        ...{ folder: folder.file(out), format: trl, version: '0', curation: usualCuration },
        ...{ rows: { ...usualRows, kinds: rowKinds }, isolation: 'any', heldOut: new HeldOut([]) },
        ...{ heldOutFiles: [], parent: null, editorModels: false, concurrency: 1 },
        ...{ progress: () => undefined, signal: new AbortController().signal },
        confirm: () => Promise.resolve(isWanted),
      });
    assert.equal((await exporting('declined', false)).written, false);
    await drive('new');
    assert.deepEqual((await asked({ run: 'new' })).warnings, []);
    assert.equal((await exporting('elsewhere', true)).written, true);
    await wait(2);
    await drive('newer');
    const before = (await asked({ run: 'newer' })).warnings.join();
    assert.match(before, /1 of 3 tasks is in the dataset .*elsewhere/);
    rmSync(folder.file('elsewhere'), { recursive: true });
    assert.match((await asked({ run: 'newer' })).warnings.join(), /1 of 3 .* export of old/);
    // The one that was trained later may be the one it is compared with.
    const compared = await asked({ run: 'new', compare: [{ run: 'newer' }] });
    assert.match(compared.warnings.join(), /1 of 3 .* export of old/);
  });

  it('counts a look for each thing that is compared on a held-out set', async () => {
    for (const run of ['a', 'b', 'c']) await drive(run);
    const request = { run: 'a', compare: [{ run: 'b' }, { run: 'c' }], freeze: 'final' };
    assert.equal((await asked(request)).heldOut?.looks, 3);
  });

  it('evaluates the programs of another tool like our own', async () => {
    const tasksFile = folder.file('t.tasks.jsonl');
    const { hash: _, ...line } = aTask({ judging: 'together' });
    writeFileSync(tasksFile, JSON.stringify(line));
    const file = folder.file('other.jsonl');
    const programs = [saying('v1'), saying('v1 v2 v3 h1 h2')];
    const lines = [
      { task_id: line.id, programs, tokens: [10, 20] },
      { task_id: line.id, programs: programs.slice(0, 1), tokens: [10] },
    ];
    writeFileSync(file, lines.map((one) => JSON.stringify(one)).join('\n'));
    const request = { trajectoriesFile: file, tasksFile };
    const { evaluation, judged } = await asked(request);
    assert.equal(judged, 4);
    assert.equal(evaluation.passAtK[0]?.rate.value, 0.5);
    assert.deepEqual(
      evaluation.turns.map(({ fixed }) => fixed),
      [0, 1],
    );
    assert.equal(evaluation.cost.total.tokens, 40);
    assert.equal((await asked(request)).judged, 0);
    // Beside what is evaluated, a file is told by what it holds.
    const both = await asked({ ...request, compare: [{ resultsFile: file, tasksFile }] });
    assert.match(both.closing, /did the same on/);
    await assert.rejects(
      asked({ ...request, compare: [{ resultsFile: file }] }),
      /tests of their tasks/,
    );
  });

  it('refuses what it cannot make sense of', async () => {
    await assert.rejects(asked({}), /Name one thing to evaluate/);
    await assert.rejects(asked({ run: 'none' }), /no run none/);
    await assert.rejects(asked({ trajectoriesFile: 'x' }), /tests of their tasks/);
  });
});
