import { concurrently } from '../domain/concurrently';
import { hashSeeds, programFor } from '../domain/ports';
import { randomOf, shuffled } from '../domain/random';
import { isOurs } from '../domain/task';
import { answerOf, isPair, type Pair, type SplitRecord } from '../datasets/pair';
import type { RowSettings } from '../datasets/rows';
import { applyEdit, editsOf } from '../syntax/edits';
import type { Syntax } from '../syntax/parser';
import { isNearLimit } from './exportRecords';
import type { VerifyOptions } from './exportVerify';

/** The first of those that verification uses. */
const [hashSeed = 0] = hashSeeds;
/** Edits of one answer that are tried until one of them is found wrong. */
const maxTries = 6;

/**
 * Gives each pair a wrong version of its answer: one small edit of its syntax tree, drawn by the
 * seed, that loads and fails tests of the task. An edit that passes them all proves nothing and is
 * not taken. A pair for which none is found stays without.
 */
export async function withInjectedFaults(
  records: readonly SplitRecord[],
  options: Omit<VerifyOptions, 'isolation'> & { readonly syntax: Syntax },
  { lengthRatio }: Pick<RowSettings, 'lengthRatio'>,
): Promise<SplitRecord[]> {
  const pairs = records.flatMap((record) => (isPair(record) ? [record] : []));
  let done = 0;
  const found = await concurrently(pairs, options.concurrency, options.signal, async (pair, at) => {
    const injected = await wrongVersion(pair, at, options, lengthRatio);
    options.progress('injecting faults', ++done, pairs.length);
    return [pair, injected] as const;
  });
  const injectedOf = new Map<SplitRecord, Pair['injected']>(found);
  return records.map((record) => {
    const { injected: _, ...plain } = record;
    const injected = injectedOf.get(record);
    return injected ? { ...plain, injected } : plain;
  });
}

async function wrongVersion(
  pair: Pair,
  place: number,
  options: Omit<VerifyOptions, 'isolation'> & { readonly syntax: Syntax },
  lengthRatio: number,
): Promise<Pair['injected']> {
  const { task } = pair;
  const { program } = answerOf(pair);
  if (!isOurs(task.language)) return undefined;
  const edits = editsOf(options.syntax, task.language, program);
  const drawn = shuffled(edits, randomOf(options.seed, `injected ${pair.id}`)).slice(0, maxTries);
  for (const [ordinal, edit] of drawn.entries()) {
    const wrong = applyEdit(program, edit);
    const ratio = wrong.length / program.length;
    if (ratio > lengthRatio || ratio < 1 / lengthRatio) continue;
    const key = { task: task.hash, sample: options.firstKey + place, turn: 0, kind: 'injected' };
    const verdict = await options.run.once({ ...key, ordinal }, { program: wrong }, async () => {
      const judged = { ...programFor(task, wrong), hashSeed };
      const seen = await options.judge.judge(judged, task.tests, task.limits, options.signal);
      options.signal.throwIfAborted();
      return seen;
    });
    if (verdict.status !== 'failed' || isNearLimit(task, verdict)) continue;
    return { program: wrong, operator: edit.operator };
  }
  return undefined;
}
