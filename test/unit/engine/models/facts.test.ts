import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { estimateRun } from '../../../../src/engine/models/estimate';
import { findLocalServers } from '../../../../src/engine/models/localServers';
import { costNanoUsd, loadPrices, priceOf } from '../../../../src/engine/models/prices';
import { loadTokenCounter } from '../../../../src/engine/models/tokens';
import { assetsFolder } from '../../../support/assets';
import { says } from '../../../support/modelServer';
import { never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('what is known of models', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  it('asks an endpoint what a model can read, as each tells it', async () => {
    const list = (entry: object) => ({
      data: [
        { id: 'other', max_model_len: 7 },
        { id: 'test-model', ...entry },
      ],
    });
    for (const [provider, routes, tokens] of [
      ['vllm', { '/v1/models': list({ max_model_len: 32768 }) }, 32768],
      ['openrouter', { '/v1/models': list({ context_length: '131072' }) }, 131072],
      ['mistral', { '/v1/models': list({ max_context_length: 262144 }) }, 262144],
      [
        'lmstudio',
        { '/api/v0/models': list({ max_context_length: 32768, loaded_context_length: 4096 }) },
        4096,
      ],
      ['llamacpp', { '/props': { default_generation_settings: { n_ctx: 8192 } } }, 8192],
      ['ollama', { '/api/ps': { models: [{ name: 'test-model', context_length: 16384 }] } }, 16384],
      ['ollama', { '/api/show': { parameters: 'stop "x"\nnum_ctx    12288\n' } }, 12288],
      ['ollama', { '/api/show': { model_info: { 'qwen2.context_length': 32768 } } }, 4096],
      ['ollama', {}, null],
      ['vllm', { '/v1/models': { data: 'nonsense' } }, null],
      ['openai', {}, null],
    ] as const) {
      const { model } = await open(says('x'), { provider, routes });
      assert.equal(model.contextTokens, tokens, `${provider} ${JSON.stringify(routes)}`);
    }
  });

  it('takes prices that an endpoint lists', async () => {
    const entry = { id: 'test-model', pricing: { prompt: '0.0000002', completion: '0.0000008' } };
    const { model } = await open(says('x'), {
      ...{ provider: 'openrouter', routes: { '/v1/models': { data: [entry] } } },
      budget: { perRun: { maxUsd: 1 } },
    });
    assert.ok(Math.abs((model.price?.inputUsdPerMillion ?? 0) - 0.2) < 1e-9);
  });

  it('finds prices by name or dated snapshot only, and those of a person first', async () => {
    const shipped = await loadPrices(assetsFolder);
    assert.equal(priceOf(shipped, 'openai', 'gpt-4.1-mini-2025-04-14')?.outputUsdPerMillion, 1.6);
    assert.equal(priceOf(shipped, 'openai', 'gpt-4.1-mini-tuned'), null);
    assert.equal(priceOf(shipped, 'compatible', 'gpt-4.1'), null);
    const file = folder.file('prices.json');
    const row = { provider: 'openai', model: 'gpt-4.1', input: 1, output: 1, asOf: '2026-11-20' };
    await writeFile(file, JSON.stringify({ format: 1, prices: [row] }));
    assert.equal(
      priceOf(await loadPrices(assetsFolder, file), 'openai', 'gpt-4.1')?.outputUsdPerMillion,
      1,
    );
    await writeFile(file, JSON.stringify({ format: 1, prices: [{ ...row, input: -1 }] }));
    await assert.rejects(loadPrices(assetsFolder, file), /prices\.json[\s\S]*input/);
  });

  it('counts money exactly, and never less than it is', () => {
    const price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.2, asOf: '2026-01-01' };
    assert.equal(costNanoUsd(price, { promptTokens: 1, completionTokens: 1 }), 300);
    assert.equal(costNanoUsd(null, { promptTokens: 1, completionTokens: 1 }), null);
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(1e6),
        fc.nat(1000),
        (promptTokens, completionTokens, cents) => {
          const each = {
            inputUsdPerMillion: cents / 100,
            outputUsdPerMillion: cents / 10,
            asOf: '',
          };
          const nano = costNanoUsd(each, { promptTokens, completionTokens }) ?? 0;
          const exact = (promptTokens * cents + completionTokens * cents * 10) * 10;
          assert.ok(Number.isInteger(nano) && nano >= exact && nano <= exact + 1);
        },
      ),
    );
  });

  it('counts tokens, learns from what an endpoint told, and is quick with any text', function () {
    this.timeout(20_000);
    const counter = loadTokenCounter(assetsFolder);
    assert.equal(counter.text('one two three'), 3);
    const messages = [{ role: 'user', content: 'one two three' }] as const;
    assert.equal(counter.prompt(messages), 10);
    counter.told(10, 15);
    assert.equal(counter.prompt(messages), 15);
    counter.told(10, 1e9);
    assert.equal(counter.prompt(messages), 20);
    for (const text of ['a'.repeat(1e6), 'π'.repeat(1e5), ' '.repeat(1e5), '\u0000'.repeat(1e4)]) {
      assert.ok(counter.text(text) > 0);
      assert.ok(counter.least(text) <= counter.text(text) / 2);
    }
    assert.equal(counter.text('<|endoftext|>') > 0, true);
  });

  it('tells what a run costs at most and likely, and no money without a price', () => {
    const run = {
      ...{ tasks: 10, samples: 2, turns: 3, choices: 1, maxTokens: 1000, promptTokens: 500 },
      ...{ explained: 10, withFewTests: 5 },
    };
    const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 10, asOf: '2026-01-01' };
    const { atMost, likely } = estimateRun(run, price);
    // A program and one asked for again in each turn, explanations behind the first, and tests.
    const calls = 20 * (3 * 2 + 2) + 10;
    assert.equal(atMost.calls, calls);
    assert.ok((atMost.usd ?? 0) >= calls * 1000 * 10e-6);
    assert.ok(likely.calls < 60 && (likely.usd ?? 1) < (atMost.usd ?? 0));
    assert.equal(estimateRun(run, null).atMost.usd, null);
  });

  it('looks for local servers on the ports of the table, and tells their models', async () => {
    const list = { '/v1/models': { data: [{ id: 'a' }, { id: 'b' }] } };
    const { server } = await open(says('x'), { routes: list });
    const page = await open(says('x'));
    const port = (url: string): number => Number(new URL(url).port);
    const none = { ports: [] };
    const providers = {
      ...{ ollama: none, lmstudio: none, llamacpp: none, vllm: { ports: [port(server.baseUrl)] } },
      other: { ports: [port(page.server.baseUrl)] },
    };
    const providersFile = folder.file('providers.json');
    await writeFile(providersFile, JSON.stringify({ format: 1, providers }));
    assert.deepEqual(await findLocalServers({ assetsFolder, providersFile }, never), [
      { provider: 'vllm', baseUrl: server.baseUrl, models: ['a', 'b'] },
    ]);
    assert.ok(server.requests.every(({ headers }) => headers.authorization === undefined));
  });
});
