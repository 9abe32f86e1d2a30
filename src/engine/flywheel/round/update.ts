import type { Task } from '../../domain/task';
import type { RoundContext } from './context';
import type { Generation } from './generation';
import { verifiedPairs } from './verifiedPairs';

export interface Updated {
  readonly generation: Generation;
  readonly pairs: number;
  readonly replayed: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly dataset?: string;
}

/**
 * What was verified becomes what the solver knows. Without anything verified the generation stays
 * the one that it was.
 */
export async function update(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly parts: readonly string[];
    readonly heldOut: readonly Task[];
    readonly generation: Generation;
  },
): Promise<Updated> {
  const { generation } = about;
  const { pairs, refused } = await verifiedPairs(context, about);
  return { generation, pairs: pairs.length, replayed: 0, refused };
}
