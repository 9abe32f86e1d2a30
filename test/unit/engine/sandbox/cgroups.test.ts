import assert from 'node:assert/strict';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { findCgroups } from '../../../../src/engine/sandbox/cgroups/findCgroups';
import {
  heldBy,
  sweepGroups,
  WorkerGroup,
} from '../../../../src/engine/sandbox/cgroups/workerGroup';
import { jobNotRun } from '../../../../src/engine/sandbox/pool';
import { temporaryFolder } from '../../../support/temporary';

const uid = process.getuid?.() ?? 0;

describe('control groups', () => {
  const mount = temporaryFolder();
  const make = (folder: string, files: Record<string, string>): string => {
    const place = path.join(mount.path, folder);
    mkdirSync(place, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(place, name), text);
    return place;
  };
  /** A group of version 2 that offers these controllers to the groups below it. */
  const second = (folder: string, offered: string): string =>
    make(folder, { 'cgroup.procs': '', 'cgroup.subtree_control': `${offered}\n` });
  const find = (own: string, as = 12345) => findCgroups({ mount: mount.path, own, uid: as });

  it('are found where a session was handed to its user, above the group it stands in', () => {
    second('.', 'memory pids');
    second('user.slice', 'cpu memory pids');
    const slice = second('user.slice/app.slice', 'memory pids');
    second('user.slice/app.slice/term.scope', '');
    const user = uid === 0 ? 12345 : uid;
    if (uid === 0) chownSync(slice, user, user);
    const found = find('0::/user.slice/app.slice/term.scope\n', user);
    assert.deepEqual(found, [{ folder: slice, version: 2, bounds: ['memory', 'processes'] }]);
  });

  it('are found at the root of what a container sees', () => {
    second('.', 'memory pids');
    const found = find('0::/\n', 0);
    assert.deepEqual(
      found.map(({ version, bounds }) => [version, bounds]),
      [[2, ['memory', 'processes']]],
    );
  });

  it('are left alone where others made them to watch over us, or they offer too little', () => {
    second('watched', 'memory pids');
    assert.deepEqual(find('0::/watched\n', 0), []);
    second('.', 'cpu');
    assert.deepEqual(find('0::/\n', 0), []);
    assert.deepEqual(find('0::/../../elsewhere\n', 0), []);
    assert.deepEqual(find('', 0), []);
    assert.deepEqual(find('nonsense\n::::\n', 0), []);
  });

  it('of version 1 are found each by itself', () => {
    make('memory/watched', { 'cgroup.procs': '', 'memory.limit_in_bytes': '1' });
    make('pids', { 'cgroup.procs': '' });
    const own = '4:memory:/watched\n8:pids:/\n1:cpu,cpuacct:/\n0::/\n';
    assert.deepEqual(find(own, 0), [
      { folder: path.join(mount.path, 'pids'), version: 1, bounds: ['processes'] },
    ]);
    make('memory', { 'cgroup.procs': '', 'memory.limit_in_bytes': '1' });
    assert.deepEqual(
      find('4:memory:/\n8:pids:/\n', 0).map(({ bounds }) => bounds),
      [['memory'], ['processes']],
    );
  });

  it('are not made where the kernel does not offer the bound', () => {
    const folder = second('.', 'memory pids');
    assert.equal(WorkerGroup.make([{ folder, version: 2, bounds: ['memory'] }]), null);
    assert.deepEqual(namesIn(folder), []);
    assert.equal(WorkerGroup.make([{ folder: '/nowhere', version: 1, bounds: ['memory'] }]), null);
    assert.equal(WorkerGroup.make([]), null);
  });

  for (const version of [1, 2] as const) {
    const limit = version === 1 ? 'memory.limit_in_bytes' : 'memory.max';
    const kills = version === 1 ? 'memory.oom_control' : 'memory.events';
    it(`of version ${String(version)} hold what they are told, and tell what the kernel ended`, async () => {
      const folder = second('.', 'memory pids');
      const parent = { folder, version, bounds: ['memory', 'processes'] } as const;
      // The kernel fills a new group with its files.
      let place = '';
      const group = WorkerGroup.make([parent], {
        makeFolder: (made) => {
          place = made;
          mkdirSync(made);
          for (const name of ['cgroup.procs', 'pids.max', limit]) write(made, name, '');
          write(made, kills, 'oom_kill 0\n');
        },
      });
      assert.ok(group);
      assert.match(path.basename(place), new RegExp(`^flywheel-${String(process.pid)}-\\d+-\\d+$`));
      assert.ok(Number(readFileSync(path.join(place, 'pids.max'), 'utf8')) >= 64);
      group.holdMemory(256);
      assert.equal(readFileSync(path.join(place, limit), 'utf8'), String((256 + 1024) * 2 ** 20));
      const { command, args } = group.entering('bwrap', ['--version']);
      assert.equal(command, '/bin/sh');
      assert.deepEqual(args.slice(-4), [
        path.join(place, 'cgroup.procs'),
        '--',
        'bwrap',
        '--version',
      ]);
      assert.equal(group.ranOutOfMemory(), false);
      write(place, kills, 'low 0\noom_kill 2\n');
      assert.equal(group.ranOutOfMemory(), true);
      assert.equal(group.ranOutOfMemory(), false, 'told once');
      // Removing a group removes its files.
      rmSync(place, { recursive: true });
      await group.remove();
      assert.deepEqual([namesIn(folder), group.isGone], [[], true]);
    });
  }

  it('are entered before the command starts, which does not start outside of them', async () => {
    const folder = second('.', 'memory pids');
    const group = WorkerGroup.make([{ folder, version: 2, bounds: [] }]);
    assert.ok(group);
    const { command, args } = group.entering('/bin/echo', ['started', 'a b']);
    const procs = path.join(folder, namesIn(folder)[0] ?? '', 'cgroup.procs');
    const inside = await execa(command, args);
    assert.equal(inside.stdout, 'started a b');
    assert.equal(readFileSync(procs, 'utf8'), '0\n');
    rmSync(path.dirname(procs), { recursive: true });
    const outside = await execa(command, args, { reject: false });
    assert.deepEqual([outside.exitCode, outside.stdout], [97, '']);
  });

  it('make an odd end an end for memory where the kernel says so, and no other', async () => {
    const folder = second('.', 'memory pids');
    let place = '';
    const group = WorkerGroup.make([{ folder, version: 2, bounds: ['memory', 'processes'] }], {
      processes: 7,
      makeFolder: (made) => {
        place = made;
        mkdirSync(made);
        for (const name of ['cgroup.procs', 'pids.max', 'memory.max']) write(made, name, '');
      },
    });
    assert.ok(group);
    assert.equal(readFileSync(path.join(place, 'pids.max'), 'utf8'), '7');
    const broke = new Error('the sandbox ended');
    const finished = { ...jobNotRun('infrastructure', ''), end: 'finished' } as const;
    const died = { ...finished, end: 'died', output: 'so far' } as const;
    const held = (outcome: typeof finished | typeof died | Error, kills: number) => {
      write(place, 'memory.events', `oom_kill ${String(kills)}\n`);
      return heldBy(group, 64, () => Promise.resolve(outcome), jobNotRun);
    };
    assert.equal(await held(broke, 0), broke);
    assert.equal(await held(died, 0), died);
    const [ofServer, ofProgram] = [await held(broke, 1), await held(died, 2)];
    assert.ok(!(ofServer instanceof Error) && !(ofProgram instanceof Error));
    assert.deepEqual([ofServer.end, ofProgram.end], ['outOfMemory', 'outOfMemory']);
    assert.equal(ofProgram.output, 'so far');
    // A helper that the kernel ended says nothing of a program that finished.
    assert.equal(await held(finished, 3), finished);
    assert.equal(await heldBy(null, 64, () => Promise.resolve(died), jobNotRun), died);
  });

  it('of processes that are gone are swept, however they ended; others stay', () => {
    const folder = second('.', 'memory pids');
    const group = WorkerGroup.make([{ folder, version: 2, bounds: [] }]);
    assert.ok(group);
    const [ours = ''] = namesIn(folder);
    const begun = /^flywheel-\d+-(\d+)-/.exec(ours)?.[1] ?? '';
    for (const name of [
      'flywheel-999999999-5-1',
      // Our number, and another time: a process that had it before us.
      `flywheel-${String(process.pid)}-${String(Number(begun) - 1)}-1`,
      'flywheel-',
    ]) {
      make(name, {});
    }
    make('of-others', {});
    make('flywheel-999999999-5-2', { held: 'a group that is not empty' });
    sweepGroups([{ folder, version: 2, bounds: [] }]);
    assert.deepEqual(namesIn(folder).sort(), ['flywheel-999999999-5-2', ours].sort());
    assert.ok(existsSync(path.join(folder, 'of-others')));
    assert.equal(
      readFileSync(path.join(folder, 'flywheel-999999999-5-2', 'held'), 'utf8').length,
      25,
    );
  });
});

function namesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('flywheel-'));
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}
