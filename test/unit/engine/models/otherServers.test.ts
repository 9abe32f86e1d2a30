import { strict as assert } from 'node:assert';
import { LLMock } from '@copilotkit/aimock';
import { openBudgets } from '../../../../src/engine/models/budgets';
import { openChatModel } from '../../../../src/engine/models/openChatModel';
import { assetsFolder } from '../../../support/assets';
import { ask, never, quickRetry } from '../../../support/openedModel';
import { startSimulatedSolver } from '../../../support/simulatedSolver';
import { temporaryFolder } from '../../../support/temporary';

describe('servers of other makers', () => {
  const folder = temporaryFolder();
  const opened = async (baseUrl: string) => {
    const budgets = await openBudgets({ stateFolder: folder.path });
    const model = await openChatModel({
      ...{ baseUrl, model: 'simulated', apiKey: null, provider: 'vllm', budgets, assetsFolder },
      ...{ stateFolder: folder.path, retry: quickRetry, environment: {} },
    });
    return { model, close: async () => [budgets.close(), await model.close()] };
  };

  it('aimock answers, streams thoughts apart, is tried again after 429, and is asked n times', async () => {
    const mock = new LLMock({ port: 0 });
    mock.onMessage('double', { content: 'def double(x): return x * 2', reasoning: 'easy' });
    await mock.start();
    const { model, close } = await opened(`${mock.url}/v1`);
    try {
      const reply = await model.complete(ask('double it'), never);
      assert.equal(reply.kind, 'replied', JSON.stringify(reply));
      assert.deepEqual(reply.choices, [
        { text: 'def double(x): return x * 2', reasoning: 'easy', finish: 'stop' },
      ]);
      mock.nextRequestError(429, { message: 'slow down' });
      assert.equal((await model.complete(ask('double it'), never)).kind, 'replied');
      const several = await model.complete({ ...ask('double it'), choices: 3 }, never);
      assert.equal(several.kind === 'replied' && several.choices.length, 3);
      assert.equal((await model.complete(ask('unheard of'), never)).kind, 'unavailable');
    } finally {
      await close();
      await mock.stop();
    }
  });

  it('aimock cuts a stream, and no candidate comes of it', async () => {
    const mock = new LLMock({ port: 0 });
    mock.on(
      { userMessage: 'double' },
      { content: 'def double(x): return x * 2 # and much more' },
      { truncateAfterChunks: 1, chunkSize: 4 },
    );
    await mock.start();
    const { model, close } = await opened(`${mock.url}/v1`);
    try {
      assert.equal((await model.complete(ask('double it'), never)).kind, 'unavailable');
    } finally {
      await close();
      await mock.stop();
    }
  });

  it('the simulated solver is right as often as it is told, and always says the same', async function () {
    this.timeout(60_000);
    const tasks = [{ mark: 'double(x)', right: 'RIGHT', wrong: ['WRONG 1', 'WRONG 2'] }];
    const chances = { first: 0.3, afterTests: 0.6, afterTrace: 0.9 };
    const server = await startSimulatedSolver({ tasks, ...chances, seed: 1 });
    const { model, close } = await opened(server.baseUrl);
    const share = async (...turns: readonly string[]): Promise<[number, string]> => {
      const asked = turns.map((content, place) => ({
        role: place % 2 === 0 ? ('user' as const) : ('assistant' as const),
        content,
      }));
      const reply = await model.complete({ messages: asked, maxTokens: 50, choices: 100 }, never);
      assert.equal(reply.kind, 'replied');
      const texts = reply.choices.map(({ text }) => text);
      return [texts.filter((text) => text.includes('RIGHT')).length / 100, texts.join()];
    };
    try {
      const [first, said] = await share('Write double(x).');
      assert.ok(Math.abs(first - 0.3) < 0.15, String(first));
      assert.equal((await share('Write double(x).'))[1], said);
      const [tests] = await share('Write double(x).', 'WRONG', 'A test fails.');
      assert.ok(Math.abs(tests - 0.6) < 0.15, String(tests));
      const [trace] = await share('Write double(x).', 'WRONG', 'The trace of the run: ...');
      assert.ok(Math.abs(trace - 0.9) < 0.1, String(trace));
    } finally {
      await close();
      await server.close();
    }
  });
});
