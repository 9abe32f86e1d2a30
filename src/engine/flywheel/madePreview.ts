import type { Task } from '../domain/task';
import type { Admission } from '../tasks/gate/admission';
import { makerOf } from '../tasks/gate/admission';
import type { MadeExample, MadePreview } from './workbench';

const maxExamples = 20;
const maxShownChars = 4000;

/** What was let in, counted, with its first tasks, cut where they are long. */
export function madePreview(
  { admitted }: Pick<Admission, 'admitted'>,
  counts: Omit<MadePreview, 'examples'>,
): MadePreview {
  const inOrder = [...admitted].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...counts, examples: inOrder.slice(0, maxExamples).map(exampleOf) };
}

function exampleOf(task: Task): MadeExample {
  const { id, language, prompt, starter, tests } = task;
  const visible = tests.filter(({ role }) => role === 'visible').length;
  return {
    ...{ id, language, maker: makerOf(task), visible, hidden: tests.length - visible },
    prompt: prompt.slice(0, maxShownChars),
    starter: starter?.slice(0, maxShownChars) ?? null,
  };
}
