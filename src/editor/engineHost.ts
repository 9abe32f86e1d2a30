import path from 'node:path';
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { EngineOptions } from './engineCalls';
import { EngineClient } from './engineClient';
import { settingIds } from './ids';
import { readSettings } from './settings';

/** The engine of this window. Nothing starts until the first call. */
export function createEngine(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): EngineClient {
  const start = (): Worker => {
    const worker = new Worker(context.asAbsolutePath(path.join('dist', 'engine.js')), {
      stdout: true,
      stderr: true,
    });
    worker.stdout.on('data', (text: Buffer) => log.debug(String(text).trimEnd()));
    worker.stderr.on('data', (text: Buffer) => log.warn(String(text).trimEnd()));
    log.info('The engine thread started.');
    return worker;
  };
  const engine = new EngineClient(start, () => engineOptions(context));
  context.subscriptions.push(
    engine.onBroke((error) => {
      log.error(error);
      const text = vscode.l10n.t(
        'The Flywheel engine stopped: {0}. It starts again with the next command; an unfinished run can be resumed.',
        error.message,
      );
      void vscode.window.showErrorMessage(text);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const matters = [settingIds.pythonPath, settingIds.workers];
      if (matters.some((id) => change.affectsConfiguration(id))) engine.renewWhenIdle();
    }),
  );
  return engine;
}

/** Whether this workspace ever had a run: looking must not create an empty journal. */
export async function hasJournal(context: vscode.ExtensionContext): Promise<boolean> {
  return (await journalWrittenAt(context)) !== null;
}

/** When the journal was last written to, by whatever process; null where there is none. */
export async function journalWrittenAt(context: vscode.ExtensionContext): Promise<number | null> {
  const file = journalFile(context);
  const [database, log] = await Promise.all([changedAt(file), changedAt(`${file}-wal`)]);
  return database === null ? null : Math.max(database, log ?? 0);
}

async function changedAt(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}

function engineOptions(context: vscode.ExtensionContext): EngineOptions {
  const { python, workers } = readSettings();
  // The manifest is data of our own build.
  const manifest = context.extension.packageJSON as { readonly version: string };
  return {
    journalFile: journalFile(context),
    assetsFolder: context.asAbsolutePath(path.join('dist', 'assets')),
    samplesFolder: context.asAbsolutePath('samples'),
    version: manifest.version,
    ...(python === undefined ? {} : { python }),
    ...(workers === undefined ? {} : { workers }),
  };
}

function journalFile(context: vscode.ExtensionContext): string {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  const root = folder === undefined ? context.globalStorageUri : folder.uri;
  return path.join(root.fsPath, '.flywheel', 'journal.db');
}
