import type { DebuggingSettings } from '../debugging/approach';
import type { LoopSettings } from '../debugging/selfDebug';
import { UserError } from '../domain/errors';
import type { Solver } from '../domain/ports';
import type { RunFacts } from '../domain/records';
import type { ChatSettings } from '../solvers/chatSolver';
import type { BudgetLimits } from '../models/budgets';
import { readPolicy } from '../solvers/search/policy/policyFile';
import { asBegun, begunRun, checkModel, keptBudget, readsOf } from './begun';
import type { Engine } from './engine';
import { keepPolicy, keptPolicy, type FrozenPolicy } from './policies';
import type { SolveRequest } from './workbench';

/** All that changes what comes out of a run; frozen with it. */
export interface SolveSettings {
  readonly tasks: string;
  readonly solver: string;
  readonly seed: number;
  readonly maxTurns: number | null;
  readonly maxCandidates: number;
  /** For search repair that was taught in which order to try edits. */
  readonly policy?: FrozenPolicy;
  /** For the chat solver only. */
  readonly chat?: FrozenChat;
}

interface FrozenChat extends Omit<ChatSettings, 'seed'>, Omit<DebuggingSettings, 'seed'> {
  /** As the model names itself, and as it was asked for. */
  readonly model: string;
  readonly asked: { readonly model?: string; readonly baseUrl?: string };
}

const defaultSeed = 1;
const defaultMaxCandidates = 2000;
/** `breadth`: samples of the first turn with the strategy `parallel` (eva, 2411.00062, draws as many). */
export const chatDefaults = {
  turns: 4,
  maxReplyTokens: 4096,
  feedback: 'explain',
  strategy: 'chain',
  breadth: 6,
} as const;

/** How a run reaches its model; may be another from sitting to sitting. */
export interface SolvePlace {
  readonly budget?: BudgetLimits;
  readonly movedTo?: string;
}

/**
 * The settings that a request means. A run that was begun keeps its bounds and the name of its
 * model. Throws UserError `noModel`, `badUsage`, `otherAddress`.
 */
export async function solverSettings(
  engine: Engine,
  request: Omit<SolveRequest, 'tasksFile'>,
  signal: AbortSignal,
): Promise<{ readonly settings: Omit<SolveSettings, 'tasks'>; readonly place: SolvePlace }> {
  const seed = request.seed ?? defaultSeed;
  const maxCandidates = request.maxCandidates ?? defaultMaxCandidates;
  if (request.solver !== 'chat') {
    refuseChatOptions(request);
    const policy = request.policy === undefined ? undefined : await readPolicy(request.policy);
    const { name } = await engine.searchSolver(policy);
    const settings = {
      ...{ solver: name, seed, maxTurns: request.turns ?? null, maxCandidates },
      ...(policy ? { policy: await keepPolicy(engine, policy) } : {}),
    };
    return { settings, place: {} };
  }
  if (request.policy !== undefined) {
    throw new UserError({
      code: 'badUsage',
      message: '--policy is for search repair; a chat model has none',
    });
  }
  const begun = begunRun(engine, request.run);
  const { movedTo } = begun?.facts ?? {};
  const asked = askedOf(request);
  const budget = keptBudget(begun, budgetOf(request));
  const reached = { ...(movedTo === undefined ? {} : { baseUrl: movedTo }), ...asked };
  const model = await engine.models.open({ run: request.run, ...reached, ...budget }, signal);
  if (begun) checkModel(begun, model.name, request.moved === true);
  const known = begun?.chat;
  const isMoved = known && (known.model !== model.name || movedTo !== undefined);
  const frozen: FrozenChat = {
    model: known?.model ?? model.name,
    asked: known?.asked ?? asked,
    samples: request.samples ?? 1,
    temperature: request.temperature ?? null,
    maxReplyTokens: chatDefaults.maxReplyTokens,
    feedback: request.feedback ?? chatDefaults.feedback,
    strategy: request.strategy ?? chatDefaults.strategy,
    breadth: chatDefaults.breadth,
  };
  const { name } = await engine.chatSolver(model, { ...frozen, seed });
  const maxTurns = request.turns ?? chatDefaults.turns;
  return {
    settings: { solver: name, seed, maxTurns, maxCandidates, chat: frozen },
    place: { ...budget, ...(isMoved ? { movedTo: engine.models.named(reached).baseUrl } : {}) },
  };
}

/**
 * The solver of frozen settings, and what is to be noted of the run once it is ours. Another model
 * than before is refused.
 */
export async function solverFor(
  engine: Engine,
  { chat, seed, policy }: Pick<SolveSettings, 'chat' | 'seed' | 'policy'>,
  run: string,
  { budget, movedTo }: SolvePlace,
  signal: AbortSignal,
): Promise<{ readonly solver: Solver; readonly facts: RunFacts }> {
  if (!chat) {
    const taught = policy && (await keptPolicy(engine, policy));
    return { solver: await engine.searchSolver(taught), facts: {} };
  }
  const begun = begunRun(engine, run);
  const moved = movedTo === undefined ? {} : { baseUrl: movedTo };
  const reached = { ...chat.asked, ...moved, ...(budget ? { budget } : {}) };
  const model = await engine.models.open({ run, ...reached }, signal);
  if (begun) checkModel(begun, model.name, movedTo !== undefined);
  const reads = readsOf(begun, model);
  const facts: RunFacts = {
    // Going on elsewhere keeps to the same bounds, unless others are given.
    ...(budget ? { budget } : {}),
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(reads ? { reads } : {}),
  };
  const known = asBegun(model, chat.model, reads);
  return { solver: await engine.chatSolver(known, { ...chat, seed }), facts };
}

/** The part of the settings that the loop goes by. */
export function loopSettings(settings: SolveSettings): LoopSettings {
  const { chat, seed } = settings;
  if (!chat) return settings;
  const { feedback, strategy, breadth } = chat;
  return { ...settings, debugging: { feedback, strategy, breadth, seed } };
}

function askedOf({ model, baseUrl }: Pick<SolveRequest, 'model' | 'baseUrl'>): FrozenChat['asked'] {
  return {
    ...(model === undefined ? {} : { model }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

/** What a request bounds; what it leaves out is not in it. */
export function budgetOf(
  request: Pick<SolveRequest, 'maxTokensTotal' | 'maxUsd' | 'maxCalls' | 'maxMinutes'>,
): BudgetLimits {
  const { maxTokensTotal, maxUsd, maxCalls, maxMinutes } = request;
  return {
    ...(maxTokensTotal === undefined ? {} : { maxTokens: maxTokensTotal }),
    ...(maxUsd === undefined ? {} : { maxUsd }),
    ...(maxCalls === undefined ? {} : { maxCalls }),
    ...(maxMinutes === undefined ? {} : { maxWallMs: maxMinutes * 60_000 }),
  };
}

const chatOnly = [
  'model',
  'baseUrl',
  'moved',
  'samples',
  'feedback',
  'strategy',
  'temperature',
  'maxTokensTotal',
  'maxUsd',
  'maxCalls',
  'maxMinutes',
] as const satisfies (keyof SolveRequest)[];

function refuseChatOptions(request: Omit<SolveRequest, 'tasksFile'>): void {
  const given = chatOnly.find((name) => request[name] !== undefined);
  if (given === undefined) return;
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UserError({
    code: 'badUsage',
    message: `--${option} is for --solver chat; search repair calls no model`,
  });
}
