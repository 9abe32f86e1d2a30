import type { Journal } from '../journal/journal';
import { gateKind, type GateRecord } from '../tasks/gate/admission';
import type { GatedTask } from './workbench';

/** Every task that a gate run of the journal holds, of the newest run first; each task once. */
export function gatedTasks(journal: Journal): GatedTask[] {
  const seen = new Set<string>();
  return journal
    .runs()
    .filter(({ kind }) => kind === gateKind)
    .flatMap(({ id, title, startedAt }) =>
      journal
        .effects(id, [gateKind])
        .map(({ task, value }) =>
          gatedTask(value as GateRecord, { given: task, from: title, checkedAt: startedAt }),
        ),
    )
    .filter(({ hash }) => !seen.has(hash) && seen.add(hash));
}

export function gatedTask(
  { task, report, maker }: GateRecord,
  told: { readonly given: string; readonly from: string; readonly checkedAt: number },
): GatedTask {
  const { state, reason, mutation, difficulty, droppedTests, steps } = report;
  return {
    id: task.id,
    hash: task.hash,
    language: task.language,
    family: task.family,
    maker,
    state,
    ...(reason === undefined ? {} : { reason }),
    mutationScore: mutation?.score ?? null,
    survivors: mutation?.survivors ?? [],
    difficulty: difficulty ?? null,
    droppedTests,
    steps,
    ...told,
  };
}
