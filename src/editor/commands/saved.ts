import path from 'node:path';
import * as vscode from 'vscode';

/** Saves a file where it is open with changes, for what is worked on is what lies on disk. */
export async function saved(file: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) =>
      isDirty && uri.scheme === 'file' && path.relative(uri.fsPath, file) === '',
  );
  await open?.save();
}
