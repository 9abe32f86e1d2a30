import assert from 'node:assert/strict';
import path from 'node:path';
import { execa } from 'execa';

const ordinaryUser = 12_345;
const timeoutMs = 8 * 60_000;

describe('for an ordinary user', () => {
  // There the process that serves programs is of the same user as they are, which root's is not.
  it('attacks are stopped as they are for root', async function () {
    this.timeout(timeoutMs);
    if (process.getuid?.() !== 0) return; // Then the other tests of this folder have shown it.
    const ids = [`--reuid=${String(ordinaryUser)}`, `--regid=${String(ordinaryUser)}`];
    const mocha = path.resolve('node_modules/mocha/bin/mocha.js');
    const bundled = path.join(__dirname, 'attacks.test.js');
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', mocha];
    const options = ['--no-config', '--timeout', '60000', '--reporter', 'dot', bundled];
    const ended = await execa('setpriv', [...ids, '--clear-groups', ...command, ...options], {
      reject: false,
      all: true,
      timeout: timeoutMs,
      env: {
        // An ordinary user may not reach what root has installed for itself.
        PATH: '/usr/bin:/bin',
        HOME: '/tmp',
        FLYWHEEL_ATTACKS_WITHOUT_CONTROLS: '1',
      },
    });
    const told = ended.all.slice(-6000);
    assert.equal(ended.exitCode, 0, told);
    assert.match(ended.all, /[1-9]\d\d passing/, told);
  });
});
