import assert from 'node:assert/strict';
import { writeFileSync, readFileSync } from 'node:fs';
import {
  goalsFormat,
  goalsJsonSchema,
  goalsOf,
  readGoals,
} from '../../../../../src/engine/flywheel/round/goals';
import { nextGoals } from '../../../../../src/engine/flywheel/round/nextGoals';
import { temporaryFolder } from '../../../../support/temporary';

const least = { format: goalsFormat, name: 'sturdier', tasks: 'samples' };

describe('goals', () => {
  const folder = temporaryFolder();

  it('fills in what is left out, and finds places beside the file', async () => {
    const file = folder.file('a.goals.json');
    writeFileSync(file, JSON.stringify({ ...least, heldOut: { tasks: 'held.tasks.jsonl' } }));
    const goals = await readGoals(file);
    assert.equal(goals.tasks, folder.file('samples'));
    assert.equal(goals.heldOut.tasks, folder.file('held.tasks.jsonl'));
    assert.deepEqual([goals.ability, goals.autonomy, goals.samples], ['repair', 'middle', 6]);
    assert.deepEqual(goals.choose, { by: 'gap', draw: 'weighted', share: 0.25 });
    assert.deepEqual([goals.evolve.old, goals.evolve.new], [0.2, 0.8]);
  });

  it('says which field of which file is wrong', async () => {
    const wrong: [object, RegExp][] = [
      [{ ability: 'sing' }, /^f: ability: /],
      [{ samples: 1 }, /^f: samples: /],
      [{ budget: { candidates: 0 } }, /^f: budget\.candidates: /],
      [{ focus: [{ language: 'python' }] }, /^f: focus\.0\.concept: /m],
      [{ speed: 3 }, /^f: .*speed/],
      [{ solver: { kind: 'chat' } }, /^f: solver\.model: /],
      [{ autonomy: 'high' }, /^f: budget: .*name one/],
      [{ budget: { usd: 1 } }, /^f: budget: .*search repair has candidates/],
      [{ evolve: { baseUrl: 'http://localhost:1/v1' } }, /^f: evolve\.model: /],
    ];
    for (const [change, message] of wrong) {
      assert.throws(() => goalsOf({ ...least, ...change }, 'f'), {
        code: 'badGoals',
        exitCode: 2,
        message,
      });
    }
    const file = folder.file('b.goals.json');
    writeFileSync(file, '{');
    await assert.rejects(readGoals(file), {
      code: 'badGoals',
      message: /b\.goals\.json: is not JSON/,
    });
    await assert.rejects(readGoals(folder.file('none')), { code: 'cannotRead', exitCode: 2 });
  });

  it('says all that is wrong at once', () => {
    assert.throws(() => goalsOf({ format: goalsFormat }, 'f'), /f: name: [^]*f: tasks: /);
  });

  it('writes goals that it can read again as the same', () => {
    const goals = goalsOf(
      { ...least, focus: [{ language: 'python', concept: 'a', fault: 'b' }] },
      'f',
    );
    assert.deepEqual(goalsOf(JSON.parse(nextGoals(goals)), 'f'), goals);
  });

  it('has the schema that editors are given', () => {
    const shipped: unknown = JSON.parse(readFileSync('media/goals.schema.json', 'utf8'));
    assert.deepEqual(shipped, goalsJsonSchema());
  });
});
