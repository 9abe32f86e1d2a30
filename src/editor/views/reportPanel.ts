import * as vscode from 'vscode';

/** A tab with a page that the engine made: no script runs in it, and it can load nothing. */
export function showReport(title: string, page: string): vscode.WebviewPanel {
  const options = { enableScripts: false, localResourceRoots: [], enableFindWidget: true };
  const panel = vscode.window.createWebviewPanel(
    'flywheel.report',
    title,
    vscode.ViewColumn.Active,
    options,
  );
  panel.webview.html = page;
  return panel;
}
