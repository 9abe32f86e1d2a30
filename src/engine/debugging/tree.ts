import { sha256 } from '../domain/hash';
import type { Turn } from '../domain/trajectory';
import { passedCount } from '../domain/verdict';
import { betaSample } from '../statistics/betaSample';

/** How much a pass fraction weighs against the number of times that a program was refined. */
const confidence = 20;

/**
 * Which failing program to refine next, drawn by Thompson sampling: REx (Tang et al. 2024,
 * 2405.17503). The reward of refining a program with pass fraction h that was refined n times is
 * believed to be Beta(1 + C h, 1 + C (1 - h) + n). The empty program (h = 0) stands among them; null
 * where it is drawn, for a fresh sample.
 */
export function drawNode(turns: readonly Turn[], random: () => number): Turn | null {
  const fresh = turns.filter(({ candidate }) => candidate.told?.approach !== 'refine').length;
  let drawn: Turn | null = null;
  let highest = betaSample(random, 1, 1 + confidence + fresh);
  const seen = new Set<string>();
  for (const turn of turns) {
    const hash = sha256(turn.candidate.program);
    if (seen.has(hash)) continue;
    seen.add(hash);
    const { tests } = turn.verdict;
    const share = tests.length === 0 ? 0 : passedCount(turn.verdict) / tests.length;
    const refined = turns.filter(({ candidate }) => candidate.parent === hash).length;
    const value = betaSample(
      random,
      1 + confidence * share,
      1 + confidence * (1 - share) + refined,
    );
    if (value > highest) {
      highest = value;
      drawn = turn;
    }
  }
  return drawn;
}
