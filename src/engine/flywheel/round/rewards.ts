import { hiddenTests, visibleTests, type Task } from '../../domain/task';
import { isAboutProgram, passedCount, type Verdict } from '../../domain/verdict';
import type { RecordedTrajectory, RecordedTurn } from '../../journal/questions';

/** A visible test counts so much of a hidden one: a copy of what is shown is worth little. */
const visibleWeight = 0.25;
/** Of a program that does not compile, and where there is no program at all. */
const noProgram = -0.1;

/**
 * Reward of one answer: the weighted share of all tests that it passes, from -0.1 to 1. Null where
 * our own fault kept it from being judged. Hidden tests nobody asked count as the visible ones did.
 */
export function rewardOf(
  task: Task,
  visible: Verdict | undefined,
  hidden: Verdict | undefined,
): number | null {
  if (!visible) return noProgram;
  if (!isAboutProgram(visible) || (hidden && !isAboutProgram(hidden))) return null;
  if (visible.status === 'notCompiled') return noProgram;
  const [ofVisible, ofHidden] = [visibleTests(task).length, hiddenTests(task).length];
  const shown = ofVisible === 0 ? 0 : passedCount(visible) / ofVisible;
  const unseen = hidden ? passedCount(hidden) / Math.max(1, ofHidden) : shown;
  const weight = visibleWeight * ofVisible + ofHidden;
  return weight === 0 ? 0 : (visibleWeight * ofVisible * shown + ofHidden * unseen) / weight;
}

/** Reward of the answer of a trajectory. */
export function sampleReward(task: Task, { turns, outcome }: RecordedTrajectory): number | null {
  if (!outcome || outcome.stop === 'infrastructure') return null;
  const answer = turns.find(({ record }) => record.number === outcome.answer);
  return rewardOf(task, answer?.verdict, answer?.score);
}

/**
 * Rewards of one search as of several: the same search with half the bound, a quarter of it, and so
 * on. A search draws nothing by chance, and what more candidates bring is what it could learn to
 * find with fewer. The largest bound first.
 */
export function searchRewards(
  task: Task,
  trajectory: RecordedTrajectory,
  samples: number,
  maxCandidates: number,
): number[] {
  const { turns, start, outcome } = trajectory;
  if (!outcome || outcome.stop === 'infrastructure') return [];
  const answer = turns.find(({ record }) => record.number === outcome.answer);
  let judged = 0;
  const reached = turns.map((turn) => ({ turn, judged: (judged += turn.record.screened) }));
  const rewards = Array.from({ length: samples }, (_, place) => {
    const bound = maxCandidates / 2 ** place;
    const within = reached.filter((one) => one.judged <= bound).map(({ turn }) => turn);
    const best = bestOf(within);
    if (!best) return rewardOf(task, start, undefined);
    // The answer is chosen among all that pass; its score stands for theirs.
    const hidden = best.verdict.status === 'passed' ? answer?.score : undefined;
    return rewardOf(task, best.verdict, hidden);
  });
  return rewards.filter((reward) => reward !== null);
}

function bestOf(turns: readonly RecordedTurn[]): RecordedTurn | undefined {
  let best: RecordedTurn | undefined;
  for (const turn of turns) {
    if (!best || passedCount(turn.verdict) > passedCount(best.verdict)) best = turn;
  }
  return best;
}

/** Candidates judged up to the first program that passed; the bound where the answer is wrong. */
export function candidatesToFix(
  { turns, outcome }: RecordedTrajectory,
  maxCandidates: number,
): number | null {
  if (!outcome || outcome.stop === 'infrastructure' || outcome.passedHidden === null) return null;
  if (!outcome.passedHidden) return maxCandidates;
  let judged = 0;
  for (const { record } of turns) {
    judged += record.screened;
    if (record.status === 'passed') break;
  }
  return Math.min(judged, maxCandidates);
}
