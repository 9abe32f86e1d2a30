import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { productForEach, smallSamples } from '../support/product';
import { temporaryFolder } from '../support/temporary';

const task = {
  id: 'double',
  language: 'python',
  prompt: 'Double it.',
  entryPoint: 'double',
  tests: [{ id: 'v', kind: 'assert', source: 'assert double(2) == 4' }],
};

describe('layers of isolation, for commands', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);

  it('doctor tells what isolates programs, and makes no journal', async () => {
    const { stdout, exitCode } = await product.run(['doctor', '--json']);
    assert.equal(exitCode, 0);
    const report = JSON.parse(stdout) as {
      sandboxes: {
        usable: boolean;
        layers: { name: string; state: string }[];
        selfTest?: { passed: boolean };
      }[];
    };
    assert.deepEqual(
      report.sandboxes.map(({ usable }) => usable),
      [true, true, true, true],
    );
    for (const place of [0, 3]) {
      const { layers = [] } = report.sandboxes[place] ?? {};
      assert.ok(layers.length > 0);
      assert.deepEqual(
        layers.filter(({ state }) => state === 'off'),
        [],
      );
    }
    // Commands are of any language: there is no program of theirs that is known.
    assert.deepEqual(
      report.sandboxes.map(({ selfTest }) => selfTest?.passed),
      [true, true, true, undefined],
    );
    assert.deepEqual(readdirSync(product.work), []);
  });

  it('stop before any program runs where a demanded layer is not on, and say the mend', async () => {
    const tasks = product.write('t.jsonl', [task]);
    const samples = product.write('s.jsonl', [
      { task_id: 'double', solution: 'def double(x): return x * 2' },
    ]);
    // A bubblewrap that is too old for the filter of system calls.
    const bin = path.join(folder.path, 'bin');
    mkdirSync(bin);
    writeFileSync(
      path.join(bin, 'bwrap'),
      '#!/bin/sh\nif [ "$1" = --help ]; then /usr/bin/bwrap --help 2>&1 | grep -v seccomp; else exec /usr/bin/bwrap "$@"; fi\n',
      { mode: 0o755 },
    );
    const verify = (more: readonly string[]) =>
      execa(
        process.execPath,
        [
          path.join(folder.path, 'dist/cli.js'),
          ...['verify', '--tasks', tasks, '--samples', samples, '--json', ...more],
        ],
        {
          cwd: product.work,
          reject: false,
          env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
        },
      );
    const refused = await verify(['--require-layers', 'systemCalls,memory']);
    assert.equal(refused.exitCode, 3, refused.stderr);
    assert.match(refused.stderr, /filtered system calls \(systemCalls\) is off: bubblewrap/);
    assert.match(refused.stderr, /Use bubblewrap 0\.4 or newer/);
    assert.deepEqual(readdirSync(product.work).sort(), ['s.jsonl', 't.jsonl']);
    // The same holds where programs are started, not called.
    const reads = product.write('io.jsonl', [
      {
        id: 'double',
        language: 'sh',
        prompt: 'Print twice the number that you read.',
        tests: [{ id: 't', kind: 'io', stdin: '2\n', stdout: '4\n' }],
      },
    ]);
    const started = await verify(['--require-layers', 'systemCalls', '--tasks', reads]);
    assert.equal(started.exitCode, 3, started.stderr);
    assert.match(started.stderr, /bubblewrap for commands that is demanded does not hold/);
    const unknown = await verify(['--require-layers', 'seccomp']);
    assert.equal(unknown.exitCode, 2, unknown.stderr);
    const done = await verify([]);
    assert.equal(done.exitCode, 0, done.stderr);
    const told = JSON.parse(done.stdout) as { passed: number; byIsolation: unknown };
    assert.deepEqual([told.passed, told.byIsolation], [1, { separate: 1, shared: 0 }]);
  });
});
