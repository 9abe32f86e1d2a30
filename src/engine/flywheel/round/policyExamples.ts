import { answerOf, type Pair } from '../../datasets/pair';
import { concurrently } from '../../domain/concurrently';
import { effectKinds } from '../../domain/records';
import { problemOf } from '../../domain/task';
import type { Candidate } from '../../domain/trajectory';
import type { Journal } from '../../journal/journal';
import type { PolicyExample } from '../../solvers/search/policy/example';
import { examplesOf, pathTo } from '../../solvers/search/policy/makeExamples';
import type { RoundContext } from './context';

/**
 * What verified pairs show of the order in which edits are to be tried: each edit on the way from
 * the faulty program to the verified one. A pair whose way cannot be followed shows nothing.
 */
export async function examplesFrom(
  context: RoundContext,
  pairs: readonly Pair[],
): Promise<PolicyExample[]> {
  const { engine, signal, run } = context;
  const [judge, syntax] = await Promise.all([engine.judge(), engine.syntax()]);
  let done = 0;
  const made = await concurrently(pairs, engine.workers, signal, async (pair) => {
    const { task } = pair;
    const path = pathOf(engine.journal, pair);
    run.note({ done: ++done, total: pairs.length });
    if (path === null) return [];
    const problem = problemOf(task);
    const { examples } = await examplesOf({
      ...{ problem, family: task.family, path, judge, syntax, signal },
    });
    return examples;
  });
  return made.flat();
}

/** As the search named parents; of pairs from elsewhere the two ends alone. */
function pathOf(journal: Journal, pair: Pair): readonly string[] | null {
  const { task, run, sample } = pair;
  const { starter } = task;
  if (starter === undefined) return null;
  const { program } = answerOf(pair);
  if (pair.isReplay) return [starter, program];
  const candidates = journal
    .effects(run, [effectKinds.propose], task.hash)
    .filter((effect) => effect.sample === sample)
    .flatMap(({ value }) => (Array.isArray(value) ? (value as readonly Candidate[]) : []));
  const verified = candidates.find((candidate) => candidate.program === program);
  return verified ? pathTo(starter, candidates, verified) : null;
}
