import type { Task } from '../domain/task';
import { HeldOut } from '../datasets/curation/heldOut';
import { readTasks } from '../tasks/readTasks';
import type { Contaminated } from '../tasks/gate/gate';
import type { Engine } from './engine';
import { HeldOutSets } from './heldOutSets';

/**
 * Asks what a task shares with what is held out: sets frozen beside the journal, whose tasks it
 * holds, and files that are named. A task that is held out itself is not compared with itself.
 */
export async function contaminationBy(
  engine: Engine,
  files: readonly string[],
): Promise<(task: Task, given: Task) => Contaminated | null> {
  const syntax = await engine.syntax();
  const frozen = engine.hasJournal ? (await HeldOutSets.open(engine.journal.file)).all() : [];
  const inSets = frozen.flatMap(({ tasks }) =>
    tasks.flatMap((hash) => engine.journal.task(hash) ?? []),
  );
  const inFiles = await Promise.all(
    files.map(async (file) => (await readTasks(file, syntax)).tasks),
  );
  const heldOut = new HeldOut([...inSets, ...inFiles.flat()]);
  return (task, given) => {
    if (heldOut.has(task) || heldOut.has(given)) return null;
    if (heldOut.holds(task)) {
      return { reason: 'heldOut', saw: `its family ${task.family} is held out` };
    }
    const programs = [task.reference, task.starter].filter((one) => one !== undefined);
    const found = heldOut.contaminationOf(task, programs);
    if (!found) return null;
    return {
      reason: 'contaminated',
      saw: `${found.rule}, held-out task ${found.task}: ${found.matched}`,
    };
  };
}
