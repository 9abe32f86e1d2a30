import { hashOf } from '../../domain/hash';
import type { Task } from '../../domain/task';
import type { RecordedTrajectory } from '../../journal/questions';
import { MendingSolver, type Mending } from '../../solvers/mendingSolver';
import type { RoundContext } from './context';
import type { Generation } from './generation';
import { solvePart, trajectoriesIn } from './part';

/**
 * Repairs trajectories that failed where another sample of the same task was right, one of each
 * task, in a part of their own; its id, or null where there is nothing to repair. Chat models only:
 * a search gives no reasons.
 */
export async function mendFailed(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly parts: readonly string[];
    readonly generation: Generation;
  },
): Promise<string | null> {
  const { engine, goals, run } = context;
  const { round, parts, generation } = about;
  const mendings = new Map<string, Mending>();
  const tasks: Task[] = [];
  for (const part of parts) {
    for (const task of engine.journal.tasksOf(part)) {
      const mending = mendingOf(trajectoriesIn(engine.journal, part, task.hash));
      if (mending === null || mendings.has(task.hash)) continue;
      mendings.set(task.hash, mending);
      tasks.push(task);
    }
  }
  if (tasks.length === 0) return null;
  const id = `${run.id}/${String(round)}/mend`;
  await solvePart(context, {
    ...{ id, title: `${goals.name}, round ${String(round)}: repaired`, tasks, generation },
    ...{ seed: round, turns: 2 },
    instead: {
      solver: (model) => new MendingSolver({ mendings, model, seed: round }),
      hash: hashOf([...mendings]),
    },
  });
  return id;
}

/** The first program that fails visible tests, and the shortest that passes all. */
function mendingOf(tried: readonly RecordedTrajectory[]): Mending | null {
  const answers = tried.flatMap(({ turns, outcome }) => {
    const answer = turns.find(({ record }) => record.number === outcome?.answer);
    return answer && outcome ? [{ answer, outcome }] : [];
  });
  const right = answers
    .filter(({ outcome }) => outcome.passedHidden === true)
    .map(({ answer }) => answer.candidate.program)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
  const failed = answers.find(({ outcome }) => !outcome.solvedVisible)?.answer.candidate.program;
  return right === undefined || failed === undefined ? null : { failed, right };
}
