import path from 'node:path';
import { writeWhole } from '../files/atomicWrite';
import type { Effects } from '../domain/ports';
import { writeTask } from '../tasks/formats/ownFormat';
import { makeTasks } from '../tasks/makeTasks';
import { UserError } from '../domain/errors';
import type { Engine } from './engine';
import { refuseMissingLayers } from './refuseUnjudged';
import type { MakeTasksRequest, MakeTasksResult, ProgressListener } from './workbench';

const defaultLimit = 60;
const perFunction = 4;

/** Makes tasks from the user's code and writes them as one file, whole or not at all. */
export async function makeTasksFile(
  engine: Engine,
  request: MakeTasksRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<MakeTasksResult> {
  await refuseMissingLayers(engine);
  const unjudged = await engine.unjudged();
  const made = await makeTasks({
    from: request.from,
    syntax: await engine.syntax(),
    judge: await engine.judge(),
    effects: unrecorded,
    signal,
    seed: request.seed ?? 1,
    perFunction,
    limit: request.limit ?? defaultLimit,
    concurrency: engine.workers,
    origin: { name: path.basename(path.resolve(request.from)), license: null },
    unjudged: (language) => unjudged(language)?.problem ?? null,
    onProgress: ({ done, total, tasks }) =>
      progress({ done, total, what: `${String(tasks)} tasks let in` }),
  });
  if (made.tasks.length === 0) throw nothing(request.from, made);
  await writeWhole(request.out, made.tasks.map((task) => `${writeTask(task)}\n`).join(''));
  const { functions, rejected, leftOut, notes } = made;
  return { out: request.out, tasks: made.tasks.length, functions, rejected, leftOut, notes };
}

/** Making tasks is quick and leaves a file: it is done again rather than recorded. */
const unrecorded: Effects = { once: (_key, _input, produce) => produce() };

function nothing(
  from: string,
  made: Pick<MakeTasksResult, 'functions' | 'leftOut' | 'notes'> & {
    readonly rejected: Readonly<Record<string, number>>;
  },
): UserError {
  const reasons = [
    ...made.leftOut.map(({ language, reason }) => `${language}: ${reason}`),
    ...Object.entries(made.rejected).map(([reason, count]) => `${reason}: ${String(count)}`),
    ...made.notes,
  ];
  return new UserError({
    code: 'noTasksMade',
    message: [`No task could be made from ${from}`, ...reasons].join('\n  '),
    mend: 'Functions need at least two tests that call them by name, in files such as test_x.py or x.test.ts.',
  });
}
