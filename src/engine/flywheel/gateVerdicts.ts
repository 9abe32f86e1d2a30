import type { Journal } from '../journal/journal';
import { gateKind, type GateRecord } from '../tasks/gate/admission';
import type { Difficulty, GateState } from '../tasks/gate/gateReport';

/** What the gate found of a task, in little. */
export interface GateVerdict {
  readonly state: GateState;
  readonly reason?: string;
  /** What the step that failed saw. */
  readonly saw?: string;
  readonly mutationScore: number | null;
  readonly difficulty: Difficulty | null;
  /** The run that holds the whole report, and the hash under which it does. */
  readonly run: string;
  readonly given: string;
}

/** Verdicts of runs of the gate that are not under way: reading thousands of reports takes a while. */
const known = new WeakMap<Journal, Map<string, readonly (readonly [string, GateVerdict])[]>>();

/**
 * What the gate last found of each task that the journal holds, by the hash that the task had
 * before and by the one that it has since. The newest estimate of a difficulty stays.
 */
export function gateVerdicts(journal: Journal): ReadonlyMap<string, GateVerdict> {
  const found = new Map<string, GateVerdict>();
  for (const { id, kind, workedMs, state } of journal.runs()) {
    if (kind !== gateKind) continue;
    for (const [hash, verdict] of ofRun(journal, id, workedMs, state)) {
      const newer = found.get(hash);
      if (newer === undefined) found.set(hash, verdict);
      else if (newer.difficulty === null && verdict.difficulty !== null) {
        found.set(hash, { ...newer, difficulty: verdict.difficulty });
      }
    }
  }
  return found;
}

function ofRun(journal: Journal, run: string, workedMs: number, state: string) {
  const kept = known.get(journal) ?? new Map<string, readonly (readonly [string, GateVerdict])[]>();
  known.set(journal, kept);
  const key = `${run} ${String(workedMs)} ${state}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const verdicts = journal.effects(run, [gateKind]).flatMap(({ task: given, value }) => {
    const record = value as GateRecord;
    const verdict = verdictOf(record, run, given);
    const now = record.task.hash;
    return now === given
      ? [[given, verdict] as const]
      : [[given, verdict] as const, [now, verdict] as const];
  });
  if (state !== 'running') kept.set(key, verdicts);
  return verdicts;
}

function verdictOf({ report }: GateRecord, run: string, given: string): GateVerdict {
  const { state, reason, mutation, difficulty, steps } = report;
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(failed === undefined ? {} : { saw: failed.saw }),
    mutationScore: mutation?.score ?? null,
    difficulty: difficulty ?? null,
    run,
    given,
  };
}
