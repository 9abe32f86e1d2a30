import * as vscode from 'vscode';
import { reportUri } from '../documents';
import { sandboxReport } from '../sandboxReport';
import type { Command } from './register';
import { withCall } from './progress';
import { requireTrust } from './trust';

/** Tries each layer of isolation and shows what was found; gives the report as text. */
export const checkSandbox: Command = async ({ engine }) => {
  requireTrust();
  const report = await withCall(vscode.l10n.t('Checking the sandbox'), (options) =>
    engine.call('doctor', null, options),
  );
  const text = sandboxReport(report);
  const uri = reportUri('Sandbox', text);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: true });
  }
  return text;
};
