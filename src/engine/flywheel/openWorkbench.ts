import { UserError } from '../domain/errors';
import { canonicalJson } from '../domain/json';
import type { RunSummary } from '../domain/view';
import { noSuchRun } from '../journal/journal';
import { rowsOf, summaries, summaryOf } from '../journal/questions';
import { answerTest } from './answerTest';
import { checkTasks } from './checkTasks';
import { doctor } from './doctor';
import { driven } from './driven';
import { Engine, type WorkbenchOptions } from './engine';
import { estimateSolve } from './estimateSolve';
import { evaluate } from './evaluate';
import { proposalOf } from './proposal';
import { compareDatasets, listDatasets } from './datasetLibrary';
import { datasetRefused, datasetRows } from './datasetRows';
import { exportDataset } from './exportDataset';
import { gatedTasks } from './gatedTasks';
import { importTasks } from './importTasks';
import { missedTests } from './missedTests';
import { makeTasksFile } from './makeTasksFile';
import { Notifier } from './notifier';
import { ownFunctions } from './ownFunctions';
import { planTasks } from './planTasks';
import { resumeSelfDebug, selfDebug, selfDebugKind } from './selfDebug';
import { resumeSolve, solve } from './solve';
import { storyOf } from './story';
import { taskFile, taskReport } from './taskFile';
import { estimateRounds } from './round/estimateRounds';
import { changeLesson } from './round/lessonChanges';
import { curveOf, lessonsOf, roundsOf } from './round/questions';
import { roundsKind, runRounds } from './round/rounds';
import { roundsStory } from './round/roundsStory';
import { demoSettings, turnTheWheel } from './turnOfTheWheel';
import { verifySamples } from './verifySamples';
import type { DemoResult, RunListener, Workbench } from './workbench';

export type { WorkbenchOptions } from './engine';

/** Everything the engine offers, over one journal. Nothing is started before it is needed. */
export function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const engine = new Engine(options);
  return Promise.resolve({
    doctor: () => doctor(engine),
    runs: () => (engine.hasJournal ? summaries(engine.journal, engine.models.spentBy) : []),
    run: (run) => {
      if (!engine.hasJournal) throw noSuchRun(run);
      return summaryOf(engine.journal, engine.journal.run(run), engine.models.spentBy);
    },
    rows: (run) => rowsOf(engine.journal, run),
    story: (run, task, sample) => storyOf(engine.journal, run, task, sample),
    program: (hash) => engine.journal.text(hash),
    demo: (listener, signal) => demo(engine, demoRunId(engine), listener, signal),
    solve: (request, listener, signal) => solve(engine, request, listener, signal),
    rounds: (request, confirm, listener, signal) =>
      runRounds(engine, request, confirm, listener, signal),
    roundsOf: (run) => roundsOf(engine.journal, run),
    curveOf: (run) => curveOf(engine.journal, run),
    lessonsOf: (run) => lessonsOf(engine.journal, run),
    roundsStory: (run) => roundsStory(engine, run),
    estimateRounds: (request, signal) => estimateRounds(engine, request, signal),
    changeLesson: (change) => changeLesson(engine.journal, change),
    resume: (run, listener, signal, movedTo) =>
      resume(engine, { run, ...(movedTo === undefined ? {} : { movedTo }) }, listener, signal),
    verify: (request, progress, signal) => verifySamples(engine, request, progress, signal),
    makeTasks: (request, progress, signal, confirm) =>
      makeTasksFile(engine, request, progress, signal, confirm),
    planTasks: (request, signal) => planTasks(engine, request, signal),
    taskFile: (request, signal) => taskFile(engine, request, signal),
    taskReport: (request) => taskReport(engine, request),
    checkTasks: (request, progress, signal) => checkTasks(engine, request, progress, signal),
    gatedTasks: () => (engine.hasJournal ? gatedTasks(engine.journal) : []),
    missedTests: (request, progress, signal) => missedTests(engine, request, progress, signal),
    importTasks: (request, progress, signal) => importTasks(engine, request, progress, signal),
    estimate: (request, signal) => estimateSolve(engine, request, signal),
    localServers: (signal) => engine.models.localServers(signal),
    endpointModels: (baseUrl, signal) => engine.models.modelsAt(baseUrl, signal),
    selfDebug: (request, listener, signal) => selfDebug(engine, request, listener, signal),
    answerTest: (request, listener, signal) => answerTest(engine, request, listener, signal),
    proposal: (request) => proposalOf(engine, request),
    decide: ({ run, task, decision, text }) =>
      engine.journal.decide(run, task, {
        source: 'person',
        decision,
        ...(text === undefined ? {} : { text }),
      }),
    functions: (request) => ownFunctions(engine, request),
    exportDataset: (request, progress, signal, confirm) =>
      exportDataset(engine, request, progress, signal, confirm),
    datasets: () => listDatasets(options.journalFile, engine.hasJournal ? engine.journal : null),
    datasetRows: (request) => datasetRows(request),
    datasetRefused: (request) => datasetRefused(request),
    compareDatasets: ({ before, after }) => compareDatasets(before, after),
    evaluate: (request, progress, signal) => evaluate(engine, request, progress, signal),
    close: () => engine.close(),
  } satisfies Workbench);
}

/** The interrupted demo of the same settings, else the next number. */
function demoRunId(engine: Engine): string {
  const demos = engine.journal.runs().filter(({ kind }) => kind === 'demo');
  const open = demos.find(
    ({ state, settings }) =>
      (state === 'interrupted' || state === 'cancelled') &&
      canonicalJson(settings) === canonicalJson(demoSettings),
  );
  if (open) return open.id;
  const numbers = demos.map(({ id }) => Number(/^demo-(\d+)$/.exec(id)?.[1] ?? 0));
  return `demo-${String(Math.max(0, ...numbers) + 1)}`;
}

async function demo(
  engine: Engine,
  id: string,
  listener: RunListener,
  signal: AbortSignal,
): Promise<DemoResult> {
  const began = performance.now();
  const { journal, options } = engine;
  const solver = await engine.searchSolver();
  const run = journal.drive({
    id,
    kind: 'demo',
    title: 'Demo on the samples',
    solver: solver.name,
    settings: demoSettings,
  });
  const notifier = new Notifier(journal, id, listener);
  return driven(run, notifier, signal, async () => {
    const turned = await turnTheWheel({
      engine,
      from: options.samplesFolder,
      origin: { name: 'code-flywheel-samples', license: 'MIT' },
      run,
      settings: demoSettings,
      notifier,
      signal,
    });
    const { all } = turned.evaluation.table;
    return {
      run: id,
      tasks: journal.countTasks(id),
      rejected: turned.rejected,
      solvedVisible: all.solvedVisible.of === 0 ? null : all.solvedVisible.count,
      passedHidden: all.passedHidden.count,
      pairs: turned.dataset.pairs,
      dataset: turned.dataset.out,
      byTurn: turned.evaluation.byTurn,
      seconds: (performance.now() - began) / 1000,
      report: turned.evaluation.report,
      leftOut: turned.leftOut,
    };
  });
}

async function resume(
  engine: Engine,
  { run: id, ...moved }: { readonly run: string; readonly movedTo?: string },
  listener: RunListener,
  signal: AbortSignal,
): Promise<RunSummary> {
  const { journal } = engine;
  const { kind, state } = journal.run(id);
  if (kind === roundsKind) {
    throw new UserError({
      code: 'badUsage',
      message: `${id} is a run of rounds, which goes on from its goals file`,
      mend: `flywheel round --goal FILE --rounds N --run ${id}`,
    });
  }
  if (state === 'finished') {
    throw new UserError({
      code: 'alreadyFinished',
      message: `The run ${id} has ended; there is nothing to go on with`,
      mend: 'Start a new run.',
    });
  }
  if (kind === 'demo') await demo(engine, id, listener, signal);
  else if (kind === selfDebugKind) await resumeSelfDebug(engine, id, moved, listener, signal);
  else await resumeSolve(engine, id, moved, listener, signal);
  return summaryOf(journal, journal.run(id), engine.models.spentBy);
}
