import { readFile } from 'node:fs/promises';
import { UserError } from '../domain/errors';
import { isOurs } from '../domain/task';
import { readProblem } from '../files/lines';
import { trajectoryOf } from '../journal/questions';
import { functionsOf } from '../syntax/functions';
import { spliceInto } from '../syntax/splice';
import type { Engine } from './engine';
import type { Proposal, ProposalRequest } from './workbench';

/** What the settings of a run on a function of the user's tell of its place. */
export interface OwnFunctionPlace {
  readonly file: string;
  readonly name: string;
}

/**
 * The answer of a run put into the file as it is now, so that it can be looked at again later.
 * Throws `noProposal` where the run has no answer that is better than what was there.
 */
export async function proposalOf(engine: Engine, request: ProposalRequest): Promise<Proposal> {
  const { run } = request;
  const { settings } = engine.journal.run(run);
  const [task] = engine.journal.tasksOf(run);
  const place = placeIn(settings);
  if (!task || !place || !isOurs(task.language)) {
    throw noProposal(`The run ${run} is not about a function of a file`);
  }
  const { start, turns, outcome } = trajectoryOf(engine.journal, run, task.hash);
  const answer = turns.find(({ record }) => record.number === outcome?.answer);
  const passedBefore = start?.tests.filter((test) => test.outcome === 'passed').length ?? 0;
  if (!answer || answer.record.passed <= passedBefore) {
    throw noProposal(`The run ${run} found nothing better for ${place.name}`);
  }
  const before = request.text ?? (await textOf(place.file));
  const starter = task.starter ?? '';
  const syntax = await engine.syntax();
  const spliced = spliceInto(syntax, {
    language: task.language,
    file: before,
    before: starter,
    after: answer.candidate.program,
    entryPoint: task.entryPoint,
  });
  if ('problem' in spliced) throw noProposal(`The answer cannot be read: ${spliced.problem}`);
  const { language } = task;
  const entry = (source: string): string | undefined => {
    const found = functionsOf(syntax, language, source).find(({ name }) => name === place.name);
    return found && source.slice(found.start, found.end);
  };
  return {
    run,
    task: task.hash,
    ...place,
    before,
    after: spliced.text,
    passed: answer.record.passed,
    of: answer.record.of,
    isStale: entry(before) !== entry(starter),
  };
}

export function placeIn(settings: unknown): OwnFunctionPlace | null {
  if (typeof settings !== 'object' || settings === null) return null;
  const { file, name }: { file?: unknown; name?: unknown } = settings;
  return typeof file === 'string' && typeof name === 'string' ? { file, name } : null;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw readProblem(file, error);
  });
}

function noProposal(message: string): UserError {
  return new UserError({
    code: 'noProposal',
    message,
    mend: 'Show Iterations tells what was tried.',
  });
}
