import { strict as assert } from 'node:assert';
import { fails, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('why a model is not called on', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  it('tells the seconds of a wait that is too long to be waited for', async () => {
    for (const status of [429, 503, 500]) {
      const { model, server } = await open(fails(status, {}, { 'retry-after': '3600' }));
      const reply = await model.complete(ask(), never);
      assert.ok(reply.kind === 'unavailable', JSON.stringify(reply));
      assert.match(reply.reason, /asks to wait 3600 s/);
      assert.equal(server.chats.length, 1);
    }
  });

  it('tells a bound in time in minutes', async () => {
    const { model } = await open(says({ delayMs: 200 }), {
      budget: { run: 'r', perRun: { maxWallMs: 90 } },
    });
    await model.complete(ask(), never);
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'budget', JSON.stringify(reply));
    assert.match(reply.reason, /0\.0015 minutes of work/);
  });
});
