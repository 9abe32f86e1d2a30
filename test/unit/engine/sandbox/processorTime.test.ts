import assert from 'node:assert/strict';
import { linuxClock, processorBound } from '../../../../src/engine/sandbox/quickjs/processorTime';

/** Keeps this thread busy until it says to stop, or a minute has passed. */
function busyUntil(isDone: () => boolean): boolean {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) if (isDone()) return true;
  return false;
}

describe('the bound on processor time', () => {
  it('is met by a thread that works', () => {
    const isUsed = processorBound(30);
    assert.equal(isUsed(), false);
    assert.ok(busyUntil(isUsed));
    assert.ok(isUsed());
  });

  it('is never met where there is none', () => {
    const isUsed = processorBound(undefined);
    const began = performance.now();
    busyUntil(() => performance.now() - began > 50);
    assert.equal(isUsed(), false);
  });

  it('is not met by a thread that waits', async () => {
    const isUsed = processorBound(1000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.equal(isUsed(), false);
  });

  it('has a clock of its own on Linux for versions of Node that lack one', () => {
    const clock = linuxClock();
    if (process.platform !== 'linux') assert.equal(clock, null);
    else if (clock !== null) {
      const beganMs = clock();
      assert.ok(busyUntil(() => clock() > beganMs + 20));
    }
  });
});
