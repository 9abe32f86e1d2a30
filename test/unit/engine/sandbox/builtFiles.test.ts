import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readBuiltFiles, writeBuiltFiles } from '../../../../src/engine/sandbox/command/builtFiles';

const frames = (name: string): Buffer[] => [
  Buffer.from(JSON.stringify({ path: name, executable: false })),
  Buffer.from('data'),
];

describe('files that were built in a sandbox', () => {
  for (const name of ['../x', '/etc/x', 'a/../../x', 'a//b', '.', 'a/.', '', 'a\0b']) {
    it(`are dropped where they would not stay in their folder: ${JSON.stringify(name)}`, () => {
      assert.deepEqual(readBuiltFiles(frames(name)), []);
    });
  }

  it('never leave their folder, whatever their names', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '.', '..', '', '/', '\\', '\0', ' ')), (parts) => {
        for (const file of readBuiltFiles(frames(parts.join('/')))) {
          assert.ok(path.resolve('/root', file.path).startsWith('/root/'));
        }
      }),
    );
  });

  it('are dropped where a part is missing or no head', () => {
    assert.deepEqual(
      readBuiltFiles([Buffer.from('{'), Buffer.from('x'), ...frames('a').slice(1)]),
      [],
    );
  });

  it('may be read and run by others and written by nobody else, and go when they are removed', async () => {
    const data = Buffer.from('x');
    const built = await writeBuiltFiles([
      { path: 'main', executable: true, data },
      { path: 'deep/in/file', executable: false, data },
    ]);
    const modeOf = (name: string): number => statSync(path.join(built.path, name)).mode & 0o777;
    assert.deepEqual(
      ['.', 'main', 'deep/in', 'deep/in/file'].map(modeOf),
      [0o755, 0o755, 0o755, 0o644],
    );
    assert.equal(statSync(path.dirname(built.path)).mode & 0o777, 0o700);
    assert.equal(readFileSync(path.join(built.path, 'main'), 'utf8'), 'x');
    await built.remove();
    assert.equal(existsSync(path.dirname(built.path)), false);
  });
});
