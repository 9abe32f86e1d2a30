import type { Command } from './register';
import { requireTrust } from './trust';

/** The whole wheel on the samples; gives the id of the run. */
export const runDemo: Command = async ({ sessions }) => {
  requireTrust();
  return sessions.drive(null, (engine, options) => engine.call('demo', null, options));
};
