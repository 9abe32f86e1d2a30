import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, fails, says } from '../../../support/modelServer';
import { ask, never, openedModels, quickRetry, stream, texts } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('a model at an endpoint', () => {
  const folder = temporaryFolder();
  const { open, call } = openedModels(folder);

  describe('answers', () => {
    it('with the text, the finish and the usage that it was told', async () => {
      const { reply } = await call(says('def double(x):\n    return x * 2\n'));
      assert.equal(reply.kind, 'replied');
      assert.deepEqual(reply.choices, [
        { text: 'def double(x):\n    return x * 2\n', finish: 'stop' },
      ]);
      assert.deepEqual(reply.usage, { promptTokens: 10, completionTokens: 5, estimated: false });
      assert.equal(reply.costUsd, null);
    });

    it('a reply that used all its tokens is whole and told as cut by length', async () => {
      const { reply } = await call(says({ texts: ['def'], finish: 'length' }));
      assert.equal(reply.kind === 'replied' && reply.choices[0]?.finish, 'length');
    });

    it('counts tokens itself where the endpoint tells none', async () => {
      const { reply } = await call(says({ texts: ['one two three'], usage: null }));
      assert.ok(reply.kind === 'replied' && reply.usage.estimated);
      assert.equal(reply.usage.completionTokens, 3);
      assert.ok(reply.usage.promptTokens > 4);
    });

    it('counts tokens itself where the endpoint tells what cannot be', async () => {
      for (const usage of [
        { prompt_tokens: -5, completion_tokens: 2 },
        { prompt_tokens: 'many', completion_tokens: null },
        { prompt_tokens: 0, completion_tokens: 0 },
      ]) {
        const { reply } = await call(says({ texts: ['one two three'], usage }));
        assert.ok(reply.kind === 'replied' && reply.usage.estimated, JSON.stringify(usage));
        assert.equal(reply.usage.completionTokens, 3);
      }
    });

    it('tells text while it comes, at most ten times a second, and all of it at the end', async () => {
      const { model } = await open(async (_request, reply) => {
        reply.startEvents();
        for (let piece = 0; piece < 60; piece++) {
          await reply.delta({ content: `${String(piece)} ` });
          await sleep(5);
        }
        await reply.delta({}, 0, 'stop');
        await reply.event('[DONE]');
        reply.end();
      });
      const told: string[] = [];
      const reply = await model.complete(ask(), never, ({ text }) => told.push(text));
      assert.equal(told.at(-1), texts(reply)[0]);
      assert.ok(told.length >= 2 && told.length <= 60, String(told.length));
      told.slice(1).forEach((text, place) => assert.ok(text.startsWith(told[place] ?? '?')));
    });

    it('a listener that throws does not harm the call', async () => {
      const { model } = await open(says('fine'));
      const reply = await model.complete(ask(), never, () => {
        throw new Error('of the panel');
      });
      assert.deepEqual(texts(reply), ['fine']);
    });

    it('one JSON where a stream was asked for is as good', async () => {
      const body = { choices: [{ index: 0, message: { content: 'hi' }, finish_reason: 'stop' }] };
      assert.deepEqual(texts((await call((_, reply) => reply.json(200, body))).reply), ['hi']);
      const spaced = `\n\n   ${JSON.stringify(body)}`;
      const { reply } = await call((_, to) =>
        to.raw(200, { 'content-type': 'text/plain' }, spaced),
      );
      assert.deepEqual(texts(reply), ['hi']);
    });

    it('reads comments, keep-alives, every line ending and characters in pieces', async () => {
      const events = [
        ': keep-alive\r\n\r\n',
        'event: message\rid: 7\rdata: {"choices":[{"index":0,"delta":{"content":"π≈"}}]}\r\r',
        '\n\n: ping\n\n',
        'data:{"choices":[{"index":0,\r\ndata: "delta":{"content":"3🦊"},"finish_reason":"stop"}]}\r\n\r\n',
        'data: [DONE]',
      ];
      const { reply } = await call(async (_request, to) => {
        to.startEvents();
        for (const byte of Buffer.from(events.join(''), 'utf8')) {
          await to.write(Buffer.from([byte]));
          if (byte > 127) await sleep(1);
        }
        to.end();
      });
      assert.deepEqual(texts(reply), ['π≈3🦊']);
    });

    it('content in parts is joined, and thoughts among them are kept apart', async () => {
      const content = [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
        null,
        7,
      ];
      const { reply } = await call(
        stream({ choices: [{ index: 0, delta: { content }, finish_reason: 'stop' }] }),
      );
      assert.equal(reply.kind, 'replied');
      assert.deepEqual(reply.choices, [{ text: 'ab', reasoning: 'hm', finish: 'stop' }]);
    });

    it('thoughts never stand in the text, whichever way they come', async () => {
      for (const delta of [
        { reasoning: 'hm', content: 'yes' },
        { reasoning_content: 'hm', content: 'yes' },
        { reasoning: 'hm', reasoning_content: 'hm', content: 'yes' },
        { content: '<think>hm</think>\n\nyes' },
        { content: 'hm\n</think>\n\nyes' },
      ]) {
        const { reply } = await call(
          stream({ choices: [{ index: 0, delta, finish_reason: 'stop' }] }),
        );
        assert.equal(reply.kind, 'replied');
        assert.equal(reply.choices[0]?.text, 'yes', JSON.stringify(delta));
        assert.equal(reply.choices[0]?.reasoning?.trim(), 'hm');
      }
    });

    it('thoughts that used up all tokens leave an empty text that is cut by length', async () => {
      const delta = { content: '<think>on and on' };
      const { reply } = await call(
        stream({ choices: [{ index: 0, delta, finish_reason: 'length' }] }),
      );
      assert.equal(reply.kind, 'replied');
      assert.deepEqual(reply.choices, [{ text: '', reasoning: 'on and on', finish: 'length' }]);
    });

    it('does not wait for a connection that stays open after the end', async () => {
      const { model } = await open(async (_request, reply) => {
        reply.startEvents();
        await reply.delta({ content: 'done' }, 0, 'stop');
        await reply.event('[DONE]');
      });
      assert.deepEqual(texts(await model.complete(ask(), never)), ['done']);
    });
  });

  describe('tries again', () => {
    it('after 429, 500 and 503, and gives up after its tries', async () => {
      const { reply, requests } = await call(fails(429), fails(500), fails(503), says('at last'));
      assert.deepEqual([texts(reply), requests], [['at last'], 4]);
      const lost = await call(fails(500));
      assert.deepEqual([lost.reply.kind, lost.requests], ['unavailable', 5]);
    });

    it('whatever an error body is', async () => {
      for (const body of [
        'slow down',
        { error: 'slow down' },
        null,
        [],
        { error: { code: 429 } },
      ]) {
        const { reply, requests } = await call(fails(429, body), says('good'));
        assert.deepEqual([texts(reply), requests], [['good'], 2], JSON.stringify(body));
      }
    });

    it('not before the time that the endpoint asks for', async () => {
      const { model } = await open([
        fails(429, { error: { message: 'wait' } }, { 'retry-after-ms': '120' }),
        says('good'),
      ]);
      const began = performance.now();
      assert.deepEqual(texts(await model.complete(ask(), never)), ['good']);
      assert.ok(performance.now() - began >= 115);
    });

    it('never where that time is far away', async () => {
      const { reply, requests } = await call(fails(429, {}, { 'retry-after': '7200' }));
      assert.deepEqual([reply.kind, requests], ['unavailable', 1]);
    });

    it('never where the quota is used up, the key is wrong or the model is unknown', async () => {
      const quota = {
        error: { code: 'insufficient_quota', type: 'insufficient_quota', message: 'no' },
      };
      for (const bad of [fails(429, quota), fails(401), fails(402), fails(403), fails(404)]) {
        const { reply, requests } = await call(bad, says('never'));
        assert.deepEqual([reply.kind, requests], ['unavailable', 1]);
        assert.ok(reply.kind === 'unavailable' && reply.mend.length > 10);
      }
    });

    it('where nobody listens, and then says so', async () => {
      const { model, server } = await open(says('x'), {
        retry: { ...quickRetry, triesWhenBroken: 3 },
      });
      await server.close();
      const reply = await model.complete(ask(), never);
      assert.ok(
        reply.kind === 'unavailable' && /ECONNREFUSED/.test(reply.reason),
        JSON.stringify(reply),
      );
    });
  });

  it('a request that the endpoint will not take is refused, with its reason', async () => {
    const policy = {
      error: {
        code: 'content_filter',
        message: 'The prompt was filtered',
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    };
    const { reply, requests } = await call(fails(400, policy));
    assert.deepEqual([reply.kind, requests], ['refused', 1]);
    assert.ok(reply.kind === 'refused' && reply.reason.includes('filtered'));
  });

  it('a prompt longer than the model reads is refused before it is sent', async () => {
    const { model, server } = await open(says('x'), { contextTokens: 50 });
    const reply = await model.complete(ask('word '.repeat(100)), never);
    assert.deepEqual([reply.kind, server.chats.length], ['refused', 0]);
  });

  describe('cancelled', () => {
    it('ends at once: before headers, in a stream, while waiting to try again', async () => {
      const hang: Behaviour = () => undefined;
      const drip: Behaviour = async (_request, reply) => {
        reply.startEvents();
        await reply.delta({ content: 'x' });
      };
      const later = fails(429, {}, { 'retry-after': '300' });
      for (const behaviour of [hang, drip, later]) {
        const { model, server } = await open(behaviour);
        const controller = new AbortController();
        const reply = model.complete(ask(), controller.signal);
        while (server.chats.length === 0) await sleep(5);
        await sleep(30);
        const began = performance.now();
        controller.abort();
        assert.deepEqual(await reply, { kind: 'cancelled' });
        assert.ok(performance.now() - began < 2000);
        while (server.open > 0 && performance.now() - began < 2000) await sleep(5);
        assert.equal(server.open, 0);
      }
    });

    it('reaches every one of 500 calls in flight', async function () {
      this.timeout(60_000);
      const { model, server } = await open(() => undefined, {
        rateLimits: { concurrency: 500 },
        provider: 'vllm',
        providersFile: await wide(folder.file('providers.json')),
      });
      const controller = new AbortController();
      const replies = Array.from({ length: 700 }, () => model.complete(ask(), controller.signal));
      while (server.open < 500) await sleep(10);
      const began = performance.now();
      controller.abort();
      for (const reply of await Promise.all(replies))
        assert.deepEqual(reply, { kind: 'cancelled' });
      while (server.open > 0 && performance.now() - began < 2000) await sleep(10);
      assert.equal(server.open, 0);
      assert.equal(server.chats.length, 500);
    });
  });

  it('a thousand calls go through at once, and each gets its own answer', async function () {
    this.timeout(60_000);
    const { model, server } = await open(
      async (request, reply) => {
        const [{ content }] = request.body['messages'] as [{ content: string }];
        await says({ texts: [`answer to ${content}`] })(request, reply);
      },
      { rateLimits: { concurrency: 200 } },
    );
    const asked = Array.from({ length: 1000 }, (_, place) => `question ${String(place)}`);
    const replies = await Promise.all(asked.map((text) => model.complete(ask(text), never)));
    assert.deepEqual(
      replies.map((reply) => texts(reply)[0]),
      asked.map((text) => `answer to ${text}`),
    );
    assert.ok(server.mostOpen <= 200, String(server.mostOpen));
  });
});

async function wide(file: string): Promise<string> {
  const { writeFile } = await import('node:fs/promises');
  const providers = { vllm: { concurrency: { start: 500, most: 500 } } };
  await writeFile(file, JSON.stringify({ format: 1, providers }));
  return file;
}
