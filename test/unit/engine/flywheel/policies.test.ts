import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../../../src/engine/flywheel/engine';
import { keepPolicy, keptPolicy } from '../../../../src/engine/flywheel/policies';
import { solverFor, solverSettings } from '../../../../src/engine/flywheel/solverFor';
import {
  policyHash,
  untaughtPolicy,
  type EditPolicy,
} from '../../../../src/engine/solvers/search/policy/editPolicy';
import { writePolicy } from '../../../../src/engine/solvers/search/policy/policyFile';
import { assetsFolder } from '../../../support/assets';
import { temporaryFolder } from '../../../support/temporary';

describe('a run with a policy', () => {
  const folder = temporaryFolder();
  const never = new AbortController().signal;
  const policy: EditPolicy = {
    ...untaughtPolicy,
    name: 'second',
    generation: 2,
    weights: { 'operator=comparison': 1 },
  };

  function anEngine(): Engine {
    const engine = new Engine({
      ...{ journalFile: folder.file('.flywheel/journal.db'), assetsFolder },
      ...{ samplesFolder: folder.path, version: 'test', workers: 1 },
    });
    folder.closing(() => engine.close());
    return engine;
  }

  it('is frozen with its hash, and goes on with the copy that was kept', async () => {
    const engine = anEngine();
    const file = folder.file('policy.json');
    await writePolicy(file, policy);
    const { settings } = await solverSettings(engine, { run: 'one', policy: file }, never);
    assert.deepEqual(settings.policy, { name: 'second', generation: 2, hash: policyHash(policy) });
    // The file that was named is another by now.
    await writePolicy(file, { ...policy, weights: {} });
    const { solver } = await solverFor(engine, settings, 'one', {}, never);
    assert.equal(solver.name, `search-repair@2+${policyHash(policy).slice(0, 12)}`);
    assert.equal(settings.solver, solver.name);
  });

  it('has the settings that it always had where there is none', async () => {
    const { settings } = await solverSettings(anEngine(), { run: 'one' }, never);
    assert.deepEqual(settings, {
      ...{ solver: 'search-repair@2', seed: 1, maxTurns: null, maxCandidates: 2000 },
    });
  });

  it('does not go on with a copy that was changed', async () => {
    const engine = anEngine();
    const frozen = await keepPolicy(engine, policy);
    const kept = path.join(folder.path, '.flywheel', 'policies', `${frozen.hash}.json`);
    assert.deepEqual(await keptPolicy(engine, frozen), policy);
    await writeFile(kept, JSON.stringify({ ...policy, weights: { 'operator=donor': 8 } }));
    await assert.rejects(keptPolicy(engine, frozen), { code: 'otherPolicy' });
  });

  it('is refused for a chat model, which has none', async () => {
    await assert.rejects(
      solverSettings(anEngine(), { run: 'one', solver: 'chat', policy: 'p.json' }, never),
      { code: 'badUsage' },
    );
  });
});
