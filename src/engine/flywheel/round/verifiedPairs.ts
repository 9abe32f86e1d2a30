import { taskHash } from '../../domain/hash';
import type { Task } from '../../domain/task';
import { HeldOut } from '../../datasets/curation/heldOut';
import { perTask } from '../../datasets/curation/perTask';
import { droppedBy } from '../../datasets/manifest';
import { answerOf, isPair, type DatasetRecord, type Pair, type Refusal } from '../../datasets/pair';
import { collectRecords } from '../exportRecords';
import { verifyRecords } from '../exportVerify';
import type { VerificationSettings } from '../trainedOn';
import type { RoundContext } from './context';

export interface VerifiedPairs {
  readonly pairs: readonly Pair[];
  /** Programs that were not admitted, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/**
 * What parts of a round give to learn from: programs that pass all tests of their task twice again
 * in a fresh sandbox, in a run of their own, of no held-out family, at most so many of a task.
 */
export async function verifiedPairs(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly parts: readonly string[];
    readonly heldOut: readonly Task[];
    /** Pairs from elsewhere, of which nothing is believed either. */
    readonly earlier?: readonly DatasetRecord[];
  },
): Promise<VerifiedPairs> {
  const { engine, run, goals, signal } = context;
  const { round, parts, heldOut, earlier = [] } = about;
  const held = new HeldOut(heldOut);
  const found = collectRecords(engine.journal, parts, {
    ...{ heldOut: held, editorModels: false, every: false },
  });
  // A task under the hash of another one could lend its name to anything.
  const [sound, unsound] = split(earlier, ({ task }) => taskHash(task) === task.hash);
  const [fromElsewhere, ofHeldOut] = split(sound, ({ task }) => !held.holds(task));
  const replayed = fromElsewhere.map((record) => ({
    record: { ...record, answer: null, isReplay: true },
    candidate: record.answer,
  }));
  const settings: VerificationSettings = { runs: [...parts] };
  const verification = engine.journal.drive({
    id: `${run.id}/${String(round)}/verify`,
    ...{ kind: 'verify', title: `verification of ${run.id}, round ${String(round)}`, settings },
    solver: '',
  });
  try {
    const verified = await verifyRecords([...found.collected, ...replayed], {
      judge: await engine.judge(),
      ...{ run: verification, isolation: engine.exportIsolation, seed: goals.seed, signal },
      ...{ concurrency: engine.workers, firstKey: 0 },
      progress: (_what, done, total) => run.note({ done, total }),
    });
    const capped = perTask(verified.records.filter(isPair), goals.perTask);
    const refused: readonly Pick<Refusal, 'reason'>[] = [
      ...found.refused,
      ...verified.refused,
      ...capped.refused,
      ...unsound.map(() => ({ reason: 'notVerifiedAgain' as const })),
      ...ofHeldOut.map(() => ({ reason: 'heldOut' as const })),
    ];
    // By this it is told later what was trained on.
    verification.release('finished');
    return { pairs: distinct(capped.kept), refused: countOf(refused) };
  } catch (error) {
    verification.release('open');
    throw error;
  }
}

/** The same program for the same task counts once, wherever it came from. */
function distinct(pairs: readonly Pair[]): Pair[] {
  const keyOf = (pair: Pair): string => `${pair.task.hash} ${answerOf(pair).program}`;
  return [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()];
}

function countOf(refused: readonly Pick<Refusal, 'reason'>[]): Record<string, number> {
  return droppedBy(refused.map(({ reason }) => ({ reason, run: '', task: '', sample: 0 })));
}

function split<T>(items: readonly T[], is: (item: T) => boolean): [T[], T[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}
