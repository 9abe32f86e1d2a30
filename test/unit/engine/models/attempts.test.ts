import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt } from '../../../../src/engine/domain/chat';
import { type Behaviour, fails, says } from '../../../support/modelServer';
import { ask, never, openedModels, stream } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

const key = 'a-very-secret-key-0123456789';

const cut: Behaviour = async (_request, reply) => {
  reply.startEvents();
  await reply.delta({ content: `half of ${key}` });
  await sleep(100);
  reply.drop();
};

describe('requests that bring no usable reply', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  const told = async (
    behaviours: readonly Behaviour[],
    options: Parameters<typeof open>[1] = {},
    asked: { readonly choices?: number; readonly seed?: number } = {},
  ) => {
    const attempts: Attempt[] = [];
    const { model } = await open(behaviours, { apiKey: key, ...options });
    const reply = await model.complete({ ...ask(), ...asked }, never, undefined, (one) => {
      attempts.push(one);
    });
    return { attempts, reply };
  };

  it('are told with status, words and what was decided, and the call goes on', async () => {
    const { attempts, reply } = await told([
      fails(500, { error: { message: 'out of memory' } }),
      fails(429, { error: { message: 'slow down' } }),
      says('x'),
    ]);
    assert.equal(reply.kind, 'replied');
    assert.deepEqual(
      attempts.map(({ end, status, decision }) => [end, status, decision]),
      [
        ['broken', 500, 'again'],
        ['busy', 429, 'again'],
      ],
    );
    assert.match(attempts[0]?.body ?? '', /out of memory/);
    assert.ok(attempts.every(({ waitMs, durationMs }) => (waitMs ?? 0) > 0 && durationMs >= 0));
  });

  it('are told with what had come of a stream that was cut, and what it is counted as', async () => {
    const { attempts } = await told([cut, says('x')]);
    const [one] = attempts;
    assert.equal(one?.end, 'broken');
    assert.equal(one.partial, 'half of [key]');
    assert.ok((one.usage?.completionTokens ?? 0) > 0);
  });

  it('are told where the reply was empty, a page, a refusal, or more than was asked for', async () => {
    const flood: Behaviour = async (_request, reply) => {
      reply.startEvents();
      for (let sent = 0; sent < 2000 && !reply.isGone; sent++) {
        await reply.delta({ content: 'word '.repeat(50) });
      }
      reply.drop();
    };
    const page: Behaviour = (_request, reply) =>
      reply.raw(200, { 'content-type': 'text/html' }, '<html>sign in</html>');
    const ends = async (behaviour: Behaviour): Promise<(string | undefined)[]> => {
      const { attempts } = await told([behaviour]);
      const last = attempts.at(-1);
      return [last?.end, last?.decision];
    };
    assert.deepEqual(await ends(says('')), ['refused', 'givenUp']);
    assert.deepEqual(await ends(page), ['final', 'givenUp']);
    assert.deepEqual(await ends(flood), ['unusable', 'givenUp']);
    const refused = fails(400, { error: { message: 'flagged', code: 'content_policy_violation' } });
    assert.deepEqual(await ends(refused), ['refused', 'givenUp']);
    const { attempts } = await told([page]);
    assert.match(attempts[0]?.body ?? '', /sign in/);
  });

  it('are told where a parameter is left out, and where some of several replies were whole', async () => {
    const refused = fails(400, { error: { message: "Unknown parameter: 'seed'", param: 'seed' } });
    const first = await told([refused, says('x')], {}, { seed: 1 });
    assert.deepEqual(
      first.attempts.map(({ decision }) => decision),
      ['otherwise'],
    );
    const half = stream(
      { choices: [{ index: 0, delta: { content: 'whole' }, finish_reason: 'stop' }] },
      { choices: [{ index: 1, delta: { content: 'half' }, finish_reason: null }] },
      { error: { message: 'boom', code: 500 } },
    );
    const some = await told([half, says('x')], {}, { choices: 2 });
    assert.equal(some.reply.kind, 'replied');
    assert.ok(some.attempts.length > 0);
  });

  it('hold neither key nor header, and are bounded', async () => {
    const echo: Behaviour = ({ headers }, reply) =>
      reply.json(500, {
        error: { message: `${key} sk-OTHER0123456789abcdef`, headers },
        pad: 'p'.repeat(50_000),
      });
    const { attempts } = await told([echo]);
    const all = JSON.stringify(attempts);
    for (const secret of [key, 'OTHER0123456789', 'Bearer'])
      assert.ok(!all.includes(secret), secret);
    assert.ok(attempts.length === 5 && all.length < 5 * 6_000, String(all.length));
  });

  it('are told where the caller or a bound in time ended them', async () => {
    const { attempts, reply } = await told([says({ delayMs: 5_000 })], {
      budget: { run: 'r', perRun: { maxWallMs: 90 } },
    });
    assert.equal(reply.kind, 'budget');
    assert.deepEqual(
      attempts.map(({ end, decision }) => [end, decision]),
      [['stopped', 'stopped']],
    );
  });

  it('say that they were too long, with the length that the model reads where it is told', async () => {
    for (const [message, tokens] of [
      ["This model's maximum context length is 8192 tokens. However, you requested 9000.", 8192],
      ['the request exceeds the available context size (4,096 tokens), try increasing it', 4096],
      ['prompt is too long: 210000 tokens > 200000 maximum', 200000],
      ['Prompt contains too many tokens', null],
      ['input length exceeds the context length', null],
    ] as const) {
      const { reply } = await told([fails(400, { error: { message } })]);
      assert.ok(reply.kind === 'refused', JSON.stringify(reply));
      assert.deepEqual(reply.tooLong, { contextTokens: tokens }, message);
    }
  });
});
