import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, fails, says } from '../../../support/modelServer';
import { ask, never, openedModels, stream, texts } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('a model makes no candidate', () => {
  const folder = temporaryFolder();
  const { open, call } = openedModels(folder);

  const good = says('good');

  it('of a stream without a finish reason: it is asked again', async () => {
    const { reply, requests } = await call(
      stream({ choices: [{ index: 0, delta: { content: 'def ha' } }] }, '[DONE]'),
      good,
    );
    assert.deepEqual([texts(reply), requests], [['good'], 2]);
  });

  it('of a connection that broke', async () => {
    const cut: Behaviour = async (_request, reply) => {
      reply.startEvents();
      await reply.delta({ content: 'def ha' });
      await sleep(20);
      reply.drop();
    };
    const { reply, requests } = await call(cut, good);
    assert.deepEqual([texts(reply), requests], [['good'], 2]);
  });

  it('of an error inside a 200, in a body or in a stream', async () => {
    const error = { error: { code: 502, message: 'upstream fell over' } };
    const body: Behaviour = (_request, reply) => reply.json(200, error);
    const begun = stream({ choices: [{ index: 0, delta: { content: 'x' } }] }, error, '[DONE]');
    for (const bad of [body, begun]) {
      const { reply, requests } = await call(bad, good);
      assert.deepEqual([texts(reply), requests], [['good'], 2]);
    }
  });

  it('of malformed JSON, also in the middle of a stream that goes on', async () => {
    const whole = { choices: [{ index: 0, delta: { content: 'x' }, finish_reason: 'stop' }] };
    for (const bad of [
      stream('{"choices": [', whole),
      ((_request, reply) =>
        reply.raw(200, { 'content-type': 'application/json' }, '{"choices": [')) as Behaviour,
      stream('null', whole),
      stream({ choices: [null] }),
      stream({ choices: [{ index: -1, delta: { content: 'x' } }] }),
    ]) {
      const { reply, requests } = await call(bad, good);
      assert.deepEqual([texts(reply), requests], [['good'], 2]);
    }
  });

  it('of an HTML page, with any status', async () => {
    const page = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';
    const html = { 'content-type': 'text/html' };
    const { reply, requests } = await call((_request, to) => to.raw(200, html, page));
    assert.equal(reply.kind, 'unavailable');
    assert.equal(requests, 1);
    const again = await call((_request, to) => to.raw(502, html, page), good);
    assert.deepEqual([texts(again.reply), again.requests], [['good'], 2]);
  });

  it('of null content, or of a refusal: the model would not answer', async () => {
    for (const message of [
      { content: null },
      { content: '' },
      { content: null, refusal: 'I cannot' },
    ]) {
      const { reply, requests } = await call((_request, to) =>
        to.json(200, { choices: [{ index: 0, message, finish_reason: 'stop' }] }),
      );
      assert.deepEqual([reply.kind, requests], ['refused', 1], JSON.stringify(message));
    }
  });

  it('of an end that nobody knows', async () => {
    const delta = { content: 'def ha' };
    const { reply } = await call(
      stream({ choices: [{ index: 0, delta, finish_reason: 'insufficient_system_resource' }] }),
      good,
    );
    assert.deepEqual(texts(reply), ['good']);
  });

  it('of an end by tool calls, functions or an abort: asked again once, and this request alone is lost', async () => {
    for (const end of ['tool_calls', 'function_call', 'abort', 'whatever']) {
      const delta = { content: 'def ha' };
      const { reply, requests } = await call(
        stream({ choices: [{ index: 0, delta, finish_reason: end }] }, '[DONE]'),
      );
      assert.ok(reply.kind === 'refused', JSON.stringify(reply));
      assert.deepEqual([requests, reply.reason], [2, `the reply ended with ${end}`]);
    }
  });

  it('of a 500 to one prompt while others are answered, and tells when it is all of them', async () => {
    let isDown = false;
    const { model } = await open((request, reply) => {
      const isBad = JSON.stringify(request.body).includes('bad');
      return (isBad || isDown ? fails(500) : says('x'))(request, reply);
    });
    const kindOf = async (prompt: string): Promise<string> =>
      (await model.complete(ask(prompt), never)).kind;
    // Nothing tells the endpoint from the prompt yet.
    assert.equal(await kindOf('bad'), 'unavailable');
    assert.equal(await kindOf('good'), 'replied');
    assert.equal(await kindOf('bad'), 'refused');
    isDown = true;
    const kinds: string[] = [];
    for (let call = 0; call < 4; call++) kinds.push(await kindOf('good'));
    assert.equal(kinds.at(-1), 'unavailable');
  });

  it('of a flood, in text or in one line that never ends', async () => {
    const piece = 'x'.repeat(50_000);
    const chunks: Behaviour = async (_request, reply) => {
      reply.startEvents();
      while (!reply.isGone) await reply.delta({ content: piece });
    };
    const line: Behaviour = async (_request, reply) => {
      reply.startEvents();
      await reply.write('data: ');
      while (!reply.isGone) await reply.write(piece);
    };
    for (const flood of [chunks, line]) {
      const { reply, requests } = await call(flood, good);
      assert.deepEqual([texts(reply), requests], [['good'], 2]);
    }
  });

  it('of silence: a hung endpoint is given up, and its connection closed', async () => {
    const { model, server } = await open([() => undefined, good], { idleMs: 60 });
    assert.deepEqual(texts(await model.complete(ask(), never)), ['good']);
    await sleep(30);
    assert.equal(server.open, 0);
  });

  it('of a reply that drips without end', async () => {
    const drip: Behaviour = async (_request, reply) => {
      reply.startEvents();
      while (!reply.isGone) {
        await reply.write(': still there\n\n');
        await sleep(10);
      }
    };
    const { model, server } = await open([drip, good], { idleMs: 1000, longestMs: 150 });
    assert.deepEqual(texts(await model.complete(ask(), never)), ['good']);
    assert.equal(server.chats.length, 2);
  });
});
