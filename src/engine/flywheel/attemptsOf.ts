import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../domain/hash';
import { UserError } from '../domain/errors';
import { hiddenTests, visibleTests, type Task } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { Attempt, AttemptTurn } from '../evaluation/attempt';
import { nothingSpent } from '../evaluation/attempt';
import { judgedTurn, recordedAttempt } from '../evaluation/sources/recordedAttempt';
import { readResults } from '../evaluation/sources/readResults';
import {
  holdsTrajectories,
  readTrajectories,
  type ForeignTrajectory,
} from '../evaluation/sources/readTrajectories';
import { readProblem } from '../files/lines';
import { noSuchRun } from '../journal/journal';
import { trajectoriesOf } from '../journal/questions';
import { withJudging } from '../judge/settleJudging';
import { readTasks } from '../tasks/readTasks';
import { judgeOnDemand, type EvaluationEngine, type Wanted } from './judgeOnDemand';
import type { SolveSettings } from './solverFor';
import type { EvaluationSource, ProgressListener } from './workbench';

/** What is there to be evaluated, from wherever it comes. */
export interface Measured {
  readonly name: string;
  readonly attempts: readonly Attempt[];
  /** Null where only results are known. */
  readonly tasks: readonly Task[] | null;
  /** When it was begun, milliseconds since the epoch; null where nobody knows. */
  readonly begunAt: number | null;
  readonly drawsSamples: boolean;
  readonly hasVisible: boolean;
  readonly notEnded: number;
  readonly notTried: number;
  readonly noHiddenTests: number;
  readonly judged: number;
}

/** Reads what a source names, and judges what hidden verdicts are missing. */
export async function attemptsOf(
  engine: EvaluationEngine,
  source: EvaluationSource,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<Measured> {
  const { run, resultsFile, trajectoriesFile, tasksFile } = source;
  const given = [run, resultsFile, trajectoriesFile].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new UserError({
      code: 'badUsage',
      message: 'Name one thing to evaluate: a run, a results file, or a file of trajectories',
      mend: '--run ID, --results FILE, or --trajectories FILE with --tasks FILE.',
    });
  }
  if (run !== undefined) return attemptsOfRun(engine, run, progress, signal);
  // A file to compare with may be either: it is told by what it holds.
  const isResults = resultsFile !== undefined && !(await holdsTrajectories(resultsFile));
  if (isResults) return attemptsOfResults(resultsFile);
  if (tasksFile === undefined) {
    throw new UserError({
      code: 'badUsage',
      message: 'Trajectories are judged on the tests of their tasks',
      mend: 'Say which tasks they are for with --tasks FILE.',
    });
  }
  const file = trajectoriesFile ?? resultsFile ?? '';
  return attemptsOfForeign(engine, file, tasksFile, progress, signal);
}

async function attemptsOfRun(
  engine: EvaluationEngine,
  run: string,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<Measured> {
  if (!engine.hasJournal) throw noSuchRun(run);
  const { journal } = engine;
  const { settings, startedAt } = journal.run(run);
  const all = journal.tasksOf(run);
  const tasks = all.filter((task) => hiddenTests(task).length > 0);
  const begun = tasks.map((task) => ({
    task,
    trajectories: trajectoriesOf(journal, run, task.hash),
  }));
  const wanted: Wanted[] = [];
  for (const { task, trajectories } of begun) {
    const known = new Set(
      trajectories.flatMap(({ turns }) =>
        turns.flatMap(({ candidate, score }) => (score ? [candidate.program] : [])),
      ),
    );
    for (const { turns, outcome } of trajectories) {
      if (!outcome) continue;
      for (const { candidate } of turns) {
        if (known.has(candidate.program)) continue;
        wanted.push({ task, program: candidate.program, role: 'hidden' });
      }
    }
  }
  const place = { id: `${evaluationPrefix}${run}`, title: `evaluation of ${run}` };
  const judged = await judgeOnDemand(engine, wanted, place, progress, signal);
  const attempts = begun.flatMap(({ task, trajectories }) => {
    const scores = new Map(
      trajectories.flatMap(({ turns }) =>
        turns.flatMap(({ candidate, score }) =>
          score ? [[candidate.program, score] as const] : [],
        ),
      ),
    );
    return trajectories.flatMap((trajectory): Attempt[] => {
      const hidden = new Map<number, Verdict>();
      for (const { record, candidate, score } of trajectory.turns) {
        const { program } = candidate;
        const found =
          score ?? scores.get(program) ?? judged.verdict({ task, program, role: 'hidden' });
        if (found) hidden.set(record.number, found);
      }
      const attempt = recordedAttempt(task, trajectory, hidden);
      return attempt ? [attempt] : [];
    });
  });
  return {
    name: run,
    attempts,
    tasks: all,
    begunAt: startedAt,
    drawsSamples: (settings as Partial<SolveSettings>).chat !== undefined,
    hasVisible: all.some((task) => visibleTests(task).length > 0),
    notEnded: begun.reduce(
      (sum, { trajectories }) => sum + trajectories.filter(({ outcome }) => !outcome).length,
      0,
    ),
    notTried: begun.filter(({ trajectories }) => trajectories.length === 0).length,
    noHiddenTests: all.length - tasks.length,
    judged: judged.judged,
  };
}

const evaluationPrefix = 'evaluation/';

async function attemptsOfResults(file: string): Promise<Measured> {
  const attempts = await readResults(file);
  return {
    name: path.basename(file).replace(/(\.results)?\.jsonl(\.gz)?$/, ''),
    attempts,
    tasks: null,
    begunAt: null,
    drawsSamples: true,
    hasVisible: attempts.some(({ turns }) => turns.some(({ passesVisible }) => passesVisible)),
    notEnded: 0,
    notTried: 0,
    noHiddenTests: 0,
    judged: 0,
  };
}

async function attemptsOfForeign(
  engine: EvaluationEngine,
  file: string,
  tasksFile: string,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<Measured> {
  const read = await readTasks(tasksFile, await engine.syntax());
  const asRead = await readTrajectories(file, new Map(read.tasks.map((task) => [task.id, task])));
  const used = [...new Set(asRead.map(({ task }) => task))];
  const settled = await withJudging(used, await engine.judge(), engine.workers * 2, signal);
  const settledOf = new Map(used.map((task, place) => [task, settled[place] ?? task]));
  const trajectories = asRead.map((one) => ({ ...one, task: settledOf.get(one.task) ?? one.task }));
  const scorable = trajectories.filter(({ task }) => hiddenTests(task).length > 0);
  const wanted = scorable.flatMap(({ task, programs }) =>
    programs.flatMap((program): Wanted[] => [
      { task, program, role: 'hidden' },
      ...(visibleTests(task).length > 0 ? [{ task, program, role: 'visible' } as const] : []),
    ]),
  );
  const content = sha256(
    await readFile(file, 'utf8').catch((error: unknown) => {
      throw readProblem(file, error);
    }),
  );
  const name = path.basename(file).replace(/\.jsonl(\.gz)?$/, '');
  const place = {
    id: `${evaluationPrefix}file/${content.slice(0, 16)}`,
    title: `evaluation of ${name}`,
  };
  const judged = await judgeOnDemand(engine, wanted, place, progress, signal);
  return {
    name,
    attempts: scorable.map((one) => foreignAttempt(one, judged.verdict)),
    tasks: settled,
    begunAt: null,
    drawsSamples: true,
    hasVisible: settled.some((task) => visibleTests(task).length > 0),
    notEnded: 0,
    notTried: 0,
    noHiddenTests: used.filter((task) => hiddenTests(task).length === 0).length,
    judged: judged.judged,
  };
}

/** The answer that the tool names, else the best on visible tests, else the last. */
function foreignAttempt(
  { task, sample, programs, answer, tokens, usd }: ForeignTrajectory,
  verdict: (wanted: Wanted) => Verdict | undefined,
): Attempt {
  const turns = programs.map((program, index): AttemptTurn => {
    const visible = verdict({ task, program, role: 'visible' });
    const hidden = verdict({ task, program, role: 'hidden' });
    const judged = judgedTurn(sha256(program), visible, hidden);
    const number = index + 1;
    return {
      ...judged,
      number,
      visiblePassed: visible ? judged.visiblePassed : number,
      spent: { tokens: tokens?.[index] ?? null, usd: usd?.[index] ?? null, verdicts: 1, ms: null },
    };
  });
  const best = turns.reduce((chosen, turn) =>
    turn.visiblePassed > chosen.visiblePassed ? turn : chosen,
  );
  const chosen = answer === null ? best : (turns[answer] ?? best);
  return {
    task: task.hash,
    taskId: task.id,
    sample,
    turns,
    answer: chosen.number,
    stop: chosen.passesVisible ? 'solved' : 'turnsUsed',
    settling: nothingSpent,
  };
}
