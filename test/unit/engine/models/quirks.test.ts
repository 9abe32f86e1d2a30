import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import type { ChatReply } from '../../../../src/engine/domain/chat';
import { Capabilities } from '../../../../src/engine/models/capabilities';
import { errorDetail } from '../../../../src/engine/models/fault';
import { loadProviders, providerFor } from '../../../../src/engine/models/providers';
import { usualTags } from '../../../../src/engine/models/thinkMarks';
import { assetsFolder } from '../../../support/assets';
import { type Behaviour, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

/** An endpoint that answers 400 or 422 where `isBad` says why. */
function picky(
  isBad: (body: Readonly<Record<string, unknown>>) => unknown,
  status = 400,
  good: Behaviour = says('good'),
): Behaviour {
  return async (request, reply) => {
    const error = isBad(request.body);
    if (error !== undefined) return reply.json(status, error);
    await good(request, reply);
  };
}

const openAiError = (message: string, param: string | null, code = 'unsupported_parameter') => ({
  error: { message, type: 'invalid_request_error', param, code },
});

describe('what endpoints differ in', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const full = { ...ask(), temperature: 0.8, topP: 0.9, seed: 5 };
  const isGood = (reply: ChatReply): void => {
    assert.equal(reply.kind === 'replied' && reply.choices[0]?.text, 'good', JSON.stringify(reply));
  };

  it('sends the smallest body: what was not asked for is not there', async () => {
    const { model, server } = await open(says('good'));
    isGood(await model.complete(ask(), never));
    assert.deepEqual(Object.keys(server.chats[0]?.body ?? {}).sort(), [
      ...['max_tokens', 'messages', 'model', 'stream', 'stream_options'],
    ]);
  });

  it('learns every parameter that is refused, once, and remembers it when opened again', async () => {
    const refuses: readonly [string, unknown, number][] = [
      [
        'temperature',
        openAiError(
          "Unsupported value: 'temperature' does not support 0.8 with this model. Only the default (1) value is supported.",
          'temperature',
          'unsupported_value',
        ),
        400,
      ],
      [
        'top_p',
        openAiError("Unsupported parameter: 'top_p' is not supported with this model.", 'top_p'),
        400,
      ],
      [
        'seed',
        {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'seed'],
              msg: 'Extra inputs are not permitted',
            },
          ],
        },
        422,
      ],
      [
        'stream_options',
        { object: 'error', message: { detail: [] }, error: 'stream_options is unknown' },
        422,
      ],
    ];
    const behaviour: Behaviour = async (request, reply) => {
      const bad = refuses.find(([name]) => name in request.body);
      if (bad) return reply.json(bad[2], bad[1]);
      await says('good')(request, reply);
    };
    const { model, server, budgets } = await open(behaviour);
    isGood(await model.complete(full, never));
    assert.equal(server.chats.length, refuses.length + 1);
    isGood(await model.complete(full, never));
    assert.equal(server.chats.length, refuses.length + 2);
    const { openChatModel } = await import('../../../../src/engine/models/openChatModel');
    const again = await openChatModel({
      ...{ baseUrl: server.baseUrl, model: 'test-model', apiKey: null, provider: 'compatible' },
      ...{ budgets, assetsFolder, stateFolder: folder.path, environment: {} },
    });
    isGood(await again.complete(full, never));
    await again.close();
    assert.equal(server.chats.length, refuses.length + 3);
  });

  it('gives the bound on tokens under the name that is taken, and always gives it', async () => {
    for (const [bad, good] of [
      ['max_tokens', 'max_completion_tokens'],
      ['max_completion_tokens', 'max_tokens'],
    ] as const) {
      const message = `Unsupported parameter: '${bad}' is not supported with this model. Use '${good}' instead.`;
      const { model, server } = await open(
        picky((body) => (bad in body ? openAiError(message, bad) : undefined)),
        { provider: bad === 'max_tokens' ? 'compatible' : 'openai', model: bad },
      );
      isGood(await model.complete(ask(), never));
      assert.deepEqual(
        server.chats.map(({ body }) => body[good]),
        [undefined, 100],
      );
    }
  });

  it('a bound on tokens that is too large for the model is refused, not left out', async () => {
    const message =
      "'max_tokens' or 'max_completion_tokens' is too large: 100. This model's maximum context length is 64 tokens.";
    const tooLarge = picky(() => openAiError(message, 'max_tokens', 'x'));
    const { model, server } = await open([says('good'), tooLarge]);
    isGood(await model.complete(ask(), never));
    assert.equal((await model.complete(ask(), never)).kind, 'refused');
    assert.equal(server.chats.length, 2);
  });

  it('does without a stream where none is taken', async () => {
    const { model, server } = await open(
      picky((body) =>
        body['stream'] === true ? openAiError("'stream' is not supported", 'stream') : undefined,
      ),
    );
    isGood(await model.complete(ask(), never));
    assert.equal(server.chats.at(-1)?.body['stream_options'], undefined);
  });

  it('tells what a system message says in the first message of the user where the role is refused', async () => {
    const hasSystem = (body: Readonly<Record<string, unknown>>): boolean =>
      (body['messages'] as { role: string }[]).some(({ role }) => role === 'system');
    const { model, server } = await open(
      picky((body) =>
        hasSystem(body) ? { error: { message: 'System role not supported' } } : undefined,
      ),
    );
    const messages = [
      { role: 'system', content: 'Be terse.' },
      { role: 'user', content: 'Hello.' },
    ] as const;
    isGood(await model.complete({ messages, maxTokens: 5 }, never));
    assert.deepEqual(server.chats.at(-1)?.body['messages'], [
      { role: 'user', content: 'Be terse.\n\nHello.' },
    ]);
  });

  it('never leaves out a parameter that a message only sounds like', () => {
    const provider = { ...basis(), seedParameter: 'seed' };
    const sent = { n: 3, stream: true, stream_options: {}, max_tokens: 5, messages: [] };
    for (const [message, taken] of [
      ['stream_options is not permitted', 'stream'],
      ['The number of tokens in the prompt is too large', 'n'],
      ['Streaming upstream failed', 'stream'],
      ['Invalid value in messages[0].content', 'n'],
    ] as const) {
      const capabilities = new Capabilities(provider);
      capabilities.refused(errorDetail({ error: { message } }), sent);
      assert.ok(capabilities.takes(taken), message);
    }
  });

  describe('several choices', () => {
    const answers: Behaviour = async (request, reply) => {
      const n = Number(request.body['n'] ?? 1);
      const seed = JSON.stringify(request.body['seed'] ?? null);
      const texts = Array.from(
        { length: n },
        (_, place) => `${String(request.number)}.${String(place)}.${seed}`,
      );
      await says({ texts })(request, reply);
    };

    it('come from one request where the endpoint gives them', async () => {
      const { model, server } = await open(answers);
      const reply = await model.complete({ ...ask(), choices: 5 }, never);
      assert.equal(reply.kind === 'replied' && reply.choices.length, 5);
      assert.equal(server.chats.length, 1);
    });

    it('come side by side, each with a seed of its own, where it gives one', async () => {
      const { model, server } = await open(answers, { provider: 'ollama' });
      const reply = await model.complete({ ...ask(), choices: 4, seed: 11 }, never);
      assert.equal(reply.kind === 'replied' && reply.choices.length, 4);
      const seeds = server.chats.map(({ body }) => body['seed']);
      assert.equal(new Set(seeds).size, 4);
      assert.ok(seeds.includes(11));
      assert.ok(server.chats.every(({ body }) => !('n' in body)));
    });

    it('are made up for where it silently gives one, and asked one by one from then on', async () => {
      const one: Behaviour = (request, reply) => says(`t${String(request.number)}`)(request, reply);
      const { model, server } = await open(one);
      const told: number[] = [];
      const reply = await model.complete({ ...ask(), choices: 4 }, never, ({ choice }) =>
        told.push(choice),
      );
      assert.equal(
        reply.kind === 'replied' && new Set(reply.choices.map(({ text }) => text)).size,
        4,
      );
      assert.deepEqual([...new Set(told)].sort(), [0, 1, 2, 3]);
      assert.deepEqual(
        server.chats.map(({ body }) => body['n']),
        [4, undefined, undefined, undefined],
      );
      await model.complete({ ...ask(), choices: 3 }, never);
      assert.equal(server.chats.length, 7);
    });

    it('are taken as they are where some fail for good', async () => {
      const { model } = await open(
        [says('a'), (_request, reply) => reply.json(401, {}), says('c')],
        { provider: 'ollama' },
      );
      const reply = await model.complete({ ...ask(), choices: 3 }, never);
      assert.equal(reply.kind === 'replied' && reply.choices.length, 2);
    });

    it('never are more than were asked for', async () => {
      const { model } = await open(says({ texts: ['a', 'b', 'c', 'd'] }));
      const reply = await model.complete({ ...ask(), choices: 2 }, never);
      assert.equal(reply.kind === 'replied' && reply.choices.length, 2);
    });
  });

  describe('the table', () => {
    it('knows endpoints by their address', async () => {
      const table = await loadProviders(assetsFolder);
      for (const [url, name] of [
        ['https://api.openai.com/v1', 'openai'],
        ['https://mine.openai.azure.com/openai/v1', 'azure'],
        ['http://localhost:11434/v1', 'ollama'],
        ['http://127.0.0.1:1234/v1', 'lmstudio'],
        ['http://[::1]:8000/v1', 'vllm'],
        ['http://127.0.0.1:8080/v1', 'llamacpp'],
        ['https://openrouter.ai/api/v1', 'openrouter'],
        ['https://api.deepseek.com', 'deepseek'],
        ['https://api.mistral.ai/v1', 'mistral'],
        ['https://example.org:11434/v1', 'compatible'],
        ['https://openai.azure.com.example.org/v1', 'compatible'],
      ] as const) {
        assert.equal(providerFor(table, new URL(url)).name, name, url);
      }
      assert.throws(
        () => providerFor(table, new URL('http://a.b'), 'nobody'),
        /no provider nobody/,
      );
    });

    it('takes rows of a file over its own, key by key, and new ones', async () => {
      const file = folder.file('providers.json');
      const providers = {
        ollama: { choices: 'ask' },
        gateway: { hosts: ['llm.example.org'], extra: { safe: true } },
      };
      await writeFile(file, JSON.stringify({ format: 1, providers }));
      const table = await loadProviders(assetsFolder, file);
      assert.equal(table.get('ollama')?.choices, 'ask');
      assert.deepEqual(table.get('ollama')?.ports, [11434]);
      const gateway = providerFor(table, new URL('https://llm.example.org/v1'));
      assert.deepEqual([gateway.name, gateway.lengthParameter], ['gateway', 'max_tokens']);
      const { model, server } = await open(says('good'), {
        providersFile: file,
        provider: 'gateway',
      });
      isGood(await model.complete(ask(), never));
      assert.equal(server.chats[0]?.body['safe'], true);
    });

    it('takes the marks of thoughts by the name of a tag or as pairs of any text', async () => {
      const file = folder.file('providers.json');
      const thinkTags = ['think', 'seed:think', ['«', '»']];
      const write = (tags: unknown): Promise<void> =>
        writeFile(file, JSON.stringify({ format: 1, providers: { mine: { thinkTags: tags } } }));
      await write(thinkTags);
      const table = await loadProviders(assetsFolder, file);
      assert.deepEqual(table.get('mine')?.thinkTags, thinkTags);
      assert.deepEqual(table.get('compatible')?.thinkTags, usualTags);
      const { model } = await open(says('«no»good'), { providersFile: file, provider: 'mine' });
      isGood(await model.complete(ask(), never));
      for (const bad of [['<a>'], [['«']], [['«', ' ']], [['a', 'b', 'c']]]) {
        await write(bad);
        await assert.rejects(loadProviders(assetsFolder, file), /thinkTags/);
      }
    });

    it('says what is wrong with a file, and where', async () => {
      const file = folder.file('providers.json');
      await writeFile(file, '{"format": 1, "providers": {"a": {"choices": "two"}}}');
      await assert.rejects(loadProviders(assetsFolder, file), /providers\.json[\s\S]*choices/);
      await assert.rejects(loadProviders(assetsFolder, folder.file('none.json')), /none\.json/);
    });
  });
});

function basis(): Parameters<typeof providerFor>[0] extends ReadonlyMap<string, infer P>
  ? P
  : never {
  return {
    ...{ name: 'x', hosts: [], ports: [], lengthParameter: 'max_tokens', seedParameter: 'seed' },
    ...{ choices: 'ask', refuses: [], reasoningFields: [], thinkTags: [], finish: {} },
    ...{ window: 'none', concurrency: { start: 1, most: 1 }, extra: {} },
  };
}
