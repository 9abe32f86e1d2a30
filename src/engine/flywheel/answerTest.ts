import { UserError } from '../domain/errors';
import { hashOf } from '../domain/hash';
import type { Task } from '../domain/task';
import type { Choice } from '../domain/trajectory';
import type { Journal } from '../journal/journal';
import { trajectoryOf } from '../journal/questions';
import { answeredTask } from '../tasks/makers/answeredTask';
import type { Engine } from './engine';
import { placeIn } from './proposal';
import { runSelfDebug } from './selfDebug';
import { runSolve } from './solve';
import type { SolveSettings } from './solverFor';
import type { AnswerRequest, AnswerResult, DecidingTest, RunListener } from './workbench';

/**
 * Goes on with a task of an ended run after a person said what a call should give: in a run of its
 * own, with the same settings, on the task with that as one more visible test. Throws `noSuchTask`,
 * `nothingToDecide` where no call was told or found, `badAnswer`.
 */
export async function answerTest(
  engine: Engine,
  request: AnswerRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<AnswerResult> {
  const { journal } = engine;
  const { settings, title, facts } = journal.run(request.run);
  const task = taskMeant(journal, request);
  const call = request.call ?? decidingTestOf(journal, request.run, task.hash)?.call;
  if (call === undefined) throw nothingToDecide(request.run);
  const answered = answeredTask(await engine.syntax(), task, { call, returns: request.returns });
  const id = request.as;
  const frozen = { ...(settings as SolveSettings), tasks: hashOf([answered.hash]) };
  const own = placeIn(settings);
  // What a model may cost stays bounded as it was, and it is reached where it was.
  if (own) {
    const what = { id, task: answered, settings: { ...frozen, ...own }, place: facts };
    await runSelfDebug(engine, what, listener, signal);
  } else {
    const what = { id, title, tasks: [answered], settings: frozen };
    await runSolve(engine, what, facts, listener, signal);
  }
  const { outcome, turns } = trajectoryOf(journal, id, answered.hash);
  const answer = turns.find(({ record }) => record.number === outcome?.answer);
  const next = decidingTestOf(journal, id, answered.hash);
  return {
    run: id,
    task: answered.hash,
    call,
    stop: outcome?.stop ?? 'cancelled',
    passed: answer?.record.passed ?? 0,
    of: answered.tests.filter(({ role }) => role === 'visible').length,
    ...(answer?.candidate.note === undefined ? {} : { note: answer.candidate.note }),
    ...(next ? { next } : {}),
  };
}

/** The call that would tell the programs apart that a search found; null where there is none. */
export function decidingTestOf(journal: Journal, run: string, task: string): DecidingTest | null {
  return choiceOf(journal, run, task)?.decidingTest ?? null;
}

/** What a search said of the answer that it chose; null where it did not choose. */
function choiceOf(journal: Journal, run: string, task: string): Choice | null {
  const { turns, outcome } = trajectoryOf(journal, run, task);
  const answer = turns.find(({ record }) => record.number === outcome?.answer);
  return answer?.candidate.choice ?? null;
}

function taskMeant(journal: Journal, { run, task }: AnswerRequest): Task {
  const tasks = journal.tasksOf(run);
  const found = tasks.filter(
    ({ id, hash }) => task === undefined || id === task || hash.startsWith(task),
  );
  const [one] = found;
  if (one && found.length === 1) return one;
  throw new UserError({
    code: 'noSuchTask',
    message: `${run} has ${one ? 'several tasks' : 'no task'} of the name ${task ?? ''}`.trimEnd(),
    mend: `npx flywheel show ${run} lists them.`,
  });
}

function nothingToDecide(run: string): UserError {
  return new UserError({
    code: 'nothingToDecide',
    message: `The search of ${run} found no call on which programs that pass differ`,
    mend: 'Name a call yourself: --call "f(1, 2)".',
  });
}
