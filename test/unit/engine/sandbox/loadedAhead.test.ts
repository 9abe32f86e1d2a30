import assert from 'node:assert/strict';
import path from 'node:path';
import { execa } from 'execa';
import { findPython } from '../../../../src/engine/sandbox/python/findPython';
import { assetsFolder } from '../../../support/assets';

/** Each does work of its own in every process that is forked, by `os.register_at_fork`. */
const costly = ['random', 'threading', 'logging', 'asyncio', 'concurrent.futures'];

describe('what a Python worker loads ahead', () => {
  for (const harness of ['harness', 'builder', 'starter']) {
    it(`is nothing that costs each forked process, for ${harness}.py`, async () => {
      const python = await findPython();
      assert.ok(python, 'Python is there');
      const ask = `import sys, json; sys.path.insert(0, sys.argv[1]); import ${harness}; print(json.dumps(list(sys.modules)))`;
      const folder = path.join(assetsFolder, 'python');
      const { stdout } = await execa(python.executable, ['-I', '-S', '-B', '-c', ask, folder]);
      const loaded = JSON.parse(stdout) as string[];
      assert.ok(loaded.includes(harness));
      assert.deepEqual(
        costly.filter((name) => loaded.includes(name)),
        [],
      );
    });
  }
});
