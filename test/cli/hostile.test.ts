import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { doublingTask, productForEach, smallSamples } from '../support/product';
import { temporaryFolder } from '../support/temporary';

describe('commands, on what programs may not do,', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);

  it('export takes in what was judged apart, and the rest only where it is asked for', async () => {
    const needsClass = {
      ...doublingTask,
      id: 'stack',
      entryPoint: 'make',
      starter:
        'class Stack:\n    def __init__(self, size):\n        self.size = size\n\ndef make(n):\n    return Stack(n - 1)\n',
      tests: [
        {
          id: 'v',
          role: 'visible',
          kind: 'assert',
          source: 'assert isinstance(make(2), Stack) and make(2).size == 3',
        },
        {
          id: 'h',
          role: 'hidden',
          kind: 'assert',
          source: 'assert isinstance(make(5), Stack) and make(5).size == 6',
        },
      ],
    };
    const tasks = product.write('t.jsonl', [needsClass]);
    const solved = await product.run(['solve', '--tasks', tasks, '--run', 'r', '--json']);
    assert.equal(
      (JSON.parse(solved.stdout) as { passedHidden: number }).passedHidden,
      1,
      solved.stderr,
    );
    const exported = async (...more: string[]) => {
      const { stdout, stderr } = await product.run(['export', '--run', 'r', '--json', ...more]);
      assert.notEqual(stdout, '', stderr);
      return JSON.parse(stdout) as { pairs: number; dropped: object; byIsolation: object };
    };
    const separate = await exported('--out', 'a');
    assert.deepEqual([separate.pairs, separate.dropped], [0, { sharedIsolation: 1 }]);
    assert.match(readFileSync(path.join(product.work, 'a/README.md'), 'utf8'), /could forge: 1/);
    const any = await exported('--out', 'b', '--isolation', 'any');
    assert.deepEqual([any.pairs, any.byIsolation], [1, { separate: 0, shared: 1 }]);
    assert.match(
      readFileSync(path.join(product.work, 'b/README.md'), 'utf8'),
      /0 separate, 1 shared/,
    );
    const bad = await product.run(['export', '--run', 'r', '--out', 'c', '--isolation', 'none']);
    assert.equal(bad.exitCode, 2);
  });

  it('print nothing of what programs write that a terminal would obey', async () => {
    const hostile = { ...doublingTask, id: 'a\u001b]52;c;ZXZpbA==\u0007b' };
    const tasks = product.write('t.jsonl', [hostile]);
    mkdirSync(path.join(product.work, 'x'));
    await product.run(['solve', '--tasks', tasks, '--run', 'r']);
    const { stdout } = await product.run(['show', 'r']);

    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f]/);
    assert.match(stdout, /a␛b/);
  });
});
