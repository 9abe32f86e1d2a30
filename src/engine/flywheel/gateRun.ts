import { messageOf } from '../domain/errors';
import type { Task } from '../domain/task';
import type { RunJournal } from '../journal/runJournal';
import { Admission, gateKind } from '../tasks/gate/admission';
import type { GateOptions } from '../tasks/gate/gate';
import { TaskPool } from '../tasks/gate/taskPool';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { contaminationBy } from './heldOutTexts';

export interface GateRunOptions {
  /** The same id again is answered from the journal, task by task. */
  readonly id: string;
  readonly title: string;
  /** All that changes what comes out, beside the tasks. */
  readonly settings: object;
  readonly heldOut: readonly string[];
  /** File with tasks that new ones must be unlike. */
  readonly pool?: string;
  /** The same, at hand. */
  readonly before?: readonly Task[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly difficulty?: GateOptions['difficulty'];
}

/** Puts tasks through the gate as a run of its own, which the journal keeps and nobody sees. */
export async function gateRun<T>(
  engine: Engine,
  options: GateRunOptions,
  work: (admission: Admission, run: RunJournal) => Promise<T>,
): Promise<T> {
  const { id, title, settings, signal, seed, heldOut, difficulty } = options;
  const [judge, syntax] = await Promise.all([engine.judge(), engine.syntax()]);
  const contamination = await contaminationBy(engine, heldOut);
  const inFile: readonly Task[] = options.pool ? (await readTasks(options.pool, syntax)).tasks : [];
  const before = [...inFile, ...(options.before ?? [])];
  const run = engine.journal.drive({ id, kind: gateKind, title, solver: '', settings });
  try {
    const admission = new Admission({
      judge,
      syntax,
      seed,
      signal,
      contamination,
      effects: run,
      languageJudge: (language) => judge.for(language),
      concurrency: engine.workers,
      pool: new TaskPool(syntax, before),
      known: new Map(),
      ...(difficulty === undefined ? {} : { difficulty }),
    });
    const result = await work(admission, run);
    run.release('finished');
    return result;
  } catch (error) {
    run.release('open', messageOf(error));
    throw error;
  }
}
