import { stat } from 'node:fs/promises';
import type { Cost, RoundsEstimate, RoundsPlan } from '../../domain/roundsStory';
import { readTasks } from '../../tasks/readTasks';
import type { Engine } from '../engine';
import { estimateSolve } from '../estimateSolve';
import { readGoals, type Goals } from './goals';

/**
 * What rounds may come to at most, before anything is begun: every task that is made, and none
 * solved before its bound. A folder is taken to give as many tasks as its goals allow.
 */
export async function estimateRounds(
  engine: Engine,
  { goalFile, rounds }: RoundsPlan,
  signal: AbortSignal,
): Promise<RoundsEstimate> {
  const goals = await readGoals(goalFile);
  const { solver, name, autonomy, budget } = goals;
  const areMade = await isDirectory(goals.tasks);
  const tasks = areMade ? goals.limit : await count(engine, goals.tasks);
  const measured =
    goals.heldOut.tasks === undefined ? null : await count(engine, goals.heldOut.tasks);
  signal.throwIfAborted();
  const trajectories = trajectoriesOf(goals, { tasks, measured, rounds });
  const told = { name, autonomy, budget, tasks, areMade, trajectories };
  if (solver.kind === 'search') {
    const candidates = trajectories * solver.maxCandidates;
    return { ...told, solver: 'search', model: null, candidates, likely: null, atMost: null };
  }
  const model = { ...told, solver: 'chat', model: solver.model, candidates: null } as const;
  if (areMade) return { ...model, likely: null, atMost: null };
  const { model: named, baseUrl, turns } = solver;
  const request = {
    ...({ tasksFile: goals.tasks, solver: 'chat', model: named, turns, samples: 1 } as const),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  const once = await estimateSolve(engine, request, signal);
  const times = (cost: Cost): Cost => scaled(cost, trajectories / Math.max(1, once.tasks));
  return { ...model, likely: times(once.likely), atMost: times(once.atMost) };
}

/** Trajectories of all rounds at most, the last of them included. */
export function trajectoriesOf(
  goals: Pick<Goals, 'solver' | 'samples' | 'heldOut' | 'choose' | 'evolve'>,
  given: { readonly tasks: number; readonly measured: number | null; readonly rounds: number },
): number {
  const { solver, samples, heldOut, choose, evolve } = goals;
  const isSearch = solver.kind === 'search';
  const held = given.measured ?? Math.ceil(given.tasks * heldOut.share);
  let pool = given.measured === null ? given.tasks - held : given.tasks;
  let tried = 0;
  for (let round = 1; round <= given.rounds; round++) {
    const fresh = Math.ceil(Math.ceil(choose.share * pool) * evolve.variants * evolve.new);
    // A search does the same on the same tasks, and is measured once for each generation.
    const measuredBefore = isSearch && round > 1 ? 0 : held;
    tried += measuredBefore + pool + fresh + held;
    // Old tasks fill up where few new ones come.
    pool = Math.max(Math.ceil(evolve.old * pool) + fresh, pool);
  }
  return tried * (isSearch ? 1 : samples);
}

function scaled({ calls, tokens, usd }: Cost, by: number): Cost {
  return {
    calls: Math.ceil(calls * by),
    tokens: Math.ceil(tokens * by),
    usd: usd === null ? null : usd * by,
  };
}

async function count(engine: Engine, file: string): Promise<number> {
  const { tasks } = await readTasks(file, await engine.syntax());
  return new Set(tasks.map(({ hash }) => hash)).size;
}

async function isDirectory(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
