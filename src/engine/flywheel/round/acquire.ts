import { stat } from 'node:fs/promises';
import path from 'node:path';
import { hashOf, sha256 } from '../../domain/hash';
import { UserError } from '../../domain/errors';
import { unrecorded } from '../../domain/unrecorded';
import type { Task } from '../../domain/task';
import { HeldOut } from '../../datasets/curation/heldOut';
import { setHash } from '../../evaluation/heldOut';
import { withJudging } from '../../judge/settleJudging';
import { makeTasks } from '../../tasks/makeTasks';
import { gateKey } from '../../tasks/gate/gateReport';
import { readTasks } from '../../tasks/readTasks';
import { gateRun } from '../gateRun';
import { HeldOutSets } from '../heldOutSets';
import { functionMakers } from '../makers';
import { refuseUnjudged } from '../refuseUnjudged';
import { stepKey, type RoundContext } from './context';
import { unfitFor } from './fits';
import type { Goals } from './goals';

/** The tasks that a run of rounds begins with. */
export interface Acquired {
  readonly pool: readonly Task[];
  /** Measured on in every round, and never learned from: whole families. */
  readonly heldOut: readonly Task[];
  /** Over the held-out tasks, sorted. */
  readonly heldOutHash: string;
  /** Over what files the tasks came from said then; null for a folder, which may go on changing. */
  readonly sources: { readonly tasks: string | null; readonly heldOut: string | null };
  /** Tasks that are none for these goals, by reason. */
  readonly unfit: Readonly<Record<string, number>>;
}

/** Fewer tell nothing apart. */
const fewestTasks = 2;
const perFunction = 4;

/**
 * Tasks for the goals, and the frozen ones that are measured on. Done once for a run: afterwards
 * the journal has them, and a file that says otherwise then is an error (`heldOutChanged`,
 * `tasksChanged`). Throws UserError `goalsNotMet` where too few tasks fit.
 */
export async function acquire(context: RoundContext): Promise<Acquired> {
  const { run, goals, engine } = context;
  const recorded = engine.journal.effects(run.id, [stepKey(0, 'acquire').kind])[0];
  if (recorded) {
    const known = recorded.value as Acquired;
    await refuseChanged(context, known);
    return frozen(context, known);
  }
  run.note({ phase: 'acquire', done: 0 });
  const acquired = await run.once(stepKey(0, 'acquire'), { tasks: goals.tasks }, () =>
    gather(context),
  );
  return frozen(context, acquired);
}

/** From now on nothing that any command makes or exports may hold these families. */
async function frozen({ engine, run }: RoundContext, acquired: Acquired): Promise<Acquired> {
  const sets = await HeldOutSets.open(engine.journal.file);
  await sets.freeze(`rounds/${run.id}`, acquired.heldOut, new Date());
  return acquired;
}

async function gather(context: RoundContext): Promise<Acquired> {
  const { goals, engine, signal } = context;
  const isFolder = await isDirectory(goals.tasks);
  const all = isFolder ? await madeFrom(context) : await settled(context, goals.tasks);
  const measured =
    goals.heldOut.tasks === undefined ? null : await settled(context, goals.heldOut.tasks);
  const unfit: Record<string, number> = {};
  const count = (reason: string): void => void (unfit[reason] = (unfit[reason] ?? 0) + 1);
  const fitting = (tasks: readonly Task[]): Task[] =>
    tasks.filter((task) => {
      const reason = unfitFor(task, goals);
      if (reason !== null) count(reason);
      return reason === null;
    });
  const fit = fitting(all);
  if (fit.length < fewestTasks) throw notMet(goals, fit.length, unfit);
  const heldOut = fitting(measured ?? inHeldFamilies(fit, goals, await heldBefore(context))).filter(
    isStrong,
  );
  const shared = new HeldOut(heldOut);
  const pool = fit.filter((task) => {
    const isHeld = shared.holds(task);
    const programs = [task.reference, task.starter].filter((one) => one !== undefined);
    const isAlike = !isHeld && shared.contaminationOf(task, programs) !== null;
    if (isAlike) count('contaminated');
    return !isHeld && !isAlike;
  });
  if (heldOut.length < fewestTasks || pool.length < fewestTasks) {
    throw tooFew(goals, pool.length, heldOut.length, unfit);
  }
  await refuseUnjudged(engine, [...pool, ...heldOut]);
  signal.throwIfAborted();
  return {
    ...{ pool, heldOut, unfit },
    heldOutHash: setHash(heldOut.map(({ hash }) => hash)),
    sources: {
      tasks: isFolder ? null : hashOf(all.map(({ hash }) => hash)),
      heldOut: measured === null ? null : hashOf(measured.map(({ hash }) => hash)),
    },
  };
}

/** Families of sets that were frozen here before: what was measured on is not trained on later. */
async function heldBefore({ engine }: RoundContext): Promise<ReadonlySet<string>> {
  const sets = await HeldOutSets.open(engine.journal.file);
  const hashes = sets.all().flatMap(({ tasks }) => tasks);
  return new Set(hashes.flatMap((hash) => engine.journal.task(hash)?.family ?? []));
}

/**
 * Whole families, those held out before first, then by a hash that nobody chooses; at least one on
 * each side.
 */
function inHeldFamilies(
  tasks: readonly Task[],
  { heldOut, seed }: Goals,
  before: ReadonlySet<string>,
): Task[] {
  const families = [...new Set(tasks.map(({ family }) => family))];
  const rank = (family: string): string =>
    `${before.has(family) ? '0' : '1'} ${sha256(`${String(seed)} held out ${family}`)}`;
  const ordered = families.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const count = Math.min(
    ordered.length - 1,
    Math.max(
      ...[1, Math.round(ordered.length * heldOut.share)],
      ordered.filter((family) => before.has(family)).length,
    ),
  );
  const held = new Set(ordered.slice(0, count));
  return tasks.filter(({ family }) => held.has(family));
}

/** What the gate let in for training alone has tests too weak to measure by. */
function isStrong({ extra }: Task): boolean {
  const report = extra?.[gateKey];
  const isReport = typeof report === 'object' && report !== null && 'state' in report;
  return !isReport || report.state !== 'trainingOnly';
}

async function madeFrom({ engine, goals, run, signal }: RoundContext): Promise<readonly Task[]> {
  const maker = goals.ability === 'write' ? 'body-removal' : 'fault-injection';
  if (goals.ability !== 'write' && goals.ability !== 'repair') throw noMaker(goals);
  const make = functionMakers[maker];
  if (!make) throw noMaker(goals);
  const [judge, syntax, unjudged] = await Promise.all([
    engine.judge(),
    engine.syntax(),
    engine.unjudged(),
  ]);
  const settings = { from: goals.tasks, maker, seed: goals.seed, limit: goals.limit };
  const how = { id: `${run.id}/acquire`, title: goals.name, settings, heldOut: [] };
  return gateRun(engine, { ...how, seed: goals.seed, signal }, async (admission) => {
    await makeTasks({
      ...{ makers: [make], from: goals.tasks, syntax, judge, signal, perFunction },
      ...{ seed: goals.seed, limit: goals.limit, concurrency: engine.workers },
      languageJudge: (language) => judge.for(language),
      effects: unrecorded,
      origin: { name: path.basename(goals.tasks), license: null },
      unjudged: (language) => unjudged(language)?.problem ?? null,
      admit: (task) => admission.take(task),
      refuse: (refused) => admission.refuse(refused),
      onProgress: ({ done, total }) => run.note({ done, total }),
    });
    return admission.admitted;
  });
}

async function settled({ engine, signal }: RoundContext, file: string): Promise<Task[]> {
  const { tasks } = await readTasks(file, await engine.syntax());
  const once = [...new Map(tasks.map((task) => [task.hash, task])).values()];
  return withJudging(once, await engine.judge(), engine.workers * 2, signal);
}

async function refuseChanged(context: RoundContext, { sources }: Acquired): Promise<void> {
  const { goals } = context;
  const files = [
    ['heldOutChanged', 'held-out tasks', goals.heldOut.tasks, sources.heldOut],
    ['tasksChanged', 'tasks', goals.tasks, sources.tasks],
  ] as const;
  for (const [code, what, file, before] of files) {
    if (file === undefined || before === null) continue;
    const now = hashOf((await settled(context, file)).map(({ hash }) => hash));
    if (now === before) continue;
    throw new UserError({
      code,
      message: `${file}: the ${what} are others than when the run was begun (hash ${now.slice(0, 12)}, then ${before.slice(0, 12)}), so rounds would not compare`,
      mend: 'Put the file back as it was, or begin another run with --run.',
    });
  }
}

async function isDirectory(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function noMaker({ ability, tasks }: Goals): UserError {
  return new UserError({
    code: 'goalsNotMet',
    message: `ability: no maker makes tasks to ${ability === 'test' ? 'write tests' : 'make faster'} from the folder ${tasks}`,
    mend: 'Name a file of tasks whose source says "ability", or set the ability write or repair.',
  });
}

function notMet(goals: Goals, fit: number, unfit: Readonly<Record<string, number>>): UserError {
  const { tasks, ability, direction, language, concept } = goals;
  const wanted = [ability, direction, language, concept && `"${concept}"`].filter(Boolean);
  return new UserError({
    code: 'goalsNotMet',
    message: `${String(fit)} tasks of ${tasks} fit the goals (${wanted.join(', ')}); left out: ${reasonsText(unfit)}`,
    mend: 'Widen ability, direction, language or concept in the goals file, or name other tasks.',
  });
}

function tooFew(
  goals: Goals,
  pool: number,
  heldOut: number,
  unfit: Readonly<Record<string, number>>,
): UserError {
  return new UserError({
    code: 'goalsNotMet',
    message: `${goals.tasks} leaves ${String(pool)} tasks to learn from and ${String(heldOut)} of other families to measure on; at least ${String(fewestTasks)} of each are needed. Left out: ${reasonsText(unfit)}`,
    mend: 'Name a larger folder or file, or a file of tasks to measure on in heldOut.tasks.',
  });
}

function reasonsText(unfit: Readonly<Record<string, number>>): string {
  const parts = Object.entries(unfit).map(([reason, count]) => `${reason} ${String(count)}`);
  return parts.join(', ') || 'none';
}
