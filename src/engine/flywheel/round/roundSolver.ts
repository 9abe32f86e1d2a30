import type { LoopSettings } from '../../debugging/selfDebug';
import type { Solver } from '../../domain/ports';
import type { Json } from '../../domain/json';
import { alwaysTold, withLessons } from '../../memory/toldLessons';
import type { BudgetLimits } from '../../models/budgets';
import { chatDefaults } from '../solverFor';
import { metered } from './allowance';
import type { RoundContext } from './context';
import type { Part } from './part';
import type { Generation } from './generation';
import type { Goals } from './goals';

/** The solver of a generation, with all that changes what it does. */
export interface RoundSolver {
  readonly solver: Solver;
  readonly name: string;
  /** Trajectories of each task. */
  readonly samples: number;
  readonly loop: LoopSettings;
  readonly settings: Readonly<Record<string, Json>>;
  readonly concurrency: number;
  readonly maxUnjudged?: number;
}

/** Trajectories of a chat model at a time: they mostly wait. */
const chatConcurrency = 16;
const unjudgedPerWorker = 8;

export interface RoundSolverHow {
  readonly seed: number;
  readonly told?: readonly string[] | undefined;
  readonly turns?: number | undefined;
  readonly instead?: Part['instead'] | undefined;
}

/** A search draws nothing by chance, so it is asked once; a chat model as often as goals say. */
export async function roundSolver(
  context: RoundContext,
  generation: Generation,
  how: RoundSolverHow,
): Promise<RoundSolver> {
  const { engine, goals, allowance } = context;
  const { solver: asked } = goals;
  if (asked.kind === 'search') {
    const taught = await engine.searchSolver(generation.policy ?? undefined);
    const solver = metered(taught, allowance);
    const { maxCandidates } = asked;
    return {
      ...{ solver, name: solver.name, samples: 1, concurrency: engine.workers + 1 },
      loop: { maxTurns: null, maxCandidates },
      settings: { maxCandidates, solver: solver.name },
    };
  }
  return chatSolverOf(context, asked, generation, how);
}

async function chatSolverOf(
  { engine, goals, run, allowance, signal }: RoundContext,
  asked: Extract<RoundContext['goals']['solver'], { kind: 'chat' }>,
  { endpoint, lessons }: Generation,
  { seed, told = [], turns: maxTurns = asked.turns, instead }: RoundSolverHow,
): Promise<RoundSolver> {
  const baseUrl = endpoint ? endpoint.baseUrl : asked.baseUrl;
  // One budget for all parts: that of the run of the rounds.
  const model = await engine.models.open(
    {
      run: run.id,
      model: endpoint?.model ?? asked.model,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      budget: roundBudget(goals),
    },
    signal,
  );
  const samples = instead ? 1 : goals.samples;
  const temperature = asked.temperature ?? null;
  const { feedback, strategy, breadth, maxReplyTokens } = chatDefaults;
  const chat = { samples, temperature, maxReplyTokens };
  const proposing = instead?.solver(model) ?? (await engine.chatSolver(model, { ...chat, seed }));
  const untold = metered(proposing, allowance);
  const solver = instead ? untold : alwaysTold(withLessons(untold, lessons), told);
  return {
    ...{ solver, samples, concurrency: chatConcurrency },
    name: `${solver.name} ${model.name}`,
    loop: {
      maxTurns,
      maxCandidates: maxTurns * breadth,
      // What takes the place of the solver gives its own reasons.
      debugging: { feedback: instead ? 'test' : feedback, strategy, breadth, seed },
    },
    settings: {
      seed,
      maxTurns,
      told: [...told],
      instead: instead?.hash ?? null,
      chat: { ...chat, model: model.name },
    },
    maxUnjudged: engine.workers * unjudgedPerWorker,
  };
}

/** What chat models may use over all rounds of a run. */
export function roundBudget({ budget }: Goals): BudgetLimits {
  const { tokens, usd, minutes } = budget;
  return {
    ...(tokens === undefined ? {} : { maxTokens: tokens }),
    ...(usd === undefined ? {} : { maxUsd: usd }),
    ...(minutes === undefined ? {} : { maxWallMs: minutes * 60_000 }),
  };
}
