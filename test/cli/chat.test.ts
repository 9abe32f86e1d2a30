import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fails, type ModelServer, says, startModelServer } from '../support/modelServer';
import { productIn, smallSamples, type Product } from '../support/product';
import { startSimulatedSolver } from '../support/simulatedSolver';
import { temporaryFolder } from '../support/temporary';

interface Told {
  readonly trajectories: number;
  readonly solvedVisible: number;
  readonly passedHidden: number;
  readonly byStop: Record<string, number>;
  readonly byTurn: readonly unknown[];
  readonly candidates: number;
  readonly tokens: number;
  readonly usd: number | null;
}

const canary = 'HIDDEN-CANARY-7391';
const count = 12;

/** Tasks that a program of one line solves, each with a hidden test that nobody may be shown. */
const tasks = Array.from({ length: count }, (_, number) => {
  const name = `add_${String.fromCharCode(97 + number)}`;
  return {
    id: name,
    language: 'python',
    prompt: `Write ${name}(x), which adds ${String(number + 1)} to x.`,
    entryPoint: name,
    tests: [
      {
        id: 'v1',
        role: 'visible',
        kind: 'assert',
        source: `assert ${name}(0) == ${String(number + 1)}`,
      },
      {
        id: 'v2',
        role: 'visible',
        kind: 'assert',
        source: `assert ${name}(5) == ${String(number + 6)}`,
      },
      {
        id: 'h',
        role: 'hidden',
        kind: 'assert',
        source: `# ${canary}\nassert ${name}(-3) == ${String(number - 2)}`,
      },
    ],
    reference: `# ${canary}\ndef ${name}(x): return x + ${String(number + 1)}`,
  };
});
const known = tasks.map(({ entryPoint }, number) => ({
  mark: `Write ${entryPoint}(x)`,
  right: `def ${entryPoint}(x):\n    return x + ${String(number + 1)}`,
  wrong: [
    `def ${entryPoint}(x):\n    return x - ${String(number + 1)}`,
    `def ${entryPoint}(x):\n    return ${String(number + 1)}`,
  ],
}));

describe('solve with a chat model', () => {
  const folder = temporaryFolder();
  let product: Product;
  let server: ModelServer;
  beforeEach(async () => {
    product = productIn(folder.path, smallSamples);
    writeFileSync(
      path.join(product.work, 'add.tasks.jsonl'),
      tasks.map((task) => JSON.stringify(task)).join('\n'),
    );
    server = await startSimulatedSolver({
      tasks: known,
      first: 0.4,
      afterTests: 0.6,
      afterTrace: 0.8,
      seed: 3,
      delayMs: 20,
    });
  });
  afterEach(() => server.close());

  const solve = (run: string, more: readonly string[] = [], extra = {}) =>
    product.run(
      [
        ...['solve', '--tasks', 'add.tasks.jsonl', '--run', run, '--solver', 'chat', '--json'],
        ...['--model', 'simulated', '--base-url', server.baseUrl, '--samples', '2', ...more],
      ],
      { environment: { XDG_STATE_HOME: path.join(folder.path, 'state') }, ...extra },
    );
  const told = (stdout: string): Told => JSON.parse(stdout) as Told;

  it('ends with what the model can do, shows it no hidden test, and costs nothing again', async () => {
    const first = await solve('one');
    assert.equal(first.exitCode, 0, first.stderr);
    const result = told(first.stdout);
    assert.equal(result.trajectories, 2 * count);
    assert.ok(result.solvedVisible >= count - 2, first.stdout);
    assert.ok(result.tokens > 0);
    assert.equal(result.usd, null, 'the price of a model of our own is not known');
    const asked = server.chats.length;
    assert.ok(asked > 2 * count);
    for (const { body } of server.chats) assert.ok(!JSON.stringify(body).includes(canary));
    await server.close();
    const again = await solve('one');
    assert.equal(again.exitCode, 0, again.stderr);
    assert.deepEqual(
      { ...told(again.stdout), seconds: 0 },
      { ...result, seconds: 0 },
      'answered from the journal, with no server',
    );
    assert.equal(server.chats.length, asked);
  });

  it('stops at its budget, says so, and goes on with a larger one', async () => {
    const small = await solve('two', ['--max-calls', '5', '--concurrency', '3']);
    assert.equal(small.exitCode, 4, small.stderr);
    assert.equal(server.chats.length, 5);
    assert.ok((told(small.stdout).byStop['budget'] ?? 0) > 0);
    const large = await solve('two', ['--max-calls', '500']);
    assert.equal(large.exitCode, 0, large.stderr);
    const whole = await solve('three');
    const { solvedVisible, passedHidden, byTurn } = told(large.stdout);
    assert.deepEqual(
      { solvedVisible, passedHidden, byTurn },
      {
        solvedVisible: told(whole.stdout).solvedVisible,
        passedHidden: told(whole.stdout).passedHidden,
        byTurn: told(whole.stdout).byTurn,
      },
      'as a run that nothing stopped',
    );
  });

  it('killed at any moment it goes on to the same result', async () => {
    for (const afterMs of [700, 1100, 1600]) {
      const killed = solve('four', [], { killAfterMs: afterMs });
      await killed;
      await sleep(50);
    }
    const rest = await solve('four');
    assert.equal(rest.exitCode, 0, rest.stderr);
    const whole = await solve('five');
    assert.deepEqual(told(rest.stdout).byTurn, told(whole.stdout).byTurn);
    assert.equal(told(rest.stdout).passedHidden, told(whole.stdout).passedHidden);
  });

  it('tells of a killed run what it may have spent in calls that nobody answered', async () => {
    const silent = await startModelServer(() => undefined);
    const environment = { XDG_STATE_HOME: path.join(folder.path, 'state') };
    const add = ['solve', '--tasks', 'add.tasks.jsonl', '--run', 'eight', '--solver', 'chat'];
    const killed = product.run(
      [...add, '--model', 'm', '--base-url', silent.baseUrl, '--concurrency', '2'],
      { environment },
    );
    while (silent.chats.length < 2) await sleep(20);
    killed.kill('SIGKILL');
    await killed;
    await silent.close();
    const { stdout } = await product.run(['runs', '--json'], { environment });
    const [run] = (
      JSON.parse(stdout) as { runs: { usage: { tokens: number; unanswered: number } }[] }
    ).runs;
    // Each asks for a reply of at most 4,096 tokens.
    assert.ok((run?.usage.tokens ?? 0) > 2 * 4096, stdout);
    assert.ok((run?.usage.tokens ?? 0) < 3 * 4096, stdout);
    assert.equal(run?.usage.unanswered, run?.usage.tokens);
  });

  it('is finished where one prompt always fails and one reply is of no use, and counts both', async () => {
    const [bad, useless, good] = tasks;
    assert.ok(bad && useless && good);
    const odd = await startModelServer(async (request, reply) => {
      const prompt = JSON.stringify(request.body);
      if (prompt.includes(`Write ${bad.entryPoint}(x)`)) return fails(500)(request, reply);
      const finish = prompt.includes(`Write ${useless.entryPoint}(x)`) ? 'tool_calls' : 'stop';
      const text = `\`\`\`python\n${known[2]?.right ?? ''}\n\`\`\``;
      return says({ texts: [text], finish })(request, reply);
    });
    const lines = [bad, useless, good].map((task) => JSON.stringify(task)).join('\n');
    writeFileSync(path.join(product.work, 'three.tasks.jsonl'), lines);
    const { exitCode, stdout, stderr } = await product.run(
      [
        ...['solve', '--tasks', 'three.tasks.jsonl', '--run', 'nine', '--solver', 'chat', '--json'],
        ...['--model', 'm', '--base-url', odd.baseUrl, '--turns', '1', '--concurrency', '1'],
      ],
      { environment: { XDG_STATE_HOME: path.join(folder.path, 'state') } },
    );
    await odd.close();
    assert.equal(exitCode, 0, stderr + stdout);
    const { byStop, passedHidden, trajectories } = told(stdout);
    assert.equal(byStop['modelRefused'], 2, stdout);
    assert.deepEqual([passedHidden, trajectories], [1, 3]);
    assert.ok(!('reason' in JSON.parse(stdout)), stdout);
  });

  it('names its journal in what to do next, and no export where nothing was solved', async () => {
    const [task] = tasks;
    writeFileSync(path.join(product.work, 'one.tasks.jsonl'), JSON.stringify(task));
    const at = (text: string) => startModelServer(says(`\`\`\`python\n${text}\n\`\`\``));
    const textOf = async (run: string, program: string): Promise<string> => {
      const one = await at(program);
      const { stdout } = await product.run(
        [
          ...['solve', '--tasks', 'one.tasks.jsonl', '--run', run, '--solver', 'chat'],
          ...['--model', 'm', '--base-url', one.baseUrl, '--turns', '1', '--journal', 'a b.db'],
        ],
        { environment: { XDG_STATE_HOME: path.join(folder.path, 'state') } },
      );
      await one.close();
      return stdout;
    };
    const solved = await textOf('ten', known[0]?.right ?? '');
    assert.match(solved, /^1 task, /m);
    assert.match(
      solved,
      /^Next: npx flywheel show ten --journal 'a b\.db', npx flywheel export --run ten --out DIR --journal 'a b\.db'$/m,
    );
    const failed = await textOf('eleven', known[0]?.wrong[0] ?? '');
    assert.match(failed, /^Next: npx flywheel show eleven --journal 'a b\.db'$/m);
  });

  it('says that it waits for an endpoint at its limit, and until when', async () => {
    const busy = await startModelServer(fails(429, {}, { 'retry-after': '20' }));
    const running = product.run(
      [
        ...['solve', '--tasks', 'add.tasks.jsonl', '--run', 'thirteen', '--solver', 'chat'],
        ...['--model', 'm', '--base-url', busy.baseUrl],
      ],
      { environment: { XDG_STATE_HOME: path.join(folder.path, 'state') }, killAfterMs: 12_000 },
    );
    const { stderr } = await running;
    await busy.close();
    assert.match(stderr, /Waiting \d+ s, until \d\d:\d\d:\d\d: status 429/);
  });

  it('says why it stopped in sentences, in text and in JSON', async () => {
    const closed = await startModelServer(fails(401, { error: { message: 'Incorrect key' } }));
    const args = ['solve', '--tasks', 'add.tasks.jsonl', '--run', 'twelve', '--solver', 'chat'];
    const more = ['--model', 'm', '--base-url', closed.baseUrl];
    const environment = { XDG_STATE_HOME: path.join(folder.path, 'state') };
    for (const form of [[], ['--json']]) {
      const { stdout } = await product.run([...args, ...more, ...form], { environment });
      assert.match(stdout, /status 401: Incorrect key\. Check the API key\./);
      assert.ok(!stdout.includes('Next:'), stdout);
    }
    await closed.close();
  });

  it('refuses a bound in dollars where the price is not known, and asks nothing', async () => {
    const { exitCode, stderr } = await solve('six', ['--max-usd', '1']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /price of simulated is not known/);
    assert.equal(server.chats.length, 0);
  });

  it('says what is missing where no model was named', async () => {
    const { exitCode, stderr } = await product.run([
      ...['solve', '--tasks', 'add.tasks.jsonl', '--run', 'seven', '--solver', 'chat'],
    ]);
    assert.equal(exitCode, 3);
    assert.match(stderr, /--model/);
  });
});
