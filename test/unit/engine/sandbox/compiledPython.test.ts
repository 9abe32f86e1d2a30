import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { compiledPython } from '../../../../src/engine/sandbox/python/compiledPython';
import { findPython, type PythonFound } from '../../../../src/engine/sandbox/python/findPython';
import { temporaryFolder } from '../../../support/temporary';

describe('the Python of the sandbox, compiled', () => {
  const folder = temporaryFolder();
  let python: PythonFound;

  before(async () => {
    const found = await findPython();
    assert.ok(found, 'Python is there');
    python = found;
  });

  /** A folder of sources, and a place for a cache that is not there yet. */
  function places(name: string): { sources: string; cache: string } {
    const sources = folder.file(`${name}-sources`);
    mkdirSync(sources);
    writeFileSync(path.join(sources, 'harness.py'), 'ANSWER = 42\n');
    return { sources, cache: folder.file(path.join(`${name}-cache`, 'code-flywheel')) };
  }

  it('is kept for this Python and these sources, for the user alone', async () => {
    const { sources, cache } = places('kept');
    const made = await compiledPython(sources, python, cache);
    assert.equal(path.dirname(made), cache);
    const [major, minor] = python.version;
    const compiled = `harness.cpython-${String(major)}${String(minor)}.pyc`;
    assert.deepEqual(readdirSync(path.join(made, '__pycache__')), [compiled]);
    assert.equal(statSync(made).mode & 0o777, 0o700);
    assert.equal(await compiledPython(sources, python, cache), made);
    writeFileSync(path.join(sources, 'harness.py'), 'ANSWER = 43\n');
    assert.notEqual(await compiledPython(sources, python, cache), made);
  });

  it('is made once where many ask at the same time', async () => {
    const { sources, cache } = places('many');
    const made = await Promise.all(
      Array.from({ length: 4 }, () => compiledPython(sources, python, cache)),
    );
    assert.equal(new Set(made).size, 1);
    assert.deepEqual(readdirSync(cache), [path.basename(made[0] ?? '')]);
  });

  it('is not taken from where others may write', async () => {
    const { sources, cache } = places('others');
    const made = await compiledPython(sources, python, cache);
    chmodSync(made, 0o777);
    assert.equal(await compiledPython(sources, python, cache), sources);
  });

  it('is done without where nothing can be kept', async () => {
    const { sources, cache } = places('nowhere');
    writeFileSync(path.dirname(cache), 'no folder');
    assert.equal(await compiledPython(sources, python, cache), sources);
  });

  it('is removed once it was not used for a month', async () => {
    const { sources, cache } = places('old');
    const old = await compiledPython(sources, python, cache);
    const longAgo = new Date(Date.now() - 31 * 24 * 3600_000);
    utimesSync(old, longAgo, longAgo);
    writeFileSync(path.join(sources, 'harness.py'), 'ANSWER = 44\n');
    const made = await compiledPython(sources, python, cache);
    assert.deepEqual(readdirSync(cache), [path.basename(made)]);
    rmSync(cache, { recursive: true });
  });
});
