import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskEntry, TaskFileView } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { reasonName } from '../reasons';
import { isOpenTaskFile, type TaskFiles } from './taskFiles';
import { pathOf, placeIn } from './taskPlaces';
import { percent } from './taskWords';

/** Of one file; the tree has all. */
const maxShown = 1000;

/**
 * What is wrong in files with tasks that are open or were checked: lines that are no task, and
 * tasks that the gate let in for training only, or not at all.
 */
export class TaskDiagnostics implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('flywheel-tasks');
  private readonly checked = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly files: TaskFiles) {
    this.listening = vscode.Disposable.from(
      this.shown,
      files.onChanged(() => void this.publishAll()),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isOpenTaskFile(document)) void this.publish(document.uri.fsPath);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (!this.checked.has(uri.fsPath)) this.shown.delete(uri);
      }),
      vscode.workspace.onDidDeleteFiles(({ files: gone }) => {
        for (const uri of gone) this.shown.delete(uri);
      }),
    );
    void this.publishAll();
  }

  /** Shows what is wrong in a file from now on, whether it is open or not. */
  async show(file: string): Promise<void> {
    this.checked.add(file);
    await this.publish(file);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async publishAll(): Promise<void> {
    const open = vscode.workspace.textDocuments.filter(isOpenTaskFile);
    const files = new Set([...open.map(({ uri }) => uri.fsPath), ...this.checked]);
    for (const file of files) await this.publish(file);
  }

  private async publish(file: string): Promise<void> {
    const uri = vscode.Uri.file(file);
    const view = await this.files.read(file).catch(() => null);
    if (view === null) return this.shown.delete(uri);
    const document = vscode.workspace.textDocuments.find(
      (one) => isOpenTaskFile(one) && path.relative(one.uri.fsPath, file) === '',
    );
    this.shown.set(document?.uri ?? uri, await diagnosticsOf(file, view, document));
  }
}

async function diagnosticsOf(
  file: string,
  { bad, tasks }: TaskFileView,
  document: vscode.TextDocument | undefined,
): Promise<vscode.Diagnostic[]> {
  const range = async (line: number, key: readonly (string | number)[]): Promise<vscode.Range> => {
    const at = line - 1;
    if (document === undefined || at >= document.lineCount) return new vscode.Range(at, 0, at, 1);
    const { start, end } = await placeIn(document.lineAt(at).text, key);
    return new vscode.Range(at, start, at, end);
  };
  const found: vscode.Diagnostic[] = [];
  for (const { line, problem } of bad.slice(0, maxShown)) {
    const text = vscode.l10n.t('This line is no task: {0}', plainText(problem));
    found.push(
      diagnostic(await range(line, pathOf(problem)), text, vscode.DiagnosticSeverity.Error),
    );
  }
  for (const entry of tasks) {
    if (found.length >= maxShown) break;
    // What its own line says was known when it was written, and is no news.
    if (entry.file !== file || entry.toldBy !== 'journal') continue;
    const told = gateMessage(entry);
    if (told === null) continue;
    const one = diagnostic(await range(entry.line, ['id']), told.text, told.severity);
    one.code = entry.reason ?? entry.state;
    found.push(one);
  }
  return found;
}

function gateMessage(
  entry: TaskEntry,
): { readonly text: string; readonly severity: vscode.DiagnosticSeverity } | null {
  const { id, state, reason = '', saw, mutationScore } = entry;
  switch (state) {
    case 'rejected': {
      const why = vscode.l10n.t('The gate rejected {0}: {1}.', id, reasonName(reason));
      const text = plainText(saw === undefined ? why : `${why} ${saw}`);
      return { text, severity: vscode.DiagnosticSeverity.Warning };
    }
    case 'trainingOnly': {
      const text = vscode.l10n.t(
        '{0} is for training only: its tests notice {1} % of changes of its reference.',
        plainText(id),
        percent(mutationScore ?? 0),
      );
      return { text, severity: vscode.DiagnosticSeverity.Information };
    }
    case 'admitted':
    case 'notChecked':
      return null;
  }
}

function diagnostic(
  range: vscode.Range,
  text: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, text, severity);
  made.source = 'Flywheel';
  return made;
}
