import { strict as assert } from 'node:assert';
import { fails, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('a request that an endpoint does not take', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const error = (message: string, code = '') => ({ error: { message, code } });

  it('is no refusal before the endpoint took any: its settings may be wrong', async () => {
    for (const status of [400, 404, 413, 415, 422]) {
      const { model } = await open(fails(status, error('adapter q7 is misconfigured')));
      const replies = await Promise.all([1, 2, 3].map(() => model.complete(ask(), never)));
      for (const reply of replies) {
        assert.equal(reply.kind, 'unavailable', String(status));
        assert.ok(reply.reason.includes('adapter q7 is misconfigured') && reply.mend.length > 10);
      }
    }
  });

  it('is refused where others were answered before', async () => {
    const { model } = await open([says('x'), fails(400, error('the prompt is odd'))]);
    assert.equal((await model.complete(ask(), never)).kind, 'replied');
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'refused' && reply.reason.includes('the prompt is odd'));
  });

  it('is refused at once where the words or the code are of policy or content', async () => {
    for (const body of [
      error('no', 'content_filter'),
      error('no', 'content_policy_violation'),
      error('no', 'invalid_prompt'),
      error('Your request was rejected by our safety system.'),
      error('Invalid prompt: your prompt was flagged as potentially violating our usage policy.'),
    ]) {
      const { model } = await open(fails(400, body));
      assert.equal((await model.complete(ask(), never)).kind, 'refused', JSON.stringify(body));
    }
  });

  it('is no refusal where the model was unloaded, also after it has answered', async () => {
    for (const words of ['Model is unloaded.', 'No models loaded. Please load a model.']) {
      const { model } = await open([says('x'), fails(400, { error: words })]);
      assert.equal((await model.complete(ask(), never)).kind, 'replied');
      const reply = await model.complete(ask(), never);
      assert.ok(reply.kind === 'unavailable' && reply.reason.includes(words));
      assert.match(reply.mend, /Load the model/);
    }
  });
});
