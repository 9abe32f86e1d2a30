import { targetOf } from '../desk';
import type { Command } from './register';

/** Opens the Iterations view, on the run and task that were meant where there is one. */
export const showIterations: Command = async ({ iterations, sessions }, argument) => {
  const { run, task } = targetOf(argument);
  await iterations.reveal({ run: run ?? sessions.running ?? null, task: task ?? null });
};
