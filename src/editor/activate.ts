import * as vscode from 'vscode';
import { ApiKeys } from './apiKeys';
import { askKey } from './commands/apiKey';
import { confirmExport } from './confirmExport';
import { confirmTasks } from './confirmTasks';
import { confirmStep } from './confirmStep';
import { registerCommands } from './commands/register';
import type { Desk } from './desk';
import { registerDocuments } from './documents';
import { EditorModels } from './editorModels';
import { createEngine, hasJournal, journalWrittenAt, mayHaveDatasets } from './engineHost';
import type { EngineClient } from './engineClient';
import { registerMissedFixes } from './missed/missedFixes';
import { MissedTests } from './missed/missedTests';
import { editorPrompts, type Prompts } from './prompts';
import { Proposals } from './proposals';
import { RunSessions } from './runSessions';
import { RunStore } from './runStore';
import { RunWatch } from './runWatch';
import { StepQuestions } from './stepQuestions';
import { contextKeys } from './ids';
import { TaskDiagnostics } from './taskFiles/diagnostics';
import { registerTaskCompletion } from './taskFiles/taskCompletion';
import { TaskFiles } from './taskFiles/taskFiles';
import { registerTaskHover } from './taskFiles/taskHover';
import { TaskLenses } from './taskFiles/taskLenses';
import { DatasetsView } from './views/datasetsView';
import { FunctionLenses } from './views/functionLenses';
import { IterationsView } from './views/iterationsView';
import { RoundsPanels } from './views/roundsPanels';
import { RunsView } from './views/runsView';
import { TasksView } from './views/tasksView';

/** What `activate` gives back: for tests only, and free to change. */
export interface TestSurface {
  readonly engine: EngineClient;
  /** Tests replace its functions to answer questions. */
  readonly prompts: Prompts;
  readonly runs: RunStore;
  readonly sessions: RunSessions;
  readonly proposals: Proposals;
  readonly datasets: DatasetsView;
  readonly tasks: TasksView;
  readonly missed: MissedTests;
  readonly runsView: RunsView;
  readonly questions: StepQuestions;
  readonly roundsPanels: RoundsPanels;
}

let engine: EngineClient | undefined;

/** Registers and returns: starts no thread, and only looks whether there is a journal. */
export function activate(context: vscode.ExtensionContext): TestSurface {
  const log = vscode.window.createOutputChannel('Code Flywheel', { log: true });
  const keys = new ApiKeys(context.secrets);
  const editorModels = new EditorModels();
  const prompts = editorPrompts();
  const questions = new StepQuestions();
  const client = createEngine(context, log, {
    apiKey: (baseUrl) => keys.get(baseUrl),
    lentModel: (name) => editorModels.lentModel(name),
    complete: (...asked) => editorModels.complete(...asked),
    confirmExport: (...asked) => confirmExport(prompts, ...asked),
    confirmTasks: (...asked) => confirmTasks(prompts, ...asked),
    confirmStep: (...asked) => confirmStep({ questions, panels: roundsPanels, prompts }, ...asked),
  });
  engine = client;
  const runs = new RunStore(client, () => hasJournal(context));
  const iterations = new IterationsView(context, runs, log);
  const roundsPanels = new RoundsPanels(context, {
    ...{ engine: client, runs, questions, iterations, prompts, log },
  });
  const runsView = new RunsView(runs);
  const datasets = new DatasetsView(client, () => mayHaveDatasets(context));
  const sessions = new RunSessions(client, runs, iterations, prompts);
  const proposals = new Proposals(client, prompts);
  const taskFiles = new TaskFiles(client);
  const tasks = new TasksView(taskFiles);
  const taskDiagnostics = new TaskDiagnostics(taskFiles);
  const missed = new MissedTests();
  const watch = new RunWatch(runs, {
    ours: () => sessions.running,
    journalWrittenAt: () => journalWrittenAt(context),
    onWritten: () => taskFiles.refreshSoon(),
  });
  const watchWhileSeen = (): void =>
    watch.show(iterations.visible || runsView.visible || tasks.visible || roundsPanels.visible());
  const desk: Desk = {
    ...{
      datasets,
      tasks,
      taskFiles,
      taskDiagnostics,
      missed,
      engine: client,
      runs,
      prompts,
      iterations,
      sessions,
      proposals,
      roundsPanels,
      keys,
      editorModels,
      log,
    },
    askKey: (baseUrl) => askKey({ keys, prompts }, baseUrl),
  };
  context.subscriptions.push(
    log,
    runs,
    iterations,
    runsView,
    datasets,
    taskFiles,
    tasks,
    taskDiagnostics,
    missed,
    new TaskLenses(taskFiles),
    registerTaskCompletion(),
    registerTaskHover(taskFiles),
    registerMissedFixes(missed),
    sessions,
    watch,
    questions,
    roundsPanels,
    roundsPanels.onVisibility(watchWhileSeen),
    iterations.onVisibility(watchWhileSeen),
    runsView.onVisibility(watchWhileSeen),
    tasks.onVisibility(watchWhileSeen),
    proposals,
    new FunctionLenses(client),
    registerDocuments(runs),
    registerCommands(desk),
    runs.onChanged((change) => {
      if (change.kind === 'all' || change.run.dataset !== undefined) datasets.changedSoon();
    }),
    runs.onChanged((change) => {
      if (change.kind === 'all' || change.run.state !== 'running') taskFiles.refreshSoon();
    }),
    runs.onRead(() => showHasRuns(runs.known().length > 0)),
    runs.onChanged(() => showHasRuns(runs.known().length > 0)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runs.refresh()),
  );
  // Until the runs are read, a journal stands for them, so that the palette offers what it may.
  void hasJournal(context).then((exists) => {
    if (!runs.wasRead) showHasRuns(exists);
  });
  return {
    ...{ engine: client, prompts, runs, sessions, proposals, datasets, tasks, missed },
    ...{ runsView, questions, roundsPanels },
  };
}

/** Ends the engine thread; a run that was under way shows as interrupted and can be resumed. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
}

function showHasRuns(hasRuns: boolean): void {
  void vscode.commands.executeCommand('setContext', contextKeys.hasRuns, hasRuns);
}
