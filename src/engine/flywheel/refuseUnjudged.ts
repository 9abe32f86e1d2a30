import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import type { Engine } from './engine';
import { whyUnjudged } from './requiredLayers';
import { sandboxesFor, usualSandbox, type SandboxName } from './sandboxesFor';

/**
 * Throws `noSandbox` where tests of a task have no sandbox here, and `layerMissing` where they have
 * one that lacks a demanded layer: nothing runs without. A compiler that is missing is told by the
 * verdicts of its tasks, so that others are still judged.
 */
export async function refuseUnjudged(
  engine: Pick<Engine, 'report'>,
  tasks: readonly Task[],
): Promise<void> {
  for (const task of tasks) {
    for (const name of sandboxesFor(task)) {
      const reason = whyUnjudged(await engine.report(name));
      if (!reason) continue;
      throw new UserError({
        code: reason.code,
        message: `Programs in ${task.language} cannot be run here: ${reason.problem}`,
        mend: reason.mend,
        exitCode: 3,
      });
    }
  }
}

/** Throws `layerMissing` where one of these sandboxes works here and lacks what is demanded. */
export async function refuseMissingLayers(
  engine: Engine,
  sandboxes: Iterable<SandboxName> = Object.values(usualSandbox),
): Promise<void> {
  for (const name of new Set(sandboxes)) {
    const reason = whyUnjudged(await engine.report(name));
    if (reason?.code !== 'layerMissing') continue;
    throw new UserError({
      code: reason.code,
      message: reason.problem,
      mend: reason.mend,
      exitCode: 3,
    });
  }
}

/** Throws `notJudged` where a task has tests that are kept only: no solver could be told anything. */
export function refuseKept(tasks: readonly Task[]): void {
  const kept = tasks.find(({ tests }) => tests.some(({ kind }) => kind === 'command'));
  if (!kept) return;
  throw new UserError({
    code: 'notJudged',
    message: `${kept.id}: command tests are not judged by this version`,
    mend: 'Leave such tasks out of the file.',
  });
}
