import path from 'node:path';
import { hashOf } from '../../domain/hash';
import type { RoundStep, RoundView } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { writeWhole } from '../../files/atomicWrite';
import { driven } from '../driven';
import type { Engine } from '../engine';
import { HeldOutSets } from '../heldOutSets';
import { Notifier } from '../notifier';
import { refuseMissingLayers } from '../refuseUnjudged';
import type { RunListener } from '../workbench';
import { acquire, type Acquired } from './acquire';
import { artefact } from './artefacts';
import { Allowance, spentBefore } from './allowance';
import { chooseTasks, type Chosen } from './choose';
import { compareRound } from './compare';
import { step, type ConfirmStep, type RoundContext } from './context';
import { evolve, type Evolved } from './evolve';
import { generationHash, untaught, type Generation } from './generation';
import { readGoals, type Goals } from './goals';
import { editedLessons } from './lessonsFile';
import { talliesIn, weakestCells, type Tallied } from './measure';
import { mendFailed } from './mend';
import { nextGoals } from './nextGoals';
import { solvePart, trajectoriesIn } from './part';
import { roundsOf } from './questions';
import { sampleReward, searchRewards } from './rewards';
import { update, type Updated } from './update';

export interface RoundsRequest {
  /** `*.goals.json`. */
  readonly goalFile: string;
  /** So many are done in all, those of earlier sittings included. */
  readonly rounds: number;
  /** The same id again goes on. */
  readonly run: string;
  /** Where a chat model that was trained on the data of the last round answers. */
  readonly next?: { readonly model: string; readonly baseUrl?: string };
}

export interface RoundsResult {
  readonly run: string;
  readonly rounds: readonly RoundView[];
  /** The goals of the next rounds, written from the weakest cells. */
  readonly nextGoals: string | null;
  readonly candidates: number;
  readonly seconds: number;
}

/** Kind of the run that holds what rounds came to; their trajectories stand in parts. */
export const roundsKind = 'rounds';

/**
 * Rounds of the wheel: measure, choose, evolve, solve, update, measure again, and begin anew with
 * what is kept. Every step is recorded whole; killed at any place, the same request goes on and
 * comes to the same.
 */
export async function runRounds(
  engine: Engine,
  request: RoundsRequest,
  confirm: ConfirmStep,
  listener: RunListener,
  signal: AbortSignal,
): Promise<RoundsResult> {
  const began = performance.now();
  const goals = await readGoals(request.goalFile);
  await refuseMissingLayers(engine);
  const { journal } = engine;
  const run = journal.drive({
    id: request.run,
    ...{ kind: roundsKind, title: goals.name, settings: frozen(goals) },
    solver: goals.solver.kind === 'chat' ? `chat ${goals.solver.model}` : 'search-repair',
  });
  run.note({ goals: { file: path.resolve(request.goalFile), rounds: request.rounds } });
  const notifier = new Notifier(journal, run.id, listener, engine.models.spentBy);
  const allowance = new Allowance(goals.budget, spentBefore(journal, run.id));
  const context: RoundContext = {
    ...{ engine, goals, run, notifier, allowance, confirm, signal },
    ...(request.next ? { next: request.next } : {}),
  };
  return driven(run, notifier, signal, async () => {
    const acquired = await acquire(context);
    let state: State = {
      generation: untaught,
      pool: acquired.pool,
      focus: goals.focus,
      goalsFile: null,
    };
    for (let number = 1; number <= request.rounds; number++) {
      state = await oneRound(context, acquired, state, number);
    }
    return {
      run: run.id,
      // A later one may have been begun before.
      rounds: roundsOf(journal, run.id).filter(({ number }) => number <= request.rounds),
      nextGoals: state.goalsFile,
      // By what is recorded: work that was lost to a kill is no part of what came out.
      candidates: spentBefore(journal, run.id).candidates,
      seconds: (performance.now() - began) / 1000,
    };
  }).finally(() => engine.models.close(run.id));
}

/** What may change from sitting to sitting is left out. */
function frozen({ budget: _, autonomy: _autonomy, $schema: _schema, ...rest }: Goals): object {
  return rest;
}

/** What one round hands to the next. */
interface State {
  readonly generation: Generation;
  readonly pool: readonly Task[];
  readonly focus: Goals['focus'];
  readonly goalsFile: string | null;
}

async function oneRound(
  context: RoundContext,
  acquired: Acquired,
  state: State,
  number: number,
): Promise<State> {
  const { goals, run } = context;
  const { pool } = state;
  const lessons = await editedLessons(context, number, state.generation.lessons);
  const generation = { ...state.generation, lessons };
  const { heldOut, heldOutHash } = acquired;
  const bound = goals.solver.kind === 'search' ? goals.solver.maxCandidates : goals.solver.turns;
  const asked = (name: RoundStep, tasks: number) => ({
    ...{ round: number, step: name, tasks },
    candidates: tasks * bound,
  });
  const solver = generationHash(generation);
  const tasksOf = (tasks: readonly Task[]): string => hashOf(tasks.map(({ hash }) => hash));

  const before = await step(
    context,
    asked('measure', heldOut.length),
    { heldOutHash, solver },
    () => measure(context, acquired, generation, number),
  );
  const choosing = `${run.id}/${String(number)}/choose`;
  const chosen = await step(
    context,
    asked('choose', pool.length),
    { pool: tasksOf(pool), solver, focus: state.focus },
    async (): Promise<Chosen> => {
      const title = titleOf(goals, number, 'choose');
      const seed = seedOf(goals, number);
      await solvePart(context, { id: choosing, title, tasks: pool, generation, seed });
      const rewards = rewardsIn(context, choosing, pool);
      return chooseTasks(pool, rewards, { ...goals, focus: state.focus, round: number });
    },
  );
  const parents = chosen.weighed.filter(({ isChosen }) => isChosen);
  const evolved = await step(
    context,
    asked('evolve', parents.length),
    { chosen: parents.map(({ task }) => task) },
    (): Promise<Evolved> => evolve(context, { round: number, pool, first: acquired.pool, chosen }),
  );
  const known = new Set(pool.map(({ hash }) => hash));
  const fresh = evolved.pool.filter(({ hash }) => !known.has(hash));
  const solving = `${run.id}/${String(number)}/solve`;
  const solved = await step(
    context,
    asked('solve', fresh.length),
    { tasks: tasksOf(fresh), solver },
    async () => {
      const title = titleOf(goals, number, 'solve');
      const seed = seedOf(goals, number);
      await solvePart(context, { id: solving, title, tasks: fresh, generation, seed });
      const told = talliesIn(context.engine.journal, solving, fresh, generation, null);
      const parts = [choosing, solving];
      const mended =
        goals.solver.kind === 'chat'
          ? await mendFailed(context, { round: number, parts, generation })
          : null;
      return {
        ...{ mended, run: solving, tasks: fresh.length },
        solved: told.tallies.filter(({ c }) => c > 0).length,
      };
    },
  );
  const updated = await step(
    context,
    asked('update', pool.length + fresh.length),
    { solver },
    (): Promise<Updated> =>
      update(context, {
        ...{ round: number, parts: [choosing, solving], heldOut, generation },
        mended: solved.mended,
      }),
  );
  const compared = await step(
    context,
    asked('compare', heldOut.length),
    { before: before.measured.run, solver: generationHash(updated.generation) },
    async () => {
      const isSame = generationHash(updated.generation) === solver;
      const after = isSame ? before : await measure(context, acquired, updated.generation, number);
      const comparison = compareRound(heldOut, before, after, {
        ...{ seed: goals.seed, round: number, isSame },
      });
      // Weak cells are sought among tasks to learn from: held-out ones only measure.
      const tried = [...pool, ...fresh];
      const { journal } = context.engine;
      const tallies = [
        ...talliesIn(journal, choosing, pool, generation, null).tallies,
        ...talliesIn(journal, solving, fresh, generation, null).tallies,
      ];
      return { ...comparison, weakest: weakestCells(tried, tallies) };
    },
  );
  const focus = compared.weakest.map(({ language, concept, fault }) => ({
    language,
    concept,
    fault,
  }));
  const goalsFile = await writeGoals(context, number, { ...goals, focus });
  return {
    generation: compared.isKept ? updated.generation : generation,
    pool: evolved.pool,
    ...{ focus, goalsFile },
  };
}

/** A search does the same on the same tasks, so it is measured once for each generation. */
async function measure(
  context: RoundContext,
  { heldOut }: Acquired,
  generation: Generation,
  round: number,
): Promise<Tallied> {
  const { engine, goals, run } = context;
  const isSearch = goals.solver.kind === 'search';
  const name = generationHash(generation).slice(0, 12);
  const id = `${run.id}/measure/${name}${isSearch ? '' : `/${String(round)}`}`;
  const title = `${goals.name}, generation ${String(generation.number)} on held-out tasks`;
  const seed = seedOf(goals, round);
  await solvePart(context, { id, title, tasks: heldOut, generation, seed });
  const sets = await HeldOutSets.open(engine.journal.file);
  await sets.look(heldOut, id, new Date());
  const bound = goals.solver.kind === 'search' ? goals.solver.maxCandidates : null;
  return talliesIn(engine.journal, id, heldOut, generation, bound);
}

function rewardsIn({ engine, goals }: RoundContext, part: string, pool: readonly Task[]) {
  const { solver, samples } = goals;
  return pool.map((task) => {
    const tried = trajectoriesIn(engine.journal, part, task.hash);
    const [first] = tried;
    if (solver.kind === 'search') {
      return first ? searchRewards(task, first, samples, solver.maxCandidates) : [];
    }
    return tried.flatMap((one) => sampleReward(task, one) ?? []);
  });
}

/** Samples of each round are draws of their own. */
function seedOf({ seed }: Goals, round: number): number {
  return seed * 1000 + round;
}

function titleOf({ name }: Goals, round: number, what: string): string {
  return `${name}, round ${String(round)}: ${what}`;
}

async function writeGoals(context: RoundContext, round: number, goals: Goals): Promise<string> {
  const file = artefact(context, `round-${String(round)}.goals.json`);
  await writeWhole(file, nextGoals(goals));
  return file;
}
