import path from 'node:path';
import * as vscode from 'vscode';

/** The text of a file where it is open with changes that are not saved. */
export function openText(file: string): { text?: string } {
  const document = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) =>
      isDirty && uri.scheme === 'file' && path.relative(uri.fsPath, file) === '',
  );
  return document ? { text: document.getText() } : {};
}
