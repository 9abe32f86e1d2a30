import assert from 'node:assert/strict';
import type { Task } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { programFor } from '../../src/engine/domain/ports';
import type { MachineJudge } from '../../src/engine/judge/machineJudge';
import { settleJudging } from '../../src/engine/judge/settleJudging';
import { findPython } from '../../src/engine/sandbox/python/findPython';
import { taskOf, type Attack } from '../support/attacks/attack';
import { allAttacks } from '../support/attacks/catalogue';
import { plant, type Planted } from '../support/attacks/planted';
import { aMachineJudge } from '../support/machineJudge';
import { naiveJudge } from '../support/naiveJudge';

const limits = { timeoutMs: 2000, memoryMb: 256 };
const never = new AbortController().signal;

/** Right only where nothing of an earlier program is left. */
const honest = {
  python: (right: string): string => `import os
left = os.listdir("/tmp") + os.listdir("/dev/shm")
alone = all(int(n) in (1, os.getpid()) for n in os.listdir("/proc") if n.isdigit())
assert not left and alone and os.getpriority(0, 0) == 0, left
${right}`,
  javascript: (right: string): string => `for (const key in {}) throw new Error(key);\n${right}`,
};

/** Controls were seen by the run that started this one. */
const withControls = process.env['FLYWHEEL_ATTACKS_WITHOUT_CONTROLS'] === undefined;

const nowhere: Planted = {
  port: 0,
  socketFile: '',
  abstractName: '',
  writableFile: '',
  secretFile: '',
  close: () => undefined,
};

describe('attacks', () => {
  const settled = new Map<string, Task>();
  let made: Awaited<ReturnType<typeof aMachineJudge>>;
  let judge: MachineJudge;
  let planted: Planted;
  let interpreter = '';

  before(async () => {
    made = await aMachineJudge();
    judge = made.judge;
    planted = await plant();
    interpreter = (await findPython())?.executable ?? assert.fail('there is no Python');
  });
  after(async () => {
    planted.close();
    await made.close();
  });

  /** As the product does it: where its tests run is settled on the task's reference. */
  async function taskFor(attack: Attack): Promise<Task> {
    const task = taskOf(attack);
    const key = JSON.stringify(attack.task);
    const known = settled.get(key);
    if (known) return known;
    const judging = await settleJudging({ ...task, limits }, judge, never);
    assert.notEqual(judging, undefined, 'the reference of the task passes');
    const made = { ...task, ...(judging === undefined ? {} : { judging }) };
    settled.set(key, made);
    return made;
  }
  const judged = (task: Task, program: string): Promise<Verdict> =>
    judge.judge(programFor(task, program), task.tests, limits, never);

  allAttacks(nowhere).forEach(({ id, kind }, place) => {
    it(`${kind}: ${id}`, async function () {
      this.timeout(120_000);
      const attack = allAttacks(planted)[place] ?? assert.fail();
      const wanted = kind === 'forge' ? null : (attack.ends ?? ['passed']);
      if (withControls) {
        // Where nothing stops it, a forger passes, and so does what only a bound would have ended.
        const passesUnstopped = wanted === null || !wanted.includes('passed');
        const passed = await naiveJudge(attack, interpreter);
        assert.equal(passed, passesUnstopped, 'what it tries works where nothing stops it');
      }
      const task = await taskFor(attack);
      const first = await judged(task, attack.program);
      const verdict = attack.then === undefined ? first : await judged(task, attack.then);
      const told = `${verdict.status} ${verdict.message ?? ''} ${JSON.stringify(verdict.tests)}`;
      if (wanted === null) assert.notEqual(verdict.status, 'passed', told);
      else assert.ok(wanted.includes(verdict.status), told);
      assert.notEqual(first.status, 'infrastructure', first.message);
      assert.notEqual(verdict.status, 'infrastructure', told);
      const right = honest[task.language === 'python' ? 'python' : 'javascript'];
      const next = await judged(task, right(task.reference ?? ''));
      assert.equal(next.status, 'passed', `the next one: ${next.message ?? ''}`);
    });
  });
});
