import path from 'node:path';
import { UserError } from '../domain/errors';
import { hashOf } from '../domain/hash';
import { makeTasks } from '../tasks/makeTasks';
import type { Engine } from './engine';
import { gateRun } from './gateRun';
import { countsOf, rejectedFileOf, writeGated } from './gatedFiles';
import { isModelMaker, makeWithModel, refuseModelMakers } from './modelMaking';
import { readTasks } from '../tasks/readTasks';
import { existing, findSources } from '../tasks/source/findSources';
import { defaultMaker, functionMakers, historyMaker, makerNames, untestedMakers } from './makers';
import { refuseMissingLayers } from './refuseUnjudged';
import { unrecorded } from '../domain/unrecorded';
import { howMany } from '../domain/howMany';
import { madePreview } from './madePreview';
import type {
  ConfirmTasks,
  MakeTasksRequest,
  MakeTasksResult,
  ProgressListener,
} from './workbench';

export const defaultLimit = 60;
export const perFunction = 4;

/**
 * Makes tasks from the user's code and writes those that pass the gate, whole or not at all; where
 * there is somebody to ask, only once they have seen what would be written.
 */
export async function makeTasksFile(
  engine: Engine,
  request: MakeTasksRequest,
  progress: ProgressListener,
  signal: AbortSignal,
  confirm?: ConfirmTasks,
): Promise<MakeTasksResult> {
  const began = performance.now();
  const from = path.resolve(request.from);
  // Before there is a journal: bad input leaves nothing behind.
  await existing(from);
  const names = [...new Set(request.makers ?? [defaultMaker])];
  const withModel = names.filter(isModelMaker);
  const makers = names
    .filter((name) => name !== historyMaker && !isModelMaker(name) && !untestedMakers[name])
    .map(makerNamed);
  refuseModelMakers(request, withModel);
  await refuseMissingLayers(engine);
  const unjudged = await engine.unjudged();
  const [judge, syntax] = await Promise.all([engine.judge(), engine.syntax()]);
  const { seed = 1, limit = defaultLimit, heldOut = [], pool, functions: meant } = request;
  const settings = {
    from,
    makers: names,
    seed,
    limit,
    heldOut,
    pool: pool ?? null,
    ...(meant === undefined ? {} : { functions: meant }),
    ...(withModel.length > 0 ? await frozenForModel(engine, request) : {}),
  };
  const how = {
    id: `make-${hashOf(settings).slice(0, 12)}`,
    title: from,
    settings,
    heldOut,
    seed,
    signal,
  };
  const told = (tasks: number, done: number, total: number): void =>
    progress({ done, total, what: `${howMany(tasks, 'task')} let in` });
  const making = gateRun(
    engine,
    { ...how, ...(pool === undefined ? {} : { pool }) },
    async (admission, run) => {
      const made = await makeTasks({
        makers,
        untestedMakers: names.flatMap((name) => untestedMakers[name] ?? []),
        history: names.includes(historyMaker),
        ...(meant === undefined ? {} : { functions: meant }),
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
        onProgress: ({ done, total, tasks }) => told(tasks, done, total),
      });
      const onProgress = (tasks: number): void => told(tasks, tasks, limit);
      const about = { request, run, admission, limit, seed, onProgress, signal };
      const { stopped } =
        withModel.length > 0
          ? await makeWithModel(engine, withModel, about)
          : { stopped: undefined };
      const counts = countsOf(admission, began);
      const { functions, leftOut, notes } = made;
      const { out } = request;
      const rejectedFile = rejectedFileOf(out);
      if (admission.admitted.length === 0 && stopped) throw modelStopped(stopped);
      if (admission.admitted.length === 0) {
        throw nothing(request.from, { rejected: counts.rejected, leftOut, notes });
      }
      const { tokens, usd } = engine.journal.usageOf(run.id);
      const preview = madePreview(admission, { ...counts, out, functions, tokens, usd });
      const written = confirm === undefined || (await confirm(preview, signal));
      signal.throwIfAborted();
      if (written) await writeGated(admission, out);
      const files = { out, written, rejectedFile, functions, leftOut, notes };
      return { ...counts, ...files, tokens, usd, ...(stopped ? { stopped } : {}) };
    },
  );
  return making.finally(() => engine.models.close(how.id));
}

/** What a maker with a model draws from is part of its run: changed sources are another one. */
async function frozenForModel(engine: Engine, { model, baseUrl, from, pool }: MakeTasksRequest) {
  const { modules } = await findSources(from);
  const tasks = pool === undefined ? [] : (await readTasks(pool, await engine.syntax())).tasks;
  return {
    model: engine.models.named({
      ...(model === undefined ? {} : { model }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    }),
    drawn: hashOf([modules.map(({ text }) => text), tasks.map(({ hash }) => hash)]),
  };
}

function modelStopped({
  stop,
  reason,
}: {
  readonly stop: string;
  readonly reason: string;
}): UserError {
  const isBudget = stop === 'budget';
  return new UserError({
    code: isBudget ? 'budget' : 'modelUnavailable',
    message: `No task was made: ${reason}`,
    mend: 'The same command again goes on from here.',
    exitCode: isBudget ? 4 : 3,
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
