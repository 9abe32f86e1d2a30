import type { RunSummary } from '../engine/domain/view';
import type { GateCounts } from '../engine/flywheel/workbench';
import type { Values } from './options';
import { howMany } from '../engine/domain/howMany';

const reasons: Readonly<Record<string, string>> = {
  referenceFails: 'reference fails its tests',
  flaky: 'reference passes by chance',
  fewFailingTests: 'fault fails fewer than two tests',
  noFailingTests: 'no test notices the fault',
  notCompiled: 'fault does not compile',
  timedOut: 'fault never ends',
  infrastructure: 'could not be judged',
  badReply: 'reply holds no task',
  eliminated: 'no task by its words',
  doesNotParse: 'reference does not parse',
  noReference: 'has no reference',
  notJudged: 'of a kind that cannot be proven',
  starterPasses: 'starter passes already',
  emptyPasses: 'an empty program passes',
  constantPasses: 'a constant passes',
  noMutants: 'reference has nothing to change',
  weakTests: 'tests are weak',
  outsideWorld: 'depends on time, chance, files or network',
  duplicate: 'made twice',
  notNovel: 'too much like another',
  contaminated: 'shares text with what is held out',
  heldOut: 'family is held out',
};

export function reasonText(reason: string): string {
  return reasons[reason] ?? reason;
}

/** `1 task`, `2 tasks`. */
export function tasksText(count: number): string {
  return howMany(count, 'task');
}

/** How many have ended of all that a run has: tasks, or trajectories where each task has several. */
export function endedText({
  ended,
  tasks,
  samples = 1,
}: Pick<RunSummary, 'ended' | 'tasks' | 'samples'>): string {
  const all =
    samples === 1
      ? tasksText(tasks)
      : howMany(tasks * samples, 'trajectory', { many: 'trajectories' });
  return `${String(ended)} of ${all}`;
}

/** Of tokens that are told: how many were only reserved, for calls of which no answer came. */
export function unansweredText(tokens: number | undefined): string {
  if (tokens === undefined) return '';
  return `; at most ${howMany(tokens, 'token')} of them in calls without an answer`;
}

/** `1 passes hidden tests`, `2 pass hidden tests`. */
export function passText(count: number): string {
  return howMany(count, 'passes hidden tests', { many: 'pass hidden tests' });
}

/** A command to type next, at the same journal as this one. */
export function typedNext(command: string, { journal }: Values): string {
  const place = typeof journal === 'string' ? ` --journal ${quoted(journal)}` : '';
  return `npx flywheel ${command}${place}`;
}

/** As a POSIX shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `3 fault never ends, 1 …`, or `none`. */
export function rejectedText(rejected: Readonly<Record<string, number>>): string {
  const parts = Object.entries(rejected)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${String(count)} ${reasonText(reason)}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}

/** What the gate let in and what not, by maker where there are several. */
export function gateText(counts: GateCounts): string[] {
  const { trainingOnly, rejected, byMaker, mutationScore, seconds, tasks } = counts;
  const makers = Object.entries(byMaker);
  const each = tasks === 0 ? '' : `, ${(seconds / tasks).toFixed(2)} s for each`;
  return [
    trainingOnly > 0
      ? `For training only, their tests are too weak to measure by: ${String(trainingOnly)}`
      : '',
    mutationScore === null
      ? ''
      : `Mutation score: ${(100 * mutationScore).toFixed(0)} % on average`,
    `Rejected: ${rejectedText(rejected)}`,
    ...(makers.length > 1
      ? makers.map(
          ([maker, of]) =>
            `  ${maker}: ${tasksText(of.tasks)}; rejected: ${rejectedText(of.rejected)}`,
        )
      : []),
    `${seconds.toFixed(1)} s${each}`,
  ].filter((line) => line !== '');
}

/** Columns padded to the widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Where the tests ran: `Tests apart from the program: 5; in its process: 1`. */
export function isolationText(counts: {
  readonly separate: number;
  readonly shared: number;
}): string {
  const shared =
    counts.shared > 0 ? `; in its own process, where it could forge: ${String(counts.shared)}` : '';
  return `Tests ran apart from the program: ${String(counts.separate)}${shared}`;
}
