import path from 'node:path';
import { costNanoUsd, nanoPerUsd } from '../models/prices';
import type { Amount } from '../models/estimate';
import { loadTokenCounter } from '../models/tokens';
import { drawOf, type ModelMaker } from '../tasks/makers/model/draws';
import { callBounds } from '../tasks/makers/model/modelTasks';
import { mostCommits } from '../tasks/makers/gitHistory';
import { documentedFunctions } from '../tasks/source/documentedFunctions';
import { findSources } from '../tasks/source/findSources';
import { openRepository } from '../tasks/source/gitHistory';
import { testedFunctions } from '../tasks/source/testedFunctions';
import { lentPrefix } from './chatModels';
import type { Engine } from './engine';
import { defaultLimit, perFunction } from './makeTasksFile';
import { defaultMaker, functionMakers, historyMaker, untestedMakers } from './makers';
import { isModelMaker, refuseModelMakers, seedsOf } from './modelMaking';
import type { MakeTasksRequest, TaskPlan } from './workbench';

/** Prompts that are counted; the rest is taken to be like them. */
const counted = 12;

/** What making tasks would come to: functions, commits, calls and their cost. Reads, and no more. */
export async function planTasks(
  engine: Engine,
  request: Omit<MakeTasksRequest, 'out'>,
  signal: AbortSignal,
): Promise<TaskPlan> {
  const from = path.resolve(request.from);
  const { limit = defaultLimit, functions: meant } = request;
  const names = [...new Set(request.makers ?? [defaultMaker])];
  const withModel = names.filter(isModelMaker);
  refuseModelMakers(request, withModel);
  const makers = names.filter((name) => functionMakers[name] !== undefined);
  const syntax = await engine.syntax();
  const sources = await findSources(from);
  signal.throwIfAborted();
  const found = testedFunctions(syntax, sources);
  const usable = found.functions.filter(({ name }) => meant?.includes(name) ?? true);
  const isHistory = names.includes(historyMaker);
  const repository = isHistory ? await openRepository(from, signal) : null;
  const commits = repository ? (await repository.commits(mostCommits)).length : null;
  const isUntested = names.some((name) => untestedMakers[name] !== undefined);
  const untested = (isUntested ? documentedFunctions(syntax, sources) : []).filter(
    ({ name, tests }) => tests.length > 0 && (meant?.includes(name) ?? true),
  );
  const made = makers.length * usable.length * perFunction + untested.length + (commits ?? 0);
  return {
    functions: (makers.length > 0 ? usable.length : 0) + untested.length,
    tests: makers.length > 0 ? usable.reduce((sum, { tests }) => sum + tests.length, 0) : 0,
    atMost: Math.min(limit, made),
    commits,
    cost: withModel.length > 0 ? await costOf(engine, request, withModel, limit) : null,
    leftOut: makers.length > 0 && meant === undefined ? found.leftOut : {},
    notes: sources.notes,
  };
}

/** Every call that the makers may make, and half as many with replies a quarter as long. */
async function costOf(
  engine: Engine,
  request: Omit<MakeTasksRequest, 'out'>,
  makers: readonly ModelMaker[],
  limit: number,
): Promise<NonNullable<TaskPlan['cost']>> {
  const { assetsFolder } = engine.options;
  const tokens = loadTokenCounter(assetsFolder);
  const seeds = await seedsOf(engine, request, makers);
  const { callsPerTask, fewestCalls, maxReplyTokens, steps } = callBounds;
  const most = { calls: 0, promptTokens: 0, completionTokens: 0 };
  for (const maker of makers) {
    const prompts = Array.from({ length: counted }, (_, place) =>
      drawOf(maker, place, request.seed ?? 1, { ...seeds, made: [] }),
    ).flatMap((draw) => (draw === null ? [] : [draw.concepts?.program ?? draw.text]));
    if (prompts.length === 0) continue;
    const sum = prompts.reduce((total, text) => total + tokens.text(text), 0);
    const calls = Math.max(fewestCalls, limit * callsPerTask) * steps[maker];
    most.calls += calls;
    most.promptTokens += Math.ceil((calls * sum * spare) / prompts.length + calls * formTokens);
    most.completionTokens += calls * maxReplyTokens;
  }
  const { model, baseUrl } = engine.models.named(request);
  const isLent = model?.startsWith(lentPrefix) === true;
  const price =
    model === undefined || isLent ? null : await engine.models.knownPrice(baseUrl, model);
  const amount = (share: number, replies: number): Amount => {
    const usage = {
      promptTokens: Math.ceil(most.promptTokens * share),
      completionTokens: Math.ceil(most.completionTokens * share * replies),
    };
    const nanoUsd = costNanoUsd(price, usage);
    return {
      calls: Math.ceil(most.calls * share),
      tokens: usage.promptTokens + usage.completionTokens,
      usd: nanoUsd === null ? null : nanoUsd / nanoPerUsd,
    };
  };
  return { model: model ?? null, atMost: amount(1, 1), likely: amount(0.5, 0.25) };
}

/** What counting may differ by, and what a prompt of two steps holds beside its program. */
const spare = 1.1;
const formTokens = 400;
