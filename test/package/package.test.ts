import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureOldestNode } from '../../scripts/node-22.mjs';
import { maxPackageBytes, packagePath } from '../../scripts/package.mjs';
import { inRoot, pinnedNode } from '../../scripts/place.mjs';
import { readVsix } from './vsix';

const run = promisify(execFile);
const demoDeadlineMs = 240_000;

describe('the packed extension', () => {
  let folder: string;
  let files: Map<string, Buffer>;

  before(async () => {
    files = await readVsix(await packagePath());
    folder = await mkdtemp(path.join(os.tmpdir(), 'flywheel-package-'));
    for (const [name, content] of files) {
      const target = path.join(folder, name);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  });

  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('is smaller than 4 MB', async () => {
    const { size } = await stat(await packagePath());
    assert.ok(size < maxPackageBytes, `${size} bytes`);
  });

  it('holds the files of files.txt and no other', async () => {
    const golden = await readFile(inRoot('test', 'package', 'files.txt'), 'utf8');
    const expected = new Set(golden.trim().split('\n'));
    const found = new Set(
      [...files.keys()].map((name) =>
        // Samples grow; what they are is for their own tests.
        name.replace(/^extension\/samples\/.*\.(py|ts|js|md|json)$/, 'extension/samples/**'),
      ),
    );
    const without = (these: Set<string>, those: Set<string>) =>
      [...these].filter((name) => !those.has(name));
    assert.deepEqual(without(expected, found), [], 'not in the package');
    assert.deepEqual(without(found, expected), [], 'not in files.txt');
  });

  it('leaves out what only developers need', () => {
    const manifest = JSON.parse(String(files.get('extension/package.json'))) as object;
    for (const key of ['scripts', 'devDependencies']) assert.ok(!(key in manifest), key);
    for (const [name, content] of files) {
      if (!/^extension\/dist\/\w+\.js$/.test(name)) continue;
      assert.doesNotMatch(content.toString(), /sourceMappingURL=\S+\.map/, name);
      assert.ok(!content.includes(inRoot('src')), `${name} names a folder of its build`);
    }
  });

  const versions = { oldest: ensureOldestNode, pinned: () => Promise.resolve(pinnedNode) };
  for (const [which, findNode] of Object.entries(versions)) {
    it(`finds its parts outside the project, under the ${which} Node`, async () => {
      const doctor = await flywheel(await findNode(), 'doctor', '--json');
      assert.equal(typeof doctor.version, 'string');
      const sandboxes = doctor.sandboxes as { name: string; usable: boolean }[];
      assert.ok(sandboxes.length >= 2);
      for (const { name, usable } of sandboxes) assert.ok(usable, `${name} is not usable`);
    });

    it(`turns the whole wheel there, under the ${which} Node`, async () => {
      const demo = await flywheel(await findNode(), 'demo', '--json');
      assert.ok(Number(demo.tasks) > 0 && Number(demo.passedHidden) > 0 && Number(demo.pairs) > 0);
    });
  }

  /** Runs the packed command line in an empty folder of its own and reads what it prints. */
  async function flywheel(node: string, ...words: string[]): Promise<Record<string, unknown>> {
    const cwd = await mkdtemp(path.join(folder, 'work-'));
    const cli = path.join(folder, 'extension', 'dist', 'cli.js');
    const { stdout } = await run(node, [cli, ...words], { cwd, timeout: demoDeadlineMs });
    return JSON.parse(stdout) as Record<string, unknown>;
  }
});
