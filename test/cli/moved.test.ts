import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { says, startModelServer, type Behaviour, type ModelServer } from '../support/modelServer';
import { productIn, smallSamples, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

const right = '```python\ndef inc(x):\n    return x + 1\n```';
const wrong = '```python\ndef inc(x):\n    return 1\n```';
const task = {
  id: 'inc',
  language: 'python',
  prompt: 'Write inc(x), which adds 1.',
  entryPoint: 'inc',
  tests: ['assert inc(0) == 1', 'assert inc(5) == 6'].map((source, number) => ({
    id: `v${String(number)}`,
    ...{ role: 'visible', kind: 'assert', source },
  })),
};

describe('a run whose model is reached otherwise than at first', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, smallSamples);
    writeFileSync(path.join(product.work, 'inc.tasks.jsonl'), JSON.stringify(task));
  });

  const serve = async (
    behaviours: readonly Behaviour[],
    contextTokens?: number,
  ): Promise<ModelServer> => {
    const row = {
      id: 'm',
      ...(contextTokens === undefined ? {} : { max_model_len: contextTokens }),
    };
    const server = await startModelServer(behaviours, { '/v1/models': { data: [row] } });
    folder.closing(() => server.close());
    return server;
  };
  const solve = (server: ModelServer, ...more: string[]) =>
    product.run(
      [
        ...['solve', '--tasks', 'inc.tasks.jsonl', '--run', 'r', '--solver', 'chat', '--json'],
        ...['--model', 'm', '--base-url', server.baseUrl, '--quiet', ...more],
      ],
      { environment: { XDG_STATE_HOME: path.join(folder.path, 'state') } },
    );
  const byStop = (stdout: string): unknown => (JSON.parse(stdout) as { byStop: unknown }).byStop;

  it('goes on at another address where the person says that it is the same model', async () => {
    const first = await serve([says(wrong), says('It returns 1.')]);
    assert.equal((await solve(first, '--max-calls', '2')).exitCode, 4);
    const second = await serve([says(right)]);
    const unsaid = await solve(second, '--max-calls', '9');
    assert.equal(unsaid.exitCode, 2);
    assert.match(unsaid.stderr, /begun with the model m@127\.0\.0\.1:\d+; this is m@.*--moved/s);
    assert.equal(second.chats.length, 0);
    const said = await solve(second, '--max-calls', '9', '--moved');
    assert.equal(said.exitCode, 0, said.stderr);
    assert.deepEqual(byStop(said.stdout), { solved: 1 });
    assert.equal(second.chats.length, 1, 'what the first had answered is not asked again');
    assert.equal((await solve(second)).exitCode, 0, 'said once, it is known');
    const other = await solve(second, '--moved', '--model', 'n');
    assert.equal(other.exitCode, 2);
    assert.match(other.stderr, /begun with the model m@.* this is n@/);
  });

  it('asks in the same way, whatever the endpoint says of its context by then', async () => {
    const first = await serve([says(wrong), says('It returns 1.')], 4096);
    assert.equal((await solve(first, '--max-calls', '2')).exitCode, 4);
    const asked = first.chats.map(
      ({ body }) => body['max_tokens'] ?? body['max_completion_tokens'],
    );
    assert.deepEqual(asked, [2048, 2048]);
    // A server that is still loading tells nothing of its model.
    const second = await serve([says(right)]);
    const rest = await solve(second, '--max-calls', '9', '--moved');
    assert.equal(rest.exitCode, 0, rest.stderr);
    assert.deepEqual(byStop(rest.stdout), { solved: 1 });
  });

  it('keeps to the bounds that it was given, until others are given', async () => {
    const server = await serve([says(wrong)]);
    assert.equal((await solve(server, '--max-calls', '1')).exitCode, 4);
    const again = await solve(server);
    assert.equal(again.exitCode, 4, 'a bound that is not named again is not lifted');
    const others = await solve(server, '--max-minutes', '5');
    assert.equal(others.exitCode, 4);
    assert.equal(server.chats.length, 1);
    assert.equal((await solve(server, '--max-calls', '50')).exitCode, 0);
  });
});
