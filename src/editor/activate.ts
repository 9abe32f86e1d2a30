import * as vscode from 'vscode';
import { registerCommands } from './commands/register';
import type { Desk } from './desk';
import { registerDocuments } from './documents';
import { createEngine, hasJournal } from './engineHost';
import type { EngineClient } from './engineClient';
import { editorPrompts, type Prompts } from './prompts';
import { RunSessions } from './runSessions';
import { RunStore } from './runStore';
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

/** Registers and returns: starts no thread, reads no file. */
export function activate(context: vscode.ExtensionContext): TestSurface {
  const log = vscode.window.createOutputChannel('Code Flywheel', { log: true });
  const client = createEngine(context, log);
  engine = client;
  const prompts = editorPrompts();
  const runs = new RunStore(client, () => hasJournal(context));
  const iterations = new IterationsView(context, runs, log);
  const runsView = new RunsView(runs);
  const sessions = new RunSessions(client, runs, iterations, prompts);
  const desk: Desk = { engine: client, runs, prompts, iterations, sessions, log };
  context.subscriptions.push(
    log,
    runs,
    iterations,
    runsView,
    sessions,
    registerDocuments(runs),
    registerCommands(desk),
    runs.onRead(() => showHasRuns(runs)),
    runs.onChanged(() => showHasRuns(runs)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runs.refresh()),
  );
  return { engine: client, prompts, runs, sessions };
}

/** Ends the engine thread; a run that was under way shows as interrupted and can be resumed. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
}

function showHasRuns(runs: RunStore): void {
  void vscode.commands.executeCommand('setContext', contextKeys.hasRuns, runs.known().length > 0);
}
