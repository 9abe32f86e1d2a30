import type { LoopSettings } from '../../debugging/selfDebug';
import type { Solver } from '../../domain/ports';
import type { Json } from '../../domain/json';
import { chatDefaults } from '../solverFor';
import { metered } from './allowance';
import type { RoundContext } from './context';
import type { Generation } from './generation';

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

/** A search draws nothing by chance, so it is asked once; a chat model as often as goals say. */
export async function roundSolver(
  context: RoundContext,
  generation: Generation,
  seed: number,
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
  return chatSolverOf(context, asked, generation, seed);
}

async function chatSolverOf(
  { engine, goals, run, allowance, signal }: RoundContext,
  asked: Extract<RoundContext['goals']['solver'], { kind: 'chat' }>,
  { endpoint }: Generation,
  seed: number,
): Promise<RoundSolver> {
  const { tokens, usd, minutes } = goals.budget;
  const baseUrl = endpoint ? endpoint.baseUrl : asked.baseUrl;
  // One budget for all parts: that of the run of the rounds.
  const model = await engine.models.open(
    {
      run: run.id,
      model: endpoint?.model ?? asked.model,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      budget: {
        ...(tokens === undefined ? {} : { maxTokens: tokens }),
        ...(usd === undefined ? {} : { maxUsd: usd }),
        ...(minutes === undefined ? {} : { maxWallMs: minutes * 60_000 }),
      },
    },
    signal,
  );
  const { samples } = goals;
  const temperature = asked.temperature ?? null;
  const { feedback, strategy, breadth, maxReplyTokens } = chatDefaults;
  const chat = { samples, temperature, maxReplyTokens };
  const solver = metered(await engine.chatSolver(model, { ...chat, seed }), allowance);
  return {
    ...{ solver, samples, concurrency: chatConcurrency },
    name: `${solver.name} ${model.name}`,
    loop: {
      maxTurns: asked.turns,
      maxCandidates: asked.turns * breadth,
      debugging: { feedback, strategy, breadth, seed },
    },
    settings: { seed, maxTurns: asked.turns, chat: { ...chat, model: model.name } },
    maxUnjudged: engine.workers * unjudgedPerWorker,
  };
}
