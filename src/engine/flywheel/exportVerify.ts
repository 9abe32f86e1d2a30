import { concurrently } from '../domain/concurrently';
import { hashSeeds, programFor, type Judge } from '../domain/ports';
import { isAboutProgram, type ExportIsolation, type Verdict } from '../domain/verdict';
import type { DatasetRecord, Refusal, RefusalReason } from '../datasets/pair';
import { refusalOf } from '../datasets/curation/refuse';
import { recordId } from '../datasets/recordId';
import { touchesTests } from '../datasets/touchesTests';
import type { MachineJudge } from '../judge/machineJudge';
import type { RunJournal } from '../journal/runJournal';
import { findPrivate } from '../redaction/findPrivate';
import { isNearLimit, type Collected } from './exportRecords';
import { SpecialCaseFinder } from './exportSpecialCases';

export interface VerifyOptions {
  readonly judge: Judge & Partial<Pick<MachineJudge, 'for'>>;
  /** A run of its own: nothing is answered from what was recorded before. */
  readonly run: RunJournal;
  readonly isolation: ExportIsolation;
  readonly seed: number;
  readonly concurrency: number;
  /** Samples of the verification run begin here, so that each record has keys of its own. */
  readonly firstKey: number;
  readonly progress: (what: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface Verified {
  readonly records: readonly DatasetRecord[];
  readonly refused: readonly Refusal[];
}

/**
 * Lets a program become the answer of its record only if it passes all tests of the task twice
 * again in a fresh sandbox, apart from them where that is demanded and well within its limits, does
 * not reach for its tests, holds none of their answers, and nothing in the record is private.
 */
export async function verifyRecords(
  collected: readonly Collected[],
  options: VerifyOptions,
): Promise<Verified> {
  const { signal } = options;
  const refused: Refusal[] = [];
  const clean = await withoutPrivate(collected, refused, options);
  const finder = new SpecialCaseFinder(options.judge, options.seed);
  let done = 0;
  const verified = await concurrently(clean, options.concurrency, signal, async (one, place) => {
    const { record, candidate } = one;
    if (candidate === null) return record;
    const key = options.firstKey + place;
    const problem = await unverified(record, candidate, key, { ...options, finder });
    options.progress('verifying again', ++done, clean.length);
    if (typeof problem !== 'string') {
      const body = { ...record, answer: candidate, isolation: problem.isolation };
      return { ...body, id: recordId(body) };
    }
    refused.push(refusalOf(record, problem));
    return null;
  });
  const order = new Map(collected.map(({ record }, place) => [record.id, place]));
  refused.sort((a, b) => (order.get(a.record ?? '') ?? 0) - (order.get(b.record ?? '') ?? 0));
  return { records: verified.filter((record) => record !== null), refused };
}

async function withoutPrivate(
  collected: readonly Collected[],
  refused: Refusal[],
  { signal, progress }: VerifyOptions,
): Promise<Collected[]> {
  const clean: Collected[] = [];
  const atATime = 1000;
  for (let from = 0; from < collected.length; from += atATime) {
    const some = collected.slice(from, from + atATime);
    const found = await findPrivate(
      some.map(({ record }) => textOf(record)),
      signal,
    );
    for (const [place, one] of some.entries()) {
      const finding = found[place];
      if (!finding) clean.push(one);
      else refused.push(refusalOf(one.record, finding.kind, finding.rule));
    }
    progress('looking for secrets', from + some.length, collected.length);
  }
  return clean;
}

/**
 * All text of a record, its names and its tests of every kind included: what no row holds stands in
 * the records beside them. Names of models are left out, for `name@host` looks like an address.
 */
export function textOf({ task, attempts, run }: DatasetRecord): string {
  const { hash: _, ...told } = task;
  return [...stringsIn([told, attempts, run])].join('\n\n');
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* stringsIn(part);
  }
}

async function unverified(
  record: DatasetRecord,
  place: number,
  key: number,
  options: VerifyOptions & { readonly finder: SpecialCaseFinder },
): Promise<RefusalReason | Verdict> {
  const { task } = record;
  const attempt = record.attempts[place];
  if (!attempt) return 'notEnded';
  const { program } = attempt;
  if (touchesTests(record, program) !== null) return 'touchesTests';
  const verdicts: Verdict[] = [];
  for (const hashSeed of hashSeeds.slice(0, 2)) {
    const at = { task: task.hash, sample: key, turn: 0, kind: 'verify', ordinal: hashSeed };
    const verdict = await options.run.once(at, { program, hashSeed }, async () => {
      const judged = { ...programFor(task, program), hashSeed };
      const found = await options.judge.judge(judged, task.tests, task.limits, options.signal);
      options.signal.throwIfAborted();
      return found;
    });
    if (!isAboutProgram(verdict)) return 'infrastructure';
    verdicts.push(verdict);
  }
  const [first, second] = verdicts;
  if (!first || !second) return 'infrastructure';
  if (first.status !== 'passed' && second.status !== 'passed') return 'notVerifiedAgain';
  if (first.status !== 'passed' || second.status !== 'passed') return 'flaky';
  const shared = verdicts.find(({ isolation }) => isolation === 'shared');
  if (options.isolation === 'separate' && shared) return 'sharedIsolation';
  if (attempt.isNearLimit || verdicts.some((one) => isNearLimit(task, one))) return 'nearLimit';
  const isSpecial = await options.finder.holdsAnswers(task, program, options.signal);
  return isSpecial ? 'copiedAnswer' : (shared ?? first);
}
