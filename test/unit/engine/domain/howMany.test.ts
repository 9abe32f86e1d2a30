import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { howMany } from '../../../../src/engine/domain/howMany';

describe('howMany', () => {
  it('takes the singular for one alone', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => howMany(count, 'task')),
      ['0 tasks', '1 task', '2 tasks'],
    );
    assert.equal(howMany(2, 'trajectory', { many: 'trajectories' }), '2 trajectories');
    assert.equal(howMany(1000, 'token', { shown: '1,000' }), '1,000 tokens');
  });

  it('is asked wherever a text of the command line or the panel counts', () => {
    const nouns = 'tasks|runs|samples|programs|candidates|pairs|records|calls|trajectories|workers';
    const bare = new RegExp(`\\$\\{(?:String\\()?[\\w.]+\\)?\\} (?:${nouns})\\b`);
    const files = ['src/cli', 'src/cli/commands', 'src/viewer', 'src/engine/evaluation/report'];
    for (const folder of files) {
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.ts'))) {
        const lines = readFileSync(path.join(folder, name), 'utf8').split('\n');
        const found = lines.filter(
          (line) => bare.test(line) && !/chinese/.test(name) && !line.includes('=== 1'),
        );
        // Numbers of the panel come written out, behind a bound that was asked for.
        const told = found.filter((line) => !/(?:tokensOf|callsOf|tokensCount)/.test(line));
        assert.deepEqual(told, [], path.join(folder, name));
      }
    }
  });
});
