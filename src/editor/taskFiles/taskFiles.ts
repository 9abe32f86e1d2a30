import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskFileView } from '../../engine/flywheel/workbench';
import { coalesce } from '../coalesce';
import type { EngineClient } from '../engineClient';

/** Files with tasks of our format, as the editor knows them by their names. */
export const taskFilePattern = '**/*.tasks.jsonl';
const watched = '**/*.{tasks,rejected}.jsonl';
const excluded = '**/{node_modules,.flywheel,.git}/**';
const maxFiles = 500;
/** Text that is not saved and larger than this is read once it is saved. */
const maxOpenChars = 8 * 1024 * 1024;
const changedEveryMs = 400;
/** Runs tell of themselves often, and reading all files anew for it is of little use. */
const renewedEveryMs = 3000;

export function isTaskFile(file: string): boolean {
  return /\.(?:tasks|rejected)\.jsonl$/.test(file);
}

/**
 * What the engine says of files with tasks, asked once until a file or what is known of its tasks
 * changes. Asking starts the engine; nothing is asked before somebody looks.
 */
export class TaskFiles implements vscode.Disposable {
  private readonly views = new Map<string, Promise<TaskFileView>>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Files came, went or changed, or what is known of their tasks did. */
  readonly onChanged = this.changed.event;
  private readonly renewing = coalesce(renewedEveryMs, () => this.refresh());
  private readonly telling = coalesce(changedEveryMs, () => this.changed.fire());
  private readonly listening: vscode.Disposable;

  constructor(private readonly engine: EngineClient) {
    const watcher = vscode.workspace.createFileSystemWatcher(watched);
    const forget = (uri: vscode.Uri): void => this.forget(uri.fsPath);
    this.listening = vscode.Disposable.from(
      this.changed,
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isOpenTaskFile(document)) forget(document.uri);
      }),
      { dispose: () => this.telling.dispose() },
      { dispose: () => this.renewing.dispose() },
    );
  }

  /** Files with tasks in the workspace, by name; those with rejected ones only stand beside them. */
  async list(): Promise<string[]> {
    const found = await vscode.workspace.findFiles(taskFilePattern, excluded, maxFiles);
    return found
      .filter(({ scheme }) => scheme === 'file')
      .map(({ fsPath }) => fsPath)
      .sort();
  }

  /** The tasks of a file as it is open, or as it lies on disk. */
  read(file: string): Promise<TaskFileView> {
    const known = this.views.get(file);
    if (known !== undefined) return known;
    const asked = this.engine.call('taskFile', { file, ...openTaskText(file) });
    this.views.set(file, asked);
    asked.catch(() => this.views.get(file) === asked && this.views.delete(file));
    return asked;
  }

  /** A file changed: it, and that which it stands beside. */
  forget(file: string): void {
    this.views.delete(file);
    this.views.delete(file.replace(/\.rejected\.jsonl$/, '.tasks.jsonl'));
    this.telling.request();
  }

  /** What is known of tasks changed: a check or a run ended, perhaps elsewhere. */
  refresh(): void {
    this.views.clear();
    this.telling.request();
  }

  /** The same, at most once in a few seconds. */
  refreshSoon(): void {
    this.renewing.request();
  }

  dispose(): void {
    this.listening.dispose();
  }
}

/** The text of a task file where it is open with changes that are not saved. */
export function openTaskText(file: string): { text?: string } {
  const document = vscode.workspace.textDocuments.find(
    (one) => one.isDirty && isOpenTaskFile(one) && path.relative(one.uri.fsPath, file) === '',
  );
  const text = document?.getText();
  return text === undefined || text.length > maxOpenChars ? {} : { text };
}

export function isOpenTaskFile({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && isTaskFile(uri.fsPath);
}
