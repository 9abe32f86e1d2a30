import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import type { Engine } from './engine';

/** Throws `noSandbox` where a task's language has no sandbox here: nothing runs without one. */
export async function refuseUnjudged(engine: Engine, tasks: readonly Task[]): Promise<void> {
  const unjudged = await engine.unjudged();
  for (const language of new Set(tasks.map((task) => task.language))) {
    const reason = unjudged(language);
    if (!reason) continue;
    throw new UserError({
      code: 'noSandbox',
      message: `Programs in ${language} cannot be run here: ${reason.problem}`,
      mend: reason.mend,
      exitCode: 3,
    });
  }
}
