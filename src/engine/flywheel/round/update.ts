import type { DatasetRecord, Pair } from '../../datasets/pair';
import { readVersion } from '../../datasets/version';
import type { Task } from '../../domain/task';
import type { RoundContext } from './context';
import type { Generation } from './generation';
import { updateChat } from './updateChat';
import { updateSearch } from './updateSearch';
import { verifiedPairs } from './verifiedPairs';
import type { PolicyExample } from '../../solvers/search/policy/example';

export interface Updated {
  readonly generation: Generation;
  readonly pairs: number;
  /** Examples of earlier rounds that were trained on once more. */
  readonly replayed: number;
  /** Programs that were not admitted, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly dataset?: string;
  /** What search repair was trained on: replayed in the rounds that follow. */
  readonly examples: readonly PolicyExample[];
}

export interface UpdateAbout {
  readonly round: number;
  /** Runs whose trajectories are learned from. */
  readonly parts: readonly string[];
  /** The run that holds repaired trajectories, where there are any. */
  readonly mended: string | null;
  readonly heldOut: readonly Task[];
  readonly generation: Generation;
}

/** How one kind of solver is updated from what was verified. */
export type Learner = (
  context: RoundContext,
  about: UpdateAbout,
  pairs: readonly Pair[],
) => Promise<Omit<Updated, 'pairs' | 'refused'>>;

/**
 * What was verified becomes what the solver knows. Without anything to learn from the generation
 * stays the one that it was.
 */
export async function update(context: RoundContext, about: UpdateAbout): Promise<Updated> {
  const { goals } = context;
  const earlier = about.round === 1 ? await earlierRecords(goals.replay.from) : [];
  const parts = learnedFrom(about);
  const { pairs, refused } = await verifiedPairs(context, { ...about, parts, earlier });
  const learn: Learner = goals.solver.kind === 'search' ? updateSearch : updateChat;
  return { ...(await learn(context, about, pairs)), pairs: pairs.length, refused };
}

/** Repaired ones first: of equal programs the first stays, and these come with a reason. */
export function learnedFrom({ parts, mended }: UpdateAbout): readonly string[] {
  return mended === null ? parts : [mended, ...parts];
}

/** Of a dataset that somebody names: verified again as all others are. */
async function earlierRecords(folder: string | undefined): Promise<readonly DatasetRecord[]> {
  if (folder === undefined) return [];
  const { records } = await readVersion(folder);
  return records.filter(({ answer }) => answer !== null);
}
