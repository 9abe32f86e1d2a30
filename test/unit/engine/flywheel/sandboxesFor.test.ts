import assert from 'node:assert/strict';
import { whyUnjudged } from '../../../../src/engine/flywheel/requiredLayers';
import { sandboxesFor } from '../../../../src/engine/flywheel/sandboxesFor';
import type { Test } from '../../../../src/engine/domain/task';

const about = { id: 't', role: 'hidden' } as const;
const code: Test = { ...about, kind: 'assert', source: 'assert f(1) == 2' };
const io: Test = { ...about, kind: 'io', stdin: '1', stdout: '2' };
const run = { file: 'main.py', command: ['python3', 'main.py'] };

describe('the sandboxes that a task needs', () => {
  it('are that of its language where its tests call it', () => {
    assert.deepEqual(sandboxesFor({ language: 'python', tests: [code] }), ['python']);
    assert.deepEqual(sandboxesFor({ language: 'typescript', tests: [code] }), ['quickjs']);
    assert.deepEqual(sandboxesFor({ language: 'javascript', tests: [] }), ['quickjs']);
  });

  it('are where it is started where it reads and prints', () => {
    assert.deepEqual(sandboxesFor({ language: 'python', tests: [io] }), ['python']);
    assert.deepEqual(sandboxesFor({ language: 'python', run, tests: [io] }), ['commands']);
    assert.deepEqual(sandboxesFor({ language: 'javascript', tests: [io] }), ['commands']);
    assert.deepEqual(sandboxesFor({ language: 'cpp', tests: [io] }), ['commands']);
  });

  it('are both where it has tests of both kinds', () => {
    const tests = [code, io];
    assert.deepEqual(sandboxesFor({ language: 'javascript', tests }), ['quickjs', 'commands']);
    assert.deepEqual(sandboxesFor({ language: 'python', tests }), ['python']);
  });
});

describe('a sandbox in which nothing is judged', () => {
  const report = { name: 'box', languages: [], usable: true, layers: [] };
  const layer = { name: 'no network', ids: ['network'], stops: 'harm', required: true } as const;

  it('says whether it is not there or lacks what is demanded', () => {
    const missing = whyUnjudged({ ...report, layers: [{ ...layer, state: 'off' }] });
    assert.equal(missing?.code, 'layerMissing');
    assert.match(missing.problem, /no network/);
    const none = whyUnjudged({ ...report, usable: false, problem: 'no bwrap', mend: 'install' });
    assert.deepEqual(none, { code: 'noSandbox', problem: 'no bwrap', mend: 'install' });
  });

  it('is none where every demanded layer is on', () => {
    assert.equal(whyUnjudged({ ...report, layers: [{ ...layer, state: 'on' }] }), null);
  });
});
