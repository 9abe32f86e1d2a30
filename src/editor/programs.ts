import type { TaskStory } from '../engine/domain/view';

/**
 * Text of the program of a turn, or of the starter for turn 0 (empty where the task has none);
 * null where the journal has it no longer.
 */
export async function programOf(
  story: TaskStory,
  turn: number,
  source: { program(hash: string): Promise<string | null> },
): Promise<string | null> {
  const told = turn === 0 ? story.starter : story.turns.find(({ number }) => number === turn);
  if (told === undefined) return turn === 0 ? '' : null;
  if (told.program === null) return null;
  return sha256.test(told.program) ? source.program(told.program) : told.program;
}

const sha256 = /^[0-9a-f]{64}$/;

/** The turn that a turn is compared with: what it was made from, or 0, the starter. */
export function turnBefore(story: TaskStory, turn: number): number {
  const against = story.turns.find(({ number }) => number === turn)?.against;
  if (against !== undefined) return against;
  const earlier = story.turns.map(({ number }) => number).filter((number) => number < turn);
  return Math.max(0, ...earlier);
}
