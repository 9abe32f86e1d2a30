import { sha256 } from '../domain/hash';
import { programFor, type Effects, type Judge } from '../domain/ports';
import { effectKinds } from '../domain/records';
import { hiddenTests, type Task } from '../domain/task';
import type { Score, Trajectory, Turn } from '../domain/trajectory';
import { passedCount } from '../domain/verdict';

/**
 * Judges a trajectory on hidden tests: each turn that was, when it came, the best so far on
 * visible tests, and the answer. So the answer of every earlier stop is scored too. Empty with no
 * hidden tests.
 */
export async function scoreTrajectory(options: {
  readonly task: Task;
  readonly trajectory: Trajectory;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
}): Promise<Score[]> {
  const { task, trajectory, judge, effects, signal } = options;
  const tests = hiddenTests(task);
  if (tests.length === 0) return [];
  const scores: Score[] = [];
  for (const turn of scored(trajectory)) {
    const key = {
      task: task.hash,
      sample: trajectory.sample,
      turn: turn.number,
      kind: effectKinds.score,
      ordinal: 0,
    };
    const { program } = turn.candidate;
    const verdict = await effects.once(key, { program: sha256(program) }, async () => {
      const found = await judge.judge(programFor(task, program), tests, task.limits, signal);
      signal.throwIfAborted();
      return found;
    });
    scores.push({ turn: turn.number, verdict });
  }
  return scores;
}

function scored({ turns, answer }: Trajectory): Turn[] {
  const standing = standingAnswers(turns);
  const chosen = answer === null ? undefined : turns[answer];
  return chosen && !standing.includes(chosen) ? [...standing, chosen] : standing;
}

/** The turns that passed more visible tests than every turn before them. */
function standingAnswers(turns: readonly Turn[]): Turn[] {
  const standing: Turn[] = [];
  for (const turn of turns) {
    const best = standing.at(-1);
    if (!best || passedCount(turn.verdict) > passedCount(best.verdict)) standing.push(turn);
  }
  return standing;
}
