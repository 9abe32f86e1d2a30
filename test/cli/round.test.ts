import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { roundSteps, type RoundStep } from '../../src/engine/domain/rounds';
import type { RoundsResult } from '../../src/engine/flywheel/workbench';
import { Journal } from '../../src/engine/journal/journal';
import { productForEach, smallSamples } from '../support/product';
import { roundTasks } from '../support/roundTasks';
import { temporaryFolder } from '../support/temporary';

/** So small that a round takes seconds, and so large that something is learned in it. */
const small = {
  format: 'flywheel-goals-1',
  name: 'small',
  tasks: 'a.tasks.jsonl',
  heldOut: { share: 0.4 },
  solver: { kind: 'search', maxCandidates: 60 },
  choose: { share: 0.4 },
  evolve: { variants: 2 },
};

describe('flywheel round', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);

  beforeEach(() => void product.write('a.tasks.jsonl', roundTasks));

  const write = (goals: object, name = 'g.goals.json'): string => {
    writeFileSync(path.join(product.work, name), JSON.stringify(goals));
    return name;
  };
  const round = (...more: string[]): string[] => [
    ...['round', '--goal', 'g.goals.json', '--run', 'r', '--json', '--quiet', ...more],
  ];
  const told = (stdout: unknown): Omit<RoundsResult, 'seconds'> => {
    const { seconds: _, ...rest } = JSON.parse(String(stdout)) as RoundsResult;
    return rest;
  };
  const journalFile = (): string => path.join(product.work, '.flywheel', 'journal.db');

  /** The step that a run has come to, as the journal tells it to anybody. */
  const reached = (): { readonly number: number; readonly step: string } | null => {
    if (!existsSync(journalFile())) return null;
    try {
      const journal = Journal.open(journalFile());
      const found = journal.run('r').facts.round ?? null;
      journal.close();
      return found;
    } catch {
      return null;
    }
  };

  it('comes to the same when it is killed in every step and gone on with', async () => {
    write(small);
    const whole = await product.run(round('--rounds', '2', '--yes', 'all'));
    assert.equal(whole.exitCode, 0, whole.stderr);
    const undisturbed = told(whole.stdout);
    assert.deepEqual(
      undisturbed.rounds.map(({ number }) => number),
      [1, 2],
    );
    assert.ok(undisturbed.rounds.every(({ compare }) => compare !== undefined));
    const other = path.join(product.work, 'undisturbed');
    renameSync(path.join(product.work, '.flywheel'), other);

    const killedIn = new Set<RoundStep>();
    for (const step of roundSteps) {
      const running = product.run(round('--rounds', '2', '--yes', 'all'));
      let ended = false;
      void running.then(() => (ended = true));
      while (!ended) {
        const now = reached();
        if (now && now.number === 1 && now.step === step) {
          running.kill('SIGKILL');
          killedIn.add(step);
          break;
        }
        await sleep(5);
      }
      await running;
    }
    assert.ok(killedIn.size >= 4, `killed in ${[...killedIn].join(', ')}`);
    const resumed = await product.run(round('--rounds', '2', '--yes', 'all'));
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.deepEqual(told(resumed.stdout), undisturbed);
    for (const name of ['round-1.policy.json', 'round-2.policy.json', 'round-2.goals.json']) {
      const text = (root: string): string =>
        readFileSync(path.join(root, 'rounds', 'r', name), 'utf8');
      assert.equal(text(path.join(product.work, '.flywheel')), text(other), name);
    }
    const again = await product.run(round('--rounds', '2'));
    assert.deepEqual(told(again.stdout), undisturbed, 'a third time it is free');
  });

  it('ends at Ctrl-C and goes on from there', async () => {
    write(small);
    const running = product.run(round('--yes', 'all'));
    while (reached()?.step !== 'choose') await sleep(5);
    running.kill('SIGINT');
    const stopped = await running;
    assert.equal(stopped.exitCode, 130, stopped.stderr);
    assert.match(stopped.stderr, /the same command again goes on/);
    const done = await product.run(round('--yes', 'all'));
    assert.equal(done.exitCode, 0, done.stderr);
    assert.equal(told(done.stdout).rounds.length, 1);
  });

  it('stops at a budget in the middle, and goes on with a larger one to the same', async () => {
    write({ ...small, budget: { candidates: 150 } });
    const poor = await product.run(round('--yes', 'all'));
    assert.equal(poor.exitCode, 4, poor.stderr);
    assert.match(poor.stderr, /budget of 150 candidates is spent/);
    const journal = Journal.open(journalFile());
    const judged = journal.runs().reduce((sum, { id }) => sum + journal.candidatesOf(id), 0);
    journal.close();
    assert.ok(judged > 0 && judged <= 150, String(judged));
    write({ ...small, budget: { candidates: 100_000 } });
    const rich = await product.run(round('--yes', 'all'));
    assert.equal(rich.exitCode, 0, rich.stderr);
    assert.equal(told(rich.stdout).rounds.length, 1);
  });

  it('asks for the steps that its autonomy names, and says how to go on', async () => {
    write({ ...small, autonomy: 'low' });
    const waits = await product.run(round());
    assert.equal(waits.exitCode, 4);
    assert.match(waits.stderr, /Round 1 waits for your word on the step measure/);
    assert.match(waits.stderr, /--yes measure/);
    const further = await product.run(round('--yes', 'measure,choose'));
    assert.match(further.stderr, /on the step evolve/);
    write({ ...small, autonomy: 'middle' });
    const updating = await product.run(round());
    assert.equal(updating.exitCode, 4);
    assert.match(updating.stderr, /on the step update/);
    const wrong = await product.run(round('--yes', 'sing'));
    assert.equal(wrong.exitCode, 2);
    write({ ...small, autonomy: 'high', budget: { candidates: 100_000 } });
    const done = await product.run(round());
    assert.equal(done.exitCode, 0, done.stderr);
    assert.deepEqual(told(done.stdout).rounds[0]?.confirmed, ['measure', 'choose']);
  });

  it('says what is wrong with goals, and which cannot be met', async () => {
    write({ ...small, ability: 'sing' });
    const bad = await product.run(round());
    assert.equal(bad.exitCode, 2);
    assert.match(bad.stderr, /g\.goals\.json: ability: /);
    assert.equal(existsSync(journalFile()), false, 'nothing is left behind');
    for (const [change, words] of [
      [{ language: 'cobol' }, /0 tasks .* fit the goals .*language/],
      [{ concept: 'quaternion' }, /fit the goals .*"quaternion".*concept/],
      [{ ability: 'speed', tasks: '../samples' }, /no maker makes tasks to make faster/],
      [{ direction: 'newerApi' }, /fit the goals .*direction/],
    ] as const) {
      write({ ...small, ...change });
      const unmet = await product.run([
        'round',
        '--goal',
        'g.goals.json',
        '--run',
        JSON.stringify(change),
      ]);
      assert.equal(unmet.exitCode, 2, unmet.stderr);
      assert.match(unmet.stderr, words);
    }
  });

  it('refuses other goals under the same run, and held-out tasks that were changed', async () => {
    product.write('held.tasks.jsonl', roundTasks.slice(0, 3));
    const goals = { ...small, tasks: 'a.tasks.jsonl', heldOut: { tasks: 'held.tasks.jsonl' } };
    write({ ...goals, autonomy: 'low' });
    const begun = await product.run(round('--yes', 'measure'));
    assert.equal(begun.exitCode, 4, begun.stderr);
    write({ ...goals, autonomy: 'low', seed: 7 });
    const other = await product.run(round());
    assert.equal(other.exitCode, 2);
    assert.match(other.stderr, /other settings/);
    write({ ...goals, autonomy: 'low' });
    product.write('held.tasks.jsonl', roundTasks.slice(0, 2));
    const changed = await product.run(round());
    assert.equal(changed.exitCode, 2);
    assert.match(changed.stderr, /held-out tasks are others than when the run was begun/);
  });
});
