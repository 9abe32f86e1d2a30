import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';
import { unrecorded } from '../domain/unrecorded';
import type { Task } from '../domain/task';
import type { RunJournal } from '../journal/runJournal';
import type { Admission } from '../tasks/gate/admission';
import { removeBody } from '../tasks/makers/bodyRemoval';
import { modelMakers, needPool, type ModelMaker, type Seeds } from '../tasks/makers/model/draws';
import { modelTasks } from '../tasks/makers/model/modelTasks';
import { sectionsOf } from '../tasks/makers/model/seeds';
import { readTasks } from '../tasks/readTasks';
import { documentedFunctions } from '../tasks/source/documentedFunctions';
import { findSources } from '../tasks/source/findSources';
import type { Engine } from './engine';
import { begunRun, keptBudget } from './begun';
import { budgetOf } from './solverFor';
import type { MakeTasksRequest } from './workbench';

const maxDocuments = 200;
/** Calls of a model at a time: they mostly wait. */
const concurrency = 8;

export function isModelMaker(name: string): name is ModelMaker {
  return modelMakers.some((maker) => maker === name);
}

/** Throws bad usage where a maker lacks what it needs. */
export function refuseModelMakers(
  request: Pick<MakeTasksRequest, 'pool'>,
  makers: readonly ModelMaker[],
): void {
  const lacking = makers.find((maker) => needPool.includes(maker));
  if (lacking !== undefined && request.pool === undefined) {
    throw new UserError({
      code: 'badUsage',
      message: `the maker ${lacking} makes tasks from tasks`,
      mend: 'Name a file of them with --pool FILE.',
    });
  }
}

/** Tasks by makers with a model, one maker after another, into the same admission. */
export async function makeWithModel(
  engine: Engine,
  makers: readonly ModelMaker[],
  about: {
    readonly request: MakeTasksRequest;
    readonly run: RunJournal;
    readonly admission: Admission;
    readonly limit: number;
    readonly seed: number;
    readonly onProgress: (tasks: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly stopped?: { readonly stop: string; readonly reason: string } }> {
  const { request, run, admission, limit, seed, signal } = about;
  const { model: name, baseUrl, from } = request;
  // A run that goes on keeps the bounds that it was given, unless others are.
  const kept = keptBudget(begunRun(engine, run.id), budgetOf(request));
  run.note(kept);
  const model = await engine.models.open(
    {
      run: run.id,
      ...(name === undefined ? {} : { model: name }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...kept,
    },
    signal,
  );
  const seeds = await seedsOf(engine, request, makers);
  const judge = await engine.judge();
  const origin = { name: path.basename(path.resolve(from)), license: null };
  const proving = { syntax: seeds.syntax, judge, signal, seed, origin, perFunction: 1 };
  for (const maker of makers) {
    const left = limit - admission.admitted.length;
    if (left <= 0) break;
    const made = await modelTasks(maker, seeds, {
      model,
      effects: run,
      signal,
      seed,
      concurrency,
      limit: left,
      origin,
      provenTask: (written, by) =>
        removeBody(
          written,
          {
            ...proving,
            effects: unrecorded,
            languageJudge: (language) => judge.for(language),
            note: { ...by },
          },
          'written-tests@1',
        ),
      admit: (task) => admission.take(task),
      refuse: (refused) => admission.refuse(refused),
      onProgress: about.onProgress,
    });
    if (made.stopped) return { stopped: made.stopped };
  }
  return {};
}

/** What makers with a model draw from. */
export async function seedsOf(
  engine: Engine,
  { from, pool }: Pick<MakeTasksRequest, 'from' | 'pool'>,
  makers: readonly ModelMaker[],
): Promise<Omit<Seeds, 'made'>> {
  const syntax = await engine.syntax();
  const sources = await findSources(from);
  const { modules } = sources;
  const untested = makers.includes('written-tests') ? documentedFunctions(syntax, sources) : [];
  const tasks: readonly Task[] = pool === undefined ? [] : (await readTasks(pool, syntax)).tasks;
  const sections = makers.includes('from-documents') ? await documentSections(from) : [];
  return { syntax, modules, sections, untested, pool: tasks };
}

/** Sections of the documents below a folder: README, descriptions, change logs, also of packages. */
async function documentSections(from: string) {
  const names = await readdir(from, { recursive: true }).catch(() => []);
  const files = names
    .filter((name) => /\.(?:md|markdown)$/i.test(name) && !/(?:^|\/)\.git\//.test(name))
    .map((name) => path.join(from, name));
  // The project's own before those of its packages.
  const depth = (file: string): number => file.split('node_modules').length;
  const chosen = files
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .slice(0, maxDocuments);
  const all = chosen.length > 0 ? chosen : /\.(?:md|markdown)$/i.test(from) ? [from] : [];
  const sections = await Promise.all(
    all.map(async (file) => (await sectionsOf(file)).map((section) => ({ file, ...section }))),
  );
  return sections.flat();
}
