import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import type { RoundStep } from '../../src/engine/domain/rounds';
import { surface, workspaceFile } from '../support/vscodeExtension';
import { until } from '../support/vscodeUntil';

const cancelBudgetMs = 2000;
const roundDeadlineMs = 150_000;
const run = 'few';

/** So few tasks that a round takes seconds. */
const goals = {
  ...{ format: 'flywheel-goals-1', name: 'few', tasks: 'python', limit: 8, autonomy: 'low' },
  ...{ solver: { kind: 'search', maxCandidates: 20 }, evolve: { variants: 1 } },
};

describe('Run Round…', function () {
  this.timeout(roundDeadlineMs);
  let extension: TestSurface;
  let told: string[];
  let goalFile: vscode.Uri;
  let plan: string;
  let usual: TestSurface['prompts'];

  before(async () => {
    ({ surface: extension, told } = await surface());
    usual = { ...extension.prompts };
    goalFile = workspaceFile('few.goals.json');
    await vscode.workspace.fs.writeFile(goalFile, Buffer.from(JSON.stringify(goals)));
  });

  beforeEach(() => {
    plan = '';
    told.splice(0);
    Object.assign(extension.prompts, usual, {
      confirm: async (message: string, ...actions: string[]) => {
        plan = message;
        return actions[0];
      },
    });
  });

  after(async () => {
    Object.assign(extension.prompts, usual);
    await vscode.workspace.fs.delete(goalFile);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Says yes to each step but the ones named, and gives those that were asked. */
  function answering(
    no: readonly RoundStep[] = [],
    id = run,
  ): { asked: RoundStep[]; dispose(): void } {
    const asked: RoundStep[] = [];
    const { questions } = extension;
    const listening = questions.onChanged(() => {
      const question = questions.of(id);
      if (question === null) return;
      asked.push(question.step);
      setTimeout(() => questions.answer(question.number, !no.includes(question.step)), 0);
    });
    return { asked, dispose: () => listening.dispose() };
  }

  it('tells what it will do and may cost, asks before a step, and ends where the answer is no', async () => {
    const answers = answering(['choose']);
    const driven = await vscode.commands.executeCommand('flywheel.runRound', goalFile);
    answers.dispose();
    assert.equal(driven, run);
    assert.match(plan, /few: 1 round\.\n.*At most 8 tasks.*\n.*at most \d+ programs; no model/);
    assert.match(plan, /You are asked before every step\./);
    assert.deepEqual(answers.asked, ['measure', 'choose']);
    assert.match(told.join('\n'), /stopped before a step that you did not confirm/);
    assert.equal(extension.runs.run(run)?.state, 'interrupted');
    assert.ok(extension.roundsPanels.visible(run), 'the tab of the rounds is open');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(tabs.some(({ label }) => label === 'Rounds: few'));
  });

  it('ends within 2 seconds of Cancel Run while a step waits for its answer', async () => {
    const driving = vscode.commands.executeCommand('flywheel.resumeRun', { run });
    await until('a step waits', () => extension.questions.of(run) ?? undefined);
    const started = performance.now();
    void vscode.commands.executeCommand('flywheel.cancelRun');
    await until('no run is under way', () => extension.sessions.running === undefined);
    const tookMs = performance.now() - started;
    await driving;
    assert.ok(tookMs < cancelBudgetMs, `cancelling took ${tookMs.toFixed(0)} ms`);
    assert.equal(extension.questions.of(run), null);
    assert.deepEqual(told, []);
  });

  it('goes on from there with Resume Run, and asks no step twice', async () => {
    const answers = answering();
    await vscode.commands.executeCommand('flywheel.resumeRun', { run });
    answers.dispose();
    assert.deepEqual(answers.asked, ['choose', 'evolve', 'solve', 'update', 'compare']);
    assert.equal(extension.runs.run(run)?.state, 'finished');
    const story = await extension.engine.call('roundsStory', { run });
    const [round] = story.rounds;
    assert.ok(round?.compare);
    assert.equal(story.curve.length, 2);
    assert.ok(story.next?.file);
    assert.equal(path.basename(story.goals.file?.path ?? ''), 'few.goals.json');
    assert.ok(story.spent.candidates > 0);
  });

  it('stands in the Runs tree as rounds with their steps, and each step with its tasks', async () => {
    const tree = extension.runsView;
    const runs = await tree.getChildren();
    const node = runs.find((one) => one.run === run);
    assert.ok(node);
    const item = tree.getTreeItem(node);
    assert.equal(item.description, '1 round');
    assert.equal(item.contextValue, 'rounds-finished');
    const [round] = await tree.getChildren(node);
    assert.ok(round);
    assert.match(String(tree.getTreeItem(round).description), /(kept|rolled back) · \d+ % → \d+ %/);
    const parts = await tree.getChildren(round);
    const names = parts.map((part) => tree.getTreeItem(part).label);
    assert.deepEqual(names.slice(0, 3), ['Measure', 'Choose', 'Solve']);
    const all = await Promise.all(parts.map((part) => tree.getChildren(part)));
    assert.ok(all.every((tasks) => tasks.length > 0));
    const ids = all.flat().map((task) => tree.getTreeItem(task).id);
    assert.equal(new Set(ids).size, ids.length, 'each node has an id of its own');
    const [task] = all.flat();
    assert.ok(task?.kind === 'task');
    assert.equal(tree.getParent(task), parts[0]);
    assert.ok(!runs.some((one) => one.run.startsWith(`${run}/`)), 'parts are no runs of their own');
  });

  it('writes the budget that the person gave into the goals, and stops before it is passed', async () => {
    const texts: string[] = [];
    extension.prompts.text = async ({ title, value, check }) => {
      texts.push(title);
      const given = title === 'Budget of All Rounds' ? '1' : value;
      assert.equal(check(given), null);
      return given;
    };
    // Those that were worked on before are gone on with, unless told otherwise.
    extension.prompts.pick = async (_, choices) => choices.at(-1)?.value;
    const answers = answering([], `${run}-2`);
    await vscode.commands.executeCommand('flywheel.runRound', goalFile);
    answers.dispose();
    assert.deepEqual(texts, ['Run Round', 'Budget of All Rounds']);
    assert.match(plan, /It stops at 1 programs\./);
    const written = JSON.parse(await readFile(goalFile.fsPath, 'utf8')) as typeof goals;
    assert.deepEqual(written, { ...goals, budget: { candidates: 1 } });
    assert.match(told.join('\n'), /budget of 1 candidates is spent/);
    assert.equal(extension.runs.run(`${run}-2`)?.state, 'interrupted');
  });

  it('makes goals that fit the workspace, shows them, and begins nothing unasked', async () => {
    extension.prompts.pick = async (_, choices) =>
      choices.find(({ label }) => label === 'New Goals File…')?.value;
    extension.prompts.confirm = async () => undefined;
    const before = (await extension.runs.runs()).length;
    assert.equal(await vscode.commands.executeCommand('flywheel.runRound'), undefined);
    const shown = vscode.window.activeTextEditor?.document.uri;
    assert.ok(shown);
    assert.match(shown.fsPath, /\.goals\.json$/);
    const made = await extension.engine.call('estimateRounds', {
      ...{ goalFile: shown.fsPath, rounds: 2 },
    });
    assert.equal(made.solver, 'search');
    assert.equal(made.areMade, true);
    assert.equal((await extension.runs.runs()).length, before);
    await vscode.workspace.fs.delete(shown);
  });

  it('says what is wrong with goals before it asks anything', async () => {
    const bad = workspaceFile('bad.goals.json');
    await vscode.workspace.fs.writeFile(bad, Buffer.from('{"format": "flywheel-goals-1"}'));
    extension.prompts.text = async () => assert.fail('nothing is asked');
    await vscode.commands.executeCommand('flywheel.runRound', bad);
    assert.match(told.join('\n'), /bad\.goals\.json: name/);
    await vscode.workspace.fs.delete(bad);
  });
});
