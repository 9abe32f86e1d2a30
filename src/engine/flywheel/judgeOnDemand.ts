import { concurrently } from '../domain/concurrently';
import { sha256 } from '../domain/hash';
import { programFor, type Judge } from '../domain/ports';
import { hiddenTests, visibleTests, type Task, type TestRole } from '../domain/task';
import { isAboutProgram, type Verdict } from '../domain/verdict';
import type { Engine } from './engine';
import { refuseUnjudged } from './refuseUnjudged';
import type { ProgressListener } from './workbench';

/** The parts of the engine that evaluation needs. */
export interface EvaluationEngine extends Pick<
  Engine,
  'journal' | 'hasJournal' | 'workers' | 'syntax' | 'report'
> {
  judge(): Promise<Judge>;
}

/** A program that evaluation has to know more of, and on which tests. */
export interface Wanted {
  readonly task: Task;
  readonly program: string;
  readonly role: TestRole;
}

export interface JudgedOnDemand {
  /** The verdict on one of the programs asked for. */
  readonly verdict: (wanted: Wanted) => Verdict | undefined;
  /** How many had to be judged; the others were known. */
  readonly judged: number;
}

/** Kind of the runs in which evaluation judges; they are not shown to people. */
const evaluationKind = 'evaluation';

/**
 * Judges each program once, in a run of its own whose effects stand under the program's hash: what
 * was judged before is answered from the journal. Never part of a loop, which knows no hidden test.
 */
export async function judgeOnDemand(
  engine: EvaluationEngine,
  wanted: readonly Wanted[],
  place: { readonly id: string; readonly title: string },
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<JudgedOnDemand> {
  const byKey = new Map(wanted.map((one) => [keyOf(one), one]));
  const verdicts = new Map<string, Verdict>();
  const verdict = (one: Wanted): Verdict | undefined => verdicts.get(keyOf(one));
  if (byKey.size === 0) return { verdict, judged: 0 };
  const run = engine.journal.drive({
    ...place,
    kind: evaluationKind,
    solver: '',
    settings: { version: 1 },
  });
  let ready: Promise<void> | undefined;
  let judged = 0;
  let done = 0;
  try {
    await concurrently(
      [...byKey],
      engine.workers * 2,
      signal,
      async ([key, { task, program, role }]) => {
        const effect = {
          task: task.hash,
          sample: 0,
          turn: 0,
          kind: `${role}/${sha256(program)}`,
          ordinal: 0,
        };
        const found = await run.once(
          effect,
          { program },
          async () => {
            ready ??= refuseUnjudged(
              engine,
              wanted.map((one) => one.task),
            );
            await ready;
            const judge = await engine.judge();
            judged++;
            const tests = role === 'hidden' ? hiddenTests(task) : visibleTests(task);
            const made = await judge.judge(programFor(task, program), tests, task.limits, signal);
            signal.throwIfAborted();
            return made;
          },
          isAboutProgram,
        );
        verdicts.set(key, found);
        progress({ done: ++done, total: byKey.size, what: `judging on ${role} tests` });
      },
    );
  } catch (error) {
    run.release(signal.aborted ? 'cancelled' : 'open');
    throw error;
  }
  run.release('finished');
  return { verdict, judged };
}

function keyOf({ task, program, role }: Wanted): string {
  return `${task.hash}/${role}/${sha256(program)}`;
}
