import type { DebuggingSettings } from '../debugging/approach';
import type { LoopSettings } from '../debugging/selfDebug';
import { UserError } from '../domain/errors';
import type { Solver } from '../domain/ports';
import type { ChatSettings } from '../solvers/chatSolver';
import type { BudgetLimits } from '../models/budgets';
import type { Engine } from './engine';
import type { SolveRequest } from './workbench';

/** All that changes what comes out of a run; frozen with it. */
export interface SolveSettings {
  readonly tasks: string;
  readonly solver: string;
  readonly seed: number;
  readonly maxTurns: number | null;
  readonly maxCandidates: number;
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
export const chatDefaults = { turns: 4, maxReplyTokens: 4096 } as const;
/** Samples of the first turn with the strategy `parallel` (eva, 2411.00062, draws as many). */
const defaultBreadth = 6;

/** The settings that a request means. Throws UserError `noModel`, `badUsage`. */
export async function solverSettings(
  engine: Engine,
  request: Omit<SolveRequest, 'tasksFile'>,
  signal: AbortSignal,
): Promise<Omit<SolveSettings, 'tasks'>> {
  const seed = request.seed ?? defaultSeed;
  const maxCandidates = request.maxCandidates ?? defaultMaxCandidates;
  if (request.solver !== 'chat') {
    refuseChatOptions(request);
    const { name } = await engine.searchSolver();
    return { solver: name, seed, maxTurns: request.turns ?? null, maxCandidates };
  }
  const asked = askedOf(request);
  const place = { run: request.run, ...asked, ...budgetOf(request) };
  const model = await engine.models.open(place, signal);
  const frozen: FrozenChat = {
    model: model.name,
    asked,
    samples: request.samples ?? 1,
    temperature: request.temperature ?? null,
    maxReplyTokens: chatDefaults.maxReplyTokens,
    feedback: request.feedback ?? 'explain',
    strategy: request.strategy ?? 'chain',
    breadth: defaultBreadth,
  };
  const { name } = await engine.chatSolver(model, { ...frozen, seed });
  const maxTurns = request.turns ?? chatDefaults.turns;
  return { solver: name, seed, maxTurns, maxCandidates, chat: frozen };
}

/** The solver of frozen settings. A model that names itself otherwise than before is refused. */
export async function solverFor(
  engine: Engine,
  { chat, seed }: Pick<SolveSettings, 'chat' | 'seed'>,
  place: { readonly run: string; readonly budget?: BudgetLimits | undefined },
  signal: AbortSignal,
): Promise<Solver> {
  if (!chat) return engine.searchSolver();
  const { run, budget } = place;
  const model = await engine.models.open(
    { run, ...chat.asked, ...(budget ? { budget } : {}) },
    signal,
  );
  if (model.name !== chat.model) {
    throw new UserError({
      code: 'otherSettings',
      message: `The run was begun with the model ${chat.model}; this is ${model.name}`,
      mend: 'Use the same model, or another run id.',
    });
  }
  return engine.chatSolver(model, { ...chat, seed });
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

/** What a run may cost at most; undefined where nothing bounds it. */
export function budgetOf(
  request: Pick<SolveRequest, 'maxTokensTotal' | 'maxUsd' | 'maxCalls' | 'maxMinutes'>,
): { readonly budget?: BudgetLimits } {
  const { maxTokensTotal, maxUsd, maxCalls, maxMinutes } = request;
  const budget: BudgetLimits = {
    ...(maxTokensTotal === undefined ? {} : { maxTokens: maxTokensTotal }),
    ...(maxUsd === undefined ? {} : { maxUsd }),
    ...(maxCalls === undefined ? {} : { maxCalls }),
    ...(maxMinutes === undefined ? {} : { maxWallMs: maxMinutes * 60_000 }),
  };
  return Object.keys(budget).length === 0 ? {} : { budget };
}

const chatOnly = [
  'model',
  'baseUrl',
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
