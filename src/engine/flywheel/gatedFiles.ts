import { writeWhole } from '../files/atomicWrite';
import type { Admission } from '../tasks/gate/admission';
import { writeTask } from '../tasks/formats/ownFormat';
import type { GateCounts } from './workbench';

/** `x.rejected.jsonl` beside `x.tasks.jsonl`: no file of tasks to be solved, and read like one. */
export function rejectedFileOf(out: string): string {
  return `${out.replace(/(?:\.tasks)?\.jsonl$/, '')}.rejected.jsonl`;
}

/** Writes what was let in and, beside it, what was not, each with what the gate saw. */
export async function writeGated(admission: Admission, out: string): Promise<void> {
  const { admitted, rejected } = admission;
  const inOrder = [...admitted].sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = (tasks: typeof admitted): string =>
    tasks.map((task) => `${writeTask(task)}\n`).join('');
  await writeWhole(rejectedFileOf(out), text(rejected));
  await writeWhole(out, text(inOrder));
}

export function countsOf(admission: Admission, began: number): GateCounts {
  const byMaker = admission.byMaker();
  const trainingOnly = Object.values(byMaker).reduce((sum, one) => sum + one.trainingOnly, 0);
  return {
    tasks: admission.admitted.length,
    trainingOnly,
    rejected: admission.reasons(),
    byMaker,
    mutationScore: admission.meanScore(),
    seconds: (performance.now() - began) / 1000,
  };
}
