import path from 'node:path';
import * as vscode from 'vscode';
import type { Decision } from '../engine/domain/records';
import type { Proposal } from '../engine/flywheel/workbench';
import type { EngineClient } from './engineClient';
import { contextKeys, proposalScheme } from './ids';
import { ProposalFiles } from './proposalFiles';
import type { Prompts } from './prompts';
import { testsText } from './counts';

/**
 * Changes that runs found and that wait for the person: each shown beside the file that it would
 * change, where it can be edited, accepted or rejected. What was decided is recorded with the run.
 */
export class Proposals implements vscode.Disposable {
  private readonly files = new ProposalFiles();
  private readonly open = new Map<string, Proposal>();

  constructor(
    private readonly engine: EngineClient,
    private readonly prompts: Prompts,
  ) {}

  /** Opens the difference. The right side can be edited. */
  async show(proposal: Proposal): Promise<void> {
    const { run, file, name, after, passed, of } = proposal;
    const uri = this.files.put(run, path.basename(file), after);
    this.open.set(uri.toString(), proposal);
    await this.tellContext();
    const title = vscode.l10n.t('{0}: proposal, passes {1} of {2}', name, passed, testsText(of));
    await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(file), uri, title, {
      preview: false,
    });
  }

  /** The proposal that is meant: the one given, the one in the active editor, or the only one. */
  find(argument: unknown): vscode.Uri | undefined {
    if (argument instanceof vscode.Uri && this.open.has(argument.toString())) return argument;
    const active = vscode.window.tabGroups.activeTabGroup.activeTab;
    const shown = active && modifiedSide(active);
    if (shown && this.open.has(shown.toString())) return shown;
    const [only, ...more] = this.open.keys();
    return only !== undefined && more.length === 0 ? vscode.Uri.parse(only) : undefined;
  }

  /** Changes the file, which stays unsaved and can be undone. False where the person thought again. */
  async accept(uri: vscode.Uri): Promise<boolean> {
    const proposal = this.open.get(uri.toString());
    if (!proposal) return false;
    const proposed = (await vscode.workspace.openTextDocument(uri)).getText();
    const target = await vscode.workspace.openTextDocument(proposal.file);
    if (proposal.isStale || target.getText() !== proposal.before) {
      const replace = vscode.l10n.t('Replace');
      const question = vscode.l10n.t(
        '{0} was changed since the run began. Replace its text by the proposal?',
        path.basename(proposal.file),
      );
      if ((await this.prompts.warn(question, replace)) !== replace) return false;
    }
    const edit = new vscode.WorkspaceEdit();
    const { range, text } = changedPart(target, proposed);
    edit.replace(target.uri, range, text);
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    const isAsProposed = proposed === proposal.after;
    await this.decided(uri, proposal, isAsProposed ? 'accepted' : 'edited', proposed);
    await vscode.window.showTextDocument(target, { selection: range });
    return true;
  }

  async reject(uri: vscode.Uri): Promise<void> {
    const proposal = this.open.get(uri.toString());
    if (proposal) await this.decided(uri, proposal, 'rejected');
  }

  dispose(): void {
    this.files.dispose();
  }

  private async decided(
    uri: vscode.Uri,
    { run, task }: Proposal,
    decision: Decision,
    text?: string,
  ): Promise<void> {
    const edited = decision === 'edited' && text !== undefined ? { text } : {};
    await this.engine.call('decide', { run, task, decision, ...edited });
    this.open.delete(uri.toString());
    await this.tellContext();
    const document = await vscode.workspace.openTextDocument(uri);
    // Saved into memory, so that closing it asks nothing.
    if (document.isDirty) await document.save();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter((tab) => modifiedSide(tab)?.toString() === uri.toString()),
    );
    this.files.delete(uri);
  }

  private async tellContext(): Promise<void> {
    const hasProposal = this.open.size > 0;
    await vscode.commands.executeCommand('setContext', contextKeys.hasProposal, hasProposal);
  }
}

function modifiedSide({ input }: vscode.Tab): vscode.Uri | undefined {
  const isProposal =
    input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme;
  return isProposal ? input.modified : undefined;
}

/** The smallest range that differs, so that cursors and undo stay where people expect them. */
function changedPart(document: vscode.TextDocument, now: string) {
  const old = document.getText();
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start++;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  return {
    range: new vscode.Range(document.positionAt(start), document.positionAt(old.length - end)),
    text: now.slice(start, now.length - end),
  };
}
