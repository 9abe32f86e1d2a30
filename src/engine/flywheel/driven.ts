import { Closing, messageOf, UserError } from '../domain/errors';
import type { RunJournal } from '../journal/runJournal';
import type { Notifier } from './notifier';

/** Drives a run to its end, and lets go of it whatever happens, telling listeners how it ended. */
export async function driven<T>(
  run: RunJournal,
  notifier: Notifier,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  notifier.touchAll();
  try {
    const result = await work();
    run.release('finished');
    return result;
  } catch (error) {
    if (signal.aborted) run.release(signal.reason instanceof Closing ? 'open' : 'cancelled');
    else run.release(error instanceof UserError ? 'open' : 'failed', messageOf(error));
    throw error;
  } finally {
    notifier.end();
  }
}
