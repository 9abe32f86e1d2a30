import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EvaluateResult } from '../../src/engine/flywheel/workbench';
import type { ModelServer } from '../support/modelServer';
import { productForEach, smallSamples } from '../support/product';
import { startSimulatedSolver } from '../support/simulatedSolver';
import { temporaryFolder } from '../support/temporary';

const count = 8;
const tasks = Array.from({ length: count }, (_, number) => {
  const name = `add_${String.fromCharCode(97 + number)}`;
  const test = (id: string, role: string, x: number) => {
    const source = `assert ${name}(${String(x)}) == ${String(x + number + 1)}`;
    return { id, role, kind: 'assert', source };
  };
  return {
    id: name,
    language: 'python',
    prompt: `Write ${name}(x), which adds ${String(number + 1)} to x.`,
    entryPoint: name,
    tests: [test('v1', 'visible', 0), test('v2', 'visible', 5), test('h', 'hidden', -3)],
    reference: `def ${name}(x): return x + ${String(number + 1)}`,
  };
});
const known = tasks.map(({ entryPoint, reference }, number) => ({
  mark: `Write ${entryPoint}(x)`,
  right: reference,
  // Passes both visible tests and fails the hidden one; or fails all.
  wrong: [
    `def ${entryPoint}(x):\n    return abs(x) + ${String(number + 1)}`,
    `def ${entryPoint}(x):\n    return x - ${String(number + 1)}`,
  ],
}));

describe('evaluate', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);
  let server: ModelServer;
  beforeEach(async () => {
    product.write('add.tasks.jsonl', tasks);
    const chances = { first: 0.3, afterTests: 0.6, afterTrace: 0.8 };
    server = await startSimulatedSolver({ tasks: known, ...chances, seed: 3 });
  });
  afterEach(() => server.close());

  const solve = async (run: string, ...more: readonly string[]): Promise<void> => {
    const chat = ['--solver', 'chat', '--model', 'simulated', '--base-url', server.baseUrl];
    const args = ['solve', '--tasks', 'add.tasks.jsonl', '--run', run, ...chat, ...more];
    const { exitCode, stderr } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, stderr);
  };
  const evaluate = async (...args: readonly string[]) => {
    const { exitCode, stderr, stdout } = await product.run(['evaluate', ...args]);
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };

  it('measures a run at equal budget, costs nothing twice, and compares two runs', async () => {
    await solve('many', '--samples', '6', '--turns', '3', '--feedback', 'test');
    await solve('few', '--samples', '1', '--turns', '1');
    const json = JSON.parse(
      await evaluate('--run', 'many', '--json', '--k', '1,6'),
    ) as EvaluateResult;
    const { evaluation } = json;
    assert.deepEqual([evaluation.tasks, evaluation.attempts], [count, 6 * count]);
    assert.deepEqual(
      evaluation.passAtK.map(({ rate }) => rate.value !== null && rate.interval !== null),
      [true, true],
    );
    assert.equal(evaluation.equalBudget?.unit, 'tokens');
    assert.equal(evaluation.equalBudget.resampling.length, 6);
    assert.ok(evaluation.equalBudget.points[1]?.resampling);
    const again = JSON.parse(
      await evaluate('--run', 'many', '--json', '--k', '1,6'),
    ) as EvaluateResult;
    assert.equal(again.judged, 0);
    assert.deepEqual(again.evaluation, evaluation);

    const text = await evaluate('--run', 'few', '--compare', 'many', '--baseline', 'many');
    assert.match(text, /Compared on the same tasks/);
    assert.match(text, /m5@t1 is undefined: not every task has 5 samples/);
    const page = path.join(product.work, 'r.html');
    assert.match(await evaluate('--run', 'many', '--format', 'html', '--out', page), /report is/);
    assert.match(readFileSync(page, 'utf8'), /<svg role="img" aria-label="Solved by budget"/);
  });

  it('measures results of verify and programs of other tools, and refuses bad usage', async () => {
    const lines = known.flatMap(({ right, wrong }, place) => [
      { task_id: tasks[place]?.id, solution: right },
      { task_id: tasks[place]?.id, solution: wrong[1] },
    ]);
    product.write('s.jsonl', lines);
    await product.run(['verify', '--tasks', 'add.tasks.jsonl', '--samples', 's.jsonl', '--json']);
    const results = await evaluate('--results', 's.jsonl.results.jsonl', '--json', '--k', '1,2');
    const rates = (JSON.parse(results) as EvaluateResult).evaluation.passAtK;
    assert.deepEqual(
      rates.map(({ rate }) => rate.value),
      [0.5, 1],
    );

    const programs = known.map(({ right, wrong }, place) => ({
      task_id: tasks[place]?.id,
      programs: [...wrong, right],
    }));
    product.write('t.jsonl', programs);
    const args = ['--trajectories', 't.jsonl', '--tasks', 'add.tasks.jsonl', '--json'];
    const other = (JSON.parse(await evaluate(...args)) as EvaluateResult).evaluation;
    assert.deepEqual(
      other.turns.map(({ oracleStop }) => oracleStop.value),
      [0, 0, 1],
    );
    // The first wrong program passes all visible tests, so nothing after it stands.
    assert.equal(other.passAtK[0]?.rate.value, 0);
    assert.equal(other.visible?.value, 1);

    for (const bad of [[], ['--run', 'none'], ['--results', 's.jsonl', '--k', '0']]) {
      const { exitCode } = await product.run(['evaluate', ...bad]);
      assert.equal(exitCode, 2, bad.join(' '));
    }
  });
});
