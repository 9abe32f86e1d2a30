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

const sources = /\.(?:py|[cm]?[jt]s)$/;

/** The same, with every other source or test file that is open and was changed. */
export function openTexts(file: string): {
  text?: string;
  open?: { readonly file: string; readonly text: string }[];
} {
  const open = vscode.workspace.textDocuments
    .filter(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && sources.test(uri.fsPath))
    .filter(({ uri }) => path.relative(uri.fsPath, file) !== '')
    .map((document) => ({ file: document.uri.fsPath, text: document.getText() }));
  return { ...openText(file), ...(open.length === 0 ? {} : { open }) };
}
