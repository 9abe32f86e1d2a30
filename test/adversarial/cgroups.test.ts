import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { SandboxReport } from '../../src/engine/domain/ports';
import { findCgroups } from '../../src/engine/sandbox/cgroups/findCgroups';
import { CommandSandbox } from '../../src/engine/sandbox/command/commandSandbox';
import { NodeSandbox } from '../../src/engine/sandbox/node/nodeSandbox';
import { PythonSandbox } from '../../src/engine/sandbox/python/pythonSandbox';
import { assetsFolder } from '../support/assets';
import { countProcesses } from '../support/outside';
import { temporaryFolder } from '../support/temporary';

const parents = findCgroups();
const task = {
  id: 'slow',
  language: 'python',
  prompt: 'Wait.',
  entryPoint: 'f',
  judging: 'apart',
  limits: { timeoutMs: 60_000, memoryMb: 128 },
  tests: [{ id: 't', kind: 'assert', source: 'assert f(1) == 2' }],
};

/** Control groups stand in the report for just the bounds that they hold. */
function assertToldTruly({ layers }: SandboxReport): void {
  for (const bound of ['memory', 'processes'] as const) {
    const isGrouped = parents.some(({ bounds }) => bounds.includes(bound));
    const told = layers.some(
      ({ ids, detail = '' }) =>
        ids?.includes(bound) === true && /(?<!no )control group(?! can)/.test(detail),
    );
    assert.equal(told, isGrouped, JSON.stringify(layers));
  }
}

/** Where this machine has control groups for us they must hold; where not, that must be told. */
describe(`control groups of workers (${String(parents.length)} to be had here)`, () => {
  const folder = temporaryFolder();

  it('are told of as what bounds memory and processes, and as nothing more', async () => {
    const sandbox = new PythonSandbox({ assetsFolder, workers: 1 });
    assertToldTruly(await sandbox.probe());
    const during = groupsOf(process.pid);
    assert.equal(during.length, parents.length);
    for (const group of during) {
      assert.ok(readFileSync(path.join(group, 'cgroup.procs'), 'utf8').trim() !== '', group);
    }
    await sandbox.close();
    assert.deepEqual(groupsOf(process.pid), []);
  });

  it('hold commands while they are built and run, and are gone with them', async () => {
    const sandbox = new CommandSandbox({ assetsFolder, workers: 1 });
    const never = new AbortController().signal;
    const command = { file: 'main.sh', command: ['sh', 'main.sh'] };
    const limits = { timeoutMs: 10_000, memoryMb: 64 };
    const ran = await sandbox.withProgram(command, 'echo here', never, async (run) => {
      const { stdout } = await run({ stdin: '', limits, outputBytes: 100 }, never);
      const groups = groupsOf(process.pid);
      assert.equal(groups.length, parents.length);
      for (const group of groups) assert.ok(!isEmpty(group), group);
      return stdout.toString('utf8');
    });
    assert.equal(ran, 'here\n');
    await sandbox.close();
    assert.deepEqual(groupsOf(process.pid), []);
  });

  it('hold Nodes and what they start, are told of, and are gone with them', async () => {
    const sandbox = new NodeSandbox({ assetsFolder, workers: 1 });
    assertToldTruly(await sandbox.probe());
    const never = new AbortController().signal;
    const source =
      "require('node:child_process').execSync(process.execPath + ' -e 0'); f = () => 1";
    const job = {
      payload: {
        apart: { prelude: [], scripts: [script('program', source)], lookup: '({ f })' },
        scripts: [script('test', "require('node:assert').equal(__names.f(), 1)")],
      },
      limits: { timeoutMs: 10_000, memoryMb: 64 },
    };
    let most = 0;
    const look = setInterval(() => {
      const full = groupsOf(process.pid).filter((group) => !isEmpty(group));
      most = Math.max(most, full.length);
    }, 5);
    const { end } = await sandbox.run(job, never);
    clearInterval(look);
    assert.equal(end, 'finished');
    assert.equal(most > 0, parents.length > 0);
    await sandbox.close();
    assert.deepEqual(groupsOf(process.pid), []);
  });

  it('of a process that was killed are swept by the next one', async () => {
    const [tasks, samples] = [folder.file('t.tasks.jsonl'), folder.file('s.jsonl')];
    writeFileSync(tasks, JSON.stringify(task));
    const solution = 'import time\ndef f(x): time.sleep(50)';
    writeFileSync(samples, JSON.stringify({ task_id: 'slow', solution }));
    const args = [path.resolve('dist/cli.js'), 'verify', '--tasks', tasks, '--samples', samples];
    const options = { cwd: folder.path, reject: false } as const;
    const started = execa(process.execPath, args, options);
    const pid = started.pid ?? 0;
    await until(() => countProcesses(['bwrap', 'fork_server.py'], { parent: pid }) >= 2);
    assert.equal(groupsOf(pid).length > 0, parents.length > 0);
    started.kill('SIGKILL');
    await started;
    await until(() => groupsOf(pid).every(isEmpty));
    const cli = path.resolve('dist/cli.js');
    assert.equal((await execa(process.execPath, [cli, 'doctor'], options)).exitCode, 0);
    assert.deepEqual(groupsOf(pid), []);
  });
});

function script(id: string, source: string): { id: string; file: string; source: string } {
  return { id, file: `${id}.js`, source };
}

function groupsOf(pid: number): string[] {
  return parents.flatMap(({ folder }) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(`flywheel-${String(pid)}-`))
      .map((name) => path.join(folder, name)),
  );
}

function isEmpty(group: string): boolean {
  return readFileSync(path.join(group, 'cgroup.procs'), 'utf8').trim() === '';
}

async function until(holds: () => boolean): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 20_000; await sleep(20)) {
    if (holds()) return;
  }
  throw new Error('it never came true');
}
