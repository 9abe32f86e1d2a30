import type { MixWarning } from '../../domain/rounds';
import { isOurs, type Task } from '../../domain/task';
import { faultsBeside } from '../../tasks/makers/otherFaults';
import { shapeOf } from '../../syntax/shape';
import type { Syntax } from '../../syntax/parser';
import { gateRun } from '../gateRun';
import type { Chosen } from './choose';
import type { RoundContext } from './context';
import { topicOf } from './fits';
import { evolveWithModel } from './evolveWithModel';
import { diversityOf, mixPools, warningsOf, type Diversity } from './mix';

export interface Evolved {
  readonly made: readonly Task[];
  readonly rejected: Readonly<Record<string, number>>;
  readonly pool: readonly Task[];
  readonly old: number;
  readonly new: number;
  readonly warnings: readonly MixWarning[];
}

/**
 * New tasks from the chosen ones, through the same gate as all tasks, and the pool that they make
 * with a share of the old. Children stay in the family of their parent.
 */
export async function evolve(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly pool: readonly Task[];
    /** The pool that the run began with. */
    readonly first: readonly Task[];
    readonly chosen: Chosen;
  },
): Promise<Evolved> {
  const { engine, goals, run, signal } = context;
  const { round, pool, first, chosen } = about;
  const [judge, syntax] = await Promise.all([engine.judge(), engine.syntax()]);
  const parents = pool.filter((_, place) => chosen.weighed[place]?.isChosen === true);
  const { variants } = goals.evolve;
  const how = {
    id: `${run.id}/${String(round)}/evolve`,
    title: `${goals.name}, round ${String(round)}`,
    settings: { parents: parents.map(({ hash }) => hash), variants, seed: goals.seed },
    ...{ heldOut: [], before: pool, seed: goals.seed, signal },
  };
  const made = await gateRun(engine, how, async (admission, gating) => {
    for (const [place, parent] of parents.entries()) {
      run.note({ done: place, total: parents.length });
      // Faults make tasks to repair. Tasks to write are evolved by a model, or stay as they are.
      if (goals.ability !== 'repair') continue;
      const { tasks, refused } = await faultsBeside(parent, {
        ...{ syntax, judge, signal, count: variants },
        seed: goals.seed + round,
        edits: editsFor(chosen, parent),
      });
      for (const one of refused) await admission.refuse(one);
      for (const task of tasks) await admission.take(task);
    }
    if (goals.evolve.model !== undefined) {
      await evolveWithModel(context, { round, parents, admission, run: gating });
    }
    return { tasks: [...admission.admitted], rejected: admission.reasons() };
  });
  const rewards = chosen.weighed.map((one) => one.rewards);
  const warnings = warningsOf(rewards, diversity(syntax, pool), diversity(syntax, first));
  const mixed = mixPools(pool, made.tasks, {
    ...{ old: goals.evolve.old, new: goals.evolve.new, seed: goals.seed, round, warnings },
    least: Math.min(pool.length, fewestInPool),
  });
  return { made: made.tasks, rejected: made.rejected, ...mixed };
}

/** A pool that shrinks below this is filled up with old tasks. */
const fewestInPool = 8;

/** Where all samples are right nothing is left to learn from one edit, where all fail several ask too much. */
function editsFor({ weighed }: Chosen, parent: Task): 'single' | 'several' | 'any' {
  const rewards = weighed.find(({ task }) => task === parent.hash)?.rewards ?? [];
  if (rewards.length === 0) return 'any';
  if (rewards.every((reward) => reward >= 1)) return 'several';
  return rewards.every((reward) => reward < 1) ? 'single' : 'any';
}

function diversity(syntax: Syntax, tasks: readonly Task[]): Diversity {
  const keys = tasks.map(({ language, starter = '', hash }) =>
    isOurs(language) && starter !== '' ? shapeOf(syntax, language, starter) : hash,
  );
  return diversityOf(keys, tasks.map(topicOf));
}
