import path from 'node:path';
import { UserError } from '../../domain/errors';
import type { Effects } from '../../domain/ports';
import type { Task } from '../../domain/task';
import type { Admission } from '../../tasks/gate/admission';
import { modelTasks } from '../../tasks/makers/model/modelTasks';
import { roundBudget } from './roundSolver';
import { outOfBudget, type RoundContext } from './context';

/** Calls of a model at a time: they mostly wait. */
const concurrency = 8;

/**
 * Tasks that a chat model evolves from the chosen ones (Evol-Instruct, 2304.12244), through the
 * same gate. Throws UserError where the budget or the model ended it before its end.
 */
export async function evolveWithModel(
  { engine, goals, run, signal }: RoundContext,
  about: {
    readonly round: number;
    readonly parents: readonly Task[];
    readonly admission: Admission;
    /** Where calls are recorded. */
    readonly run: Effects;
  },
): Promise<void> {
  const { round, parents, admission } = about;
  const { model: name, baseUrl, variants } = goals.evolve;
  if (name === undefined) return;
  const model = await engine.models.open(
    {
      ...{ run: run.id, model: name, budget: roundBudget(goals) },
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    signal,
  );
  const made = await modelTasks(
    'evolve',
    { syntax: await engine.syntax(), modules: [], sections: [], untested: [], pool: parents },
    {
      ...{ model, effects: about.run, signal, concurrency, seed: goals.seed + round },
      limit: parents.length * variants,
      origin: { name: path.basename(goals.tasks), license: null },
      admit: (task) => admission.take(task),
      refuse: (refused) => admission.refuse(refused),
    },
  );
  if (!made.stopped) return;
  if (made.stopped.stop === 'budget') throw outOfBudget(made.stopped.reason);
  throw new UserError({
    code: 'modelUnavailable',
    message: made.stopped.reason,
    mend: 'The same command again goes on from here once the model answers.',
    exitCode: 3,
  });
}
