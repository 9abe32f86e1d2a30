import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { isPair, type DatasetRecord } from '../../../../../src/engine/datasets/pair';
import { recordId } from '../../../../../src/engine/datasets/recordId';
import { sha256 } from '../../../../../src/engine/domain/hash';
import { openWorkbench } from '../../../../../src/engine/flywheel/openWorkbench';
import { goalsFormat } from '../../../../../src/engine/flywheel/round/goals';
import type { RoundsResult, Workbench } from '../../../../../src/engine/flywheel/workbench';
import {
  risingNames as names,
  risingPrograms,
  risingTasks as tasks,
} from '../../../../support/risingTasks';
import { assetsFolder } from '../../../../support/assets';
import { temporaryFolder } from '../../../../support/temporary';
import { startTrainedSolver, type TrainedSolver } from '../../../../support/trainedSolver';

describe('rounds with a solver of known skill', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  let solver: TrainedSolver;
  let workbench: Workbench;

  beforeEach(async () => {
    solver = await startTrainedSolver({ tasks: risingPrograms, base: 0.35, seed: 5 });
    const lines = (some: typeof tasks): string =>
      some.map((task) => JSON.stringify(task)).join('\n');
    writeFileSync(folder.file('pool.tasks.jsonl'), lines(tasks.slice(0, 6)));
    writeFileSync(folder.file('held.tasks.jsonl'), lines(tasks.slice(6)));
    workbench = await openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, samplesFolder: 'samples' },
      ...{
        version: '0',
        workers: 2,
        models: { stateFolder: folder.path, apiKey: async () => null },
      },
    });
  });
  afterEach(async () => {
    await workbench.close();
    await solver.close();
  });

  const goals = (parts: object = {}): void => {
    writeFileSync(
      folder.file('g.goals.json'),
      JSON.stringify({
        ...{ format: goalsFormat, name: 'adders', tasks: 'pool.tasks.jsonl', samples: 4, seed: 3 },
        heldOut: { tasks: 'held.tasks.jsonl' },
        solver: { kind: 'chat', model: 'g0', baseUrl: solver.baseUrl, turns: 1, training: true },
        ...{ autonomy: 'high', budget: { tokens: 10_000_000 }, choose: { share: 0.2 } },
        evolve: { variants: 1 },
        ...parts,
      }),
    );
  };
  const run = (rounds: number, model?: string): Promise<RoundsResult> =>
    workbench.rounds(
      {
        ...{ goalFile: folder.file('g.goals.json'), rounds, run: 'r' },
        ...(model === undefined ? {} : { next: { model, baseUrl: solver.baseUrl } }),
      },
      () => Promise.resolve(false),
      () => undefined,
      new AbortController().signal,
    );
  const datasetOf = (round: number): string =>
    folder.file(`rounds/r/round-${String(round)}.dataset`);

  it('finds the rise, keeps the gain, sees what is forgotten and refuses the bad update', async () => {
    goals();
    await assert.rejects(run(1), { code: 'awaitsTraining', exitCode: 4 });
    solver.train('g1', datasetOf(1));
    assert.ok(solver.skill('g1') > 0.7, 'verified pairs alone raise it');
    const [first] = (await run(1, 'g1')).rounds;
    assert.equal(first?.compare?.outcome, 'better');
    assert.equal(first.compare.isKept, true);
    const { before, after } = first.compare;
    assert.ok(before.interval[0] <= 0.35 && 0.35 <= before.interval[1]);
    assert.ok(after.interval[0] <= solver.skill('g1') && solver.skill('g1') <= after.interval[1]);

    await assert.rejects(run(2), { code: 'awaitsTraining' });
    solver.poison('g2', 1);
    const second = (await run(2, 'g2')).rounds[1];
    assert.equal(second?.measure?.generation, 1, 'it begins with what was kept');
    assert.equal(second.compare?.outcome, 'worse');
    assert.equal(second.compare.isKept, false);
    const forgotten = second.compare.moved.filter(({ isForgotten }) => isForgotten);
    assert.ok(forgotten.length > 0);

    await assert.rejects(run(3), { code: 'awaitsTraining' });
    const rounds = workbench.roundsOf('r');
    assert.equal(rounds[2]?.measure?.generation, 1, 'the one rolled back is gone');
    assert.deepEqual(
      workbench.curveOf('r').map(({ round, generation, isKept }) => [round, generation, isKept]),
      [
        [0, 0, true],
        [1, 1, true],
        [2, 2, false],
      ],
    );
  });

  it('gives nothing of the held-out tasks to be trained on', async () => {
    goals();
    await assert.rejects(run(1), { code: 'awaitsTraining' });
    const records = readFileSync(`${datasetOf(1)}/records.jsonl`, 'utf8');
    assert.ok(names.slice(0, 6).some((name) => records.includes(name)));
    assert.ok(names.slice(6).every((name) => !records.includes(name)));
    const prompts = JSON.stringify(solver.chats.map(({ body }) => body));
    // The third and the fourth test of each task are hidden.
    assert.ok(
      names.every((name) => !prompts.includes(`${name}(-3)`) && !prompts.includes(`${name}(40)`)),
    );
  });

  it('admits nothing of an earlier dataset that was poisoned', async () => {
    goals();
    await assert.rejects(run(1), { code: 'awaitsTraining' });
    const poisoned = poison(datasetOf(1), (program) => program.replace('+', '-'));
    assert.ok(poisoned > 1);
    goals({
      solver: { kind: 'search', maxCandidates: 40 },
      replay: { from: datasetOf(1) },
      budget: {},
      autonomy: 'middle',
    });
    const { rounds } = await workbench.rounds(
      { goalFile: folder.file('g.goals.json'), rounds: 1, run: 'after' },
      () => Promise.resolve(true),
      () => undefined,
      new AbortController().signal,
    );
    assert.equal(rounds[0]?.update?.refused['notVerifiedAgain'], poisoned);
    const examples = readFileSync(folder.file('rounds/after/round-1.examples.jsonl'), 'utf8');
    for (const line of examples.trim().split('\n')) {
      assert.match((JSON.parse(line) as { becomes: string }).becomes, /\+/);
    }
  });

  it('stops at a budget of tokens and goes on with a larger one', async () => {
    goals({ budget: { tokens: 8_000 } });
    await assert.rejects(run(1), { code: 'budget', exitCode: 4 });
    goals();
    await assert.rejects(run(1), { code: 'awaitsTraining' });
  });
});

/** Puts other programs in place of the answers, with hashes that fit; how many there are. */
function poison(dataset: string, change: (program: string) => string): number {
  const file = `${dataset}/records.jsonl`;
  const records = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DatasetRecord)
    .map((record) => {
      const attempts = record.attempts.map((attempt, at) =>
        at === record.answer ? { ...attempt, program: change(attempt.program) } : attempt,
      );
      const changed = { ...record, attempts };
      return { ...changed, id: recordId(changed) };
    });
  const text = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
  writeFileSync(file, text);
  const manifest = JSON.parse(readFileSync(`${dataset}/manifest.json`, 'utf8')) as {
    records: { sha256: string };
  };
  manifest.records.sha256 = sha256(text);
  writeFileSync(`${dataset}/manifest.json`, JSON.stringify(manifest));
  return records.filter(isPair).length;
}
