import path from 'node:path';
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { EngineOptions } from './engineCalls';
import type { Host } from './hostCalls';
import { EngineClient } from './engineClient';
import { settingIds } from './ids';
import { readSettings } from './settings';

/** The engine of this window. Nothing starts until the first call. */
export function createEngine(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  host: Host,
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
  const engine = new EngineClient(start, () => engineOptions(context), host);
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
      const matters = engineSettings.map((name) => settingIds[name]);
      if (matters.some((id) => change.affectsConfiguration(id))) engine.renewWhenIdle();
    }),
  );
  return engine;
}

/** What the engine is opened with: it is opened anew when one of them changes. */
const engineSettings = [
  'pythonPath',
  'nodePath',
  'workers',
  'requiredLayers',
  'exportIsolation',
  'modelName',
  'modelBaseUrl',
  'maxUsdPerDay',
  'maxTokensPerDay',
] as const satisfies (keyof typeof settingIds)[];

/** Whether this workspace ever had a run: looking must not create an empty journal. */
export async function hasJournal(context: vscode.ExtensionContext): Promise<boolean> {
  return (await journalWrittenAt(context)) !== null;
}

/** Whether there may be a dataset to list, so that looking starts nothing where there is none. */
export async function mayHaveDatasets(context: vscode.ExtensionContext): Promise<boolean> {
  const workspace = path.dirname(path.dirname(journalFile(context)));
  const datasets = await changedAt(path.join(workspace, 'datasets'));
  return datasets !== null || (await hasJournal(context));
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
  const { node, python, workers, requireLayers, exportIsolation, models } = readSettings();
  // The manifest is data of our own build.
  const manifest = context.extension.packageJSON as { readonly version: string };
  return {
    journalFile: journalFile(context),
    assetsFolder: context.asAbsolutePath(path.join('dist', 'assets')),
    models,
    samplesFolder: context.asAbsolutePath('samples'),
    version: manifest.version,
    ...(python === undefined ? {} : { python }),
    ...(node === undefined ? {} : { node }),
    ...(workers === undefined ? {} : { workers }),
    ...(requireLayers === undefined ? {} : { requireLayers }),
    ...(exportIsolation === undefined ? {} : { exportIsolation }),
  };
}

function journalFile(context: vscode.ExtensionContext): string {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  const root = folder === undefined ? context.globalStorageUri : folder.uri;
  return path.join(root.fsPath, '.flywheel', 'journal.db');
}
