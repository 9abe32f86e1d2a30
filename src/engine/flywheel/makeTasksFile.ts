import path from 'node:path';
import { UserError } from '../domain/errors';
import { hashOf } from '../domain/hash';
import { makeTasks } from '../tasks/makeTasks';
import type { Engine } from './engine';
import { gateRun } from './gateRun';
import { countsOf, rejectedFileOf, writeGated } from './gatedFiles';
import { defaultMaker, functionMakers, historyMaker, makerNames } from './makers';
import { refuseMissingLayers } from './refuseUnjudged';
import type { MakeTasksRequest, MakeTasksResult, ProgressListener } from './workbench';

const defaultLimit = 60;
const perFunction = 4;

/** Makes tasks from the user's code and writes those that pass the gate, whole or not at all. */
export async function makeTasksFile(
  engine: Engine,
  request: MakeTasksRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<MakeTasksResult> {
  const began = performance.now();
  const names = [...new Set(request.makers ?? [defaultMaker])];
  const makers = names.filter((name) => name !== historyMaker).map(makerNamed);
  await refuseMissingLayers(engine);
  const unjudged = await engine.unjudged();
  const [judge, syntax] = await Promise.all([engine.judge(), engine.syntax()]);
  const from = path.resolve(request.from);
  const { seed = 1, limit = defaultLimit, heldOut = [], pool } = request;
  const settings = {
    from,
    makers: names,
    seed,
    limit,
    heldOut,
    pool: pool ?? null,
  };
  const how = {
    id: `make-${hashOf(settings).slice(0, 12)}`,
    title: from,
    settings,
    heldOut,
    seed,
    signal,
  };
  return gateRun(engine, { ...how, ...(pool === undefined ? {} : { pool }) }, async (admission) => {
    const made = await makeTasks({
      makers,
      history: names.includes(historyMaker),
      from,
      syntax,
      judge,
      languageJudge: (language) => judge.for(language),
      effects: unrecorded,
      signal,
      seed,
      perFunction,
      limit,
      concurrency: engine.workers,
      origin: { name: path.basename(from), license: null },
      unjudged: (language) => unjudged(language)?.problem ?? null,
      admit: (task) => admission.take(task),
      refuse: (refused) => admission.refuse(refused),
      onProgress: ({ done, total, tasks }) =>
        progress({ done, total, what: `${String(tasks)} tasks let in` }),
    });
    const counts = countsOf(admission, began);
    const { functions, leftOut, notes } = made;
    const { out } = request;
    const rejectedFile = rejectedFileOf(out);
    if (admission.admitted.length === 0) {
      throw nothing(request.from, { rejected: counts.rejected, leftOut, notes });
    }
    await writeGated(admission, out);
    return { ...counts, out, rejectedFile, functions, leftOut, notes };
  });
}

function makerNamed(name: string) {
  const maker = functionMakers[name];
  if (maker) return maker;
  throw new UserError({
    code: 'badUsage',
    message: `there is no maker ${name}`,
    mend: `Makers are ${makerNames.join(', ')}.`,
  });
}

/** Making tasks is quick; what takes time is the gate, which records what it saw. */
const unrecorded = {
  once: <T>(_key: unknown, _input: unknown, produce: () => Promise<T>): Promise<T> => produce(),
};

function nothing(
  from: string,
  made: Pick<MakeTasksResult, 'rejected' | 'leftOut' | 'notes'>,
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
