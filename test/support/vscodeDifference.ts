import * as vscode from 'vscode';
import { until } from './vscodeUntil';

/** The texts of the difference editor in front, once the one whose name holds `name` is there. */
export async function differenceShown(name: string): Promise<{ left: string; right: string }> {
  const input = await until(`a difference editor for ${name}`, () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (!(tab?.input instanceof vscode.TabInputTextDiff)) return undefined;
    return tab.label.endsWith(name) ? tab.input : undefined;
  });
  const [left, right] = await Promise.all([
    vscode.workspace.openTextDocument(input.original),
    vscode.workspace.openTextDocument(input.modified),
  ]);
  return { left: left.getText(), right: right.getText() };
}
