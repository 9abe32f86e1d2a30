import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { openWorkbench } from '../../../../src/engine/flywheel/openWorkbench';
import type { Workbench } from '../../../../src/engine/flywheel/workbench';
import { assetsFolder } from '../../../support/assets';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;
const openAi = { model: 'gpt-4o-mini', baseUrl: 'https://api.openai.com/v1' };

describe('a plan of making tasks', () => {
  const folder = temporaryFolder();
  let workbench: Workbench;

  beforeEach(async () => {
    mkdirSync(folder.file('src'));
    const module =
      'def half(x):\n    """Half of it."""\n    return x / 2\n\n\ndef alone():\n    return 1\n';
    const tests = [2, 4, 6].map((x) => `def test_${x}():\n    assert half(${x}) == ${x / 2}\n`);
    writeFileSync(folder.file('src/halves.py'), module);
    writeFileSync(
      folder.file('src/test_halves.py'),
      `from halves import half\n\n\n${tests.join('\n\n')}`,
    );
    workbench = await openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, version: '0' },
      samplesFolder: folder.path,
    });
    folder.closing(() => workbench.close());
  });

  const plan = (more: object = {}) =>
    workbench.planTasks({ from: folder.file('src'), ...more }, never);

  it('counts the functions that tests call, their tests, and what is left out, and does nothing else', async () => {
    const told = await plan();
    assert.deepEqual(
      { ...told, notes: [] },
      {
        ...{ functions: 1, tests: 3, atMost: 4, commits: null, cost: null, notes: [] },
        leftOut: { fewTests: 1 },
      },
    );
    assert.equal(existsSync(folder.file('journal.db')), false);
  });

  it('is bounded by the limit, and is about the functions that are meant alone', async () => {
    assert.equal((await plan({ limit: 3 })).atMost, 3);
    assert.equal((await plan({ functions: ['half'] })).functions, 1);
    assert.equal((await plan({ functions: ['other'] })).functions, 0);
  });

  it('counts commits where history is asked for', async () => {
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=n', '-c', 'user.email=n@example.org'];
      execFileSync('git', ['-C', folder.file('src'), ...who, ...args], { stdio: 'ignore' });
    };
    git('init');
    git('add', '.');
    git('commit', '-m', 'Halves');
    const told = await plan({ makers: ['git-history'] });
    assert.deepEqual([told.functions, told.commits, told.atMost], [0, 1, 1]);
  });

  it('bounds the calls and the cost of a model, which grow with the limit', async () => {
    const makers = ['from-snippets'];
    const { cost } = await plan({ makers, limit: 10, ...openAi });
    assert.equal(cost?.model, openAi.model);
    assert.equal(cost.atMost.calls, 40);
    // Each reply may be 3000 tokens long, and each prompt holds the form that is asked for.
    assert.ok(cost.atMost.tokens > 40 * 3000);
    assert.ok(cost.likely.tokens < cost.atMost.tokens / 2);
    assert.ok((cost.atMost.usd ?? 0) > (cost.likely.usd ?? 0));
    const more = await plan({ makers, limit: 20, ...openAi });
    assert.ok((more.cost?.atMost.tokens ?? 0) > 1.9 * cost.atMost.tokens);
    const twoSteps = await plan({ makers: ['from-concepts'], limit: 10, ...openAi });
    assert.equal(twoSteps.cost?.atMost.calls, 80);
  });

  it('tells an unknown price as unknown, and what a maker lacks', async () => {
    const { cost } = await plan({ makers: ['from-snippets'], ...openAi, model: 'nobody-knows' });
    assert.equal(cost?.atMost.usd, null);
    await assert.rejects(plan({ makers: ['evolve'], ...openAi }), /makes tasks from tasks/);
  });
});
