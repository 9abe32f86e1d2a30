import * as vscode from 'vscode';
import { registerCommands } from './commands/register';
import type { Desk } from './desk';
import { registerDocuments } from './documents';
import { createEngine, hasJournal, journalWrittenAt } from './engineHost';
import type { EngineClient } from './engineClient';
import { editorPrompts, type Prompts } from './prompts';
import { RunSessions } from './runSessions';
import { RunStore } from './runStore';
import { RunWatch } from './runWatch';
import { contextKeys } from './ids';
import { IterationsView } from './views/iterationsView';
import { RunsView } from './views/runsView';

/** What `activate` gives back: for tests only, and free to change. */
export interface TestSurface {
  readonly engine: EngineClient;
  /** Tests replace its functions to answer questions. */
  readonly prompts: Prompts;
  readonly runs: RunStore;
  readonly sessions: RunSessions;
}

let engine: EngineClient | undefined;

/** Registers and returns: starts no thread, and only looks whether there is a journal. */
export function activate(context: vscode.ExtensionContext): TestSurface {
  const log = vscode.window.createOutputChannel('Code Flywheel', { log: true });
  const client = createEngine(context, log);
  engine = client;
  const prompts = editorPrompts();
  const runs = new RunStore(client, () => hasJournal(context));
  const iterations = new IterationsView(context, runs, log);
  const runsView = new RunsView(runs);
  const sessions = new RunSessions(client, runs, iterations, prompts);
  const watch = new RunWatch(runs, {
    ours: () => sessions.running,
    journalWrittenAt: () => journalWrittenAt(context),
  });
  const watchWhileSeen = (): void => watch.show(iterations.visible || runsView.visible);
  const desk: Desk = { engine: client, runs, prompts, iterations, sessions, log };
  context.subscriptions.push(
    log,
    runs,
    iterations,
    runsView,
    sessions,
    watch,
    iterations.onVisibility(watchWhileSeen),
    runsView.onVisibility(watchWhileSeen),
    registerDocuments(runs),
    registerCommands(desk),
    runs.onRead(() => showHasRuns(runs.known().length > 0)),
    runs.onChanged(() => showHasRuns(runs.known().length > 0)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runs.refresh()),
  );
  // Until the runs are read, a journal stands for them, so that the palette offers what it may.
  void hasJournal(context).then((exists) => {
    if (!runs.wasRead) showHasRuns(exists);
  });
  return { engine: client, prompts, runs, sessions };
}

/** Ends the engine thread; a run that was under way shows as interrupted and can be resumed. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
}

function showHasRuns(hasRuns: boolean): void {
  void vscode.commands.executeCommand('setContext', contextKeys.hasRuns, hasRuns);
}
