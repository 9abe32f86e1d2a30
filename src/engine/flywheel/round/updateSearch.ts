import { untaughtPolicy } from '../../solvers/search/policy/editPolicy';
import type { PolicyExample } from '../../solvers/search/policy/example';
import { writePolicy } from '../../solvers/search/policy/policyFile';
import { trainPolicy } from '../../solvers/search/policy/train';
import { writeLines } from '../../files/writeLines';
import { artefact } from './artefacts';
import { stepKey, type RoundContext } from './context';
import { examplesFrom } from './policyExamples';
import type { Learner, Updated } from './update';

/** Trains the policy of search repair on the ways to verified programs, with earlier ones mixed in. */
export const updateSearch: Learner = async (context, { round, generation }, pairs) => {
  const { engine, goals, signal } = context;
  const unchanged = { generation, replayed: 0, examples: [] };
  if (goals.solver.kind !== 'search' || !goals.solver.learns) return unchanged;
  const examples = await examplesFrom(context, pairs);
  const { policy, report } = await trainPolicy({
    ...{ syntax: await engine.syntax(), examples, signal },
    previous: generation.policy ?? untaughtPolicy,
    replay: examplesBefore(context, round),
    settings: {
      ...{ replayShare: goals.replay.share, perTask: goals.perTask, seed: goals.seed },
    },
    name: `${goals.name}, round ${String(round)}`,
  });
  if (report.used === 0) return unchanged;
  await writePolicy(artefact(context, `round-${String(round)}.policy.json`), policy);
  const lines = examples.map((example) => JSON.stringify(example));
  await writeLines(artefact(context, `round-${String(round)}.examples.jsonl`), lines, signal);
  // The number of the round: generations that were rolled back keep theirs.
  return {
    ...{ generation: { ...generation, number: round, policy }, examples },
    replayed: report.replayed,
  };
};

/** All that was verified in earlier rounds, whether the solver that learned it was kept or not. */
function examplesBefore({ engine, run }: RoundContext, round: number): readonly PolicyExample[] {
  const { kind } = stepKey(0, 'update');
  return engine.journal
    .effects(run.id, [kind])
    .filter(({ sample }) => sample < round)
    .flatMap(({ value }) => (value as Updated).examples);
}
