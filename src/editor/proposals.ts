import path from 'node:path';
import * as vscode from 'vscode';
import type { Decision } from '../engine/domain/records';
import type { Proposal } from '../engine/flywheel/workbench';
import type { EngineClient } from './engineClient';
import { contextKeys, proposalScheme } from './ids';
import { ProposalFiles } from './proposalFiles';
import type { Prompts } from './prompts';
import { testsText } from './counts';

/** A change that waits for the person, and what is done once they decided. */
interface Waiting {
  readonly file: string;
  /** The file as it was, and as it would be. */
  readonly before: string;
  readonly after: string;
  readonly isStale: boolean;
  readonly onDecided: (decision: Decision, text?: string) => Promise<void>;
}

/** Tests that would be added to a file. */
export interface ProposedTests {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly title: string;
  readonly onAccepted: () => Promise<void>;
}

/**
 * Changes that runs found and that wait for the person: each shown beside the file that it would
 * change, where it can be edited, accepted or rejected. What was decided is recorded with the run.
 */
export class Proposals implements vscode.Disposable {
  private readonly files = new ProposalFiles();
  private readonly open = new Map<string, Waiting>();
  /** Files that tests were proposed for, each with a number that stands for it. */
  private readonly testFiles = new Map<string, number>();

  constructor(
    private readonly engine: EngineClient,
    private readonly prompts: Prompts,
  ) {}

  /** Opens the difference. The right side can be edited. */
  async show(proposal: Proposal): Promise<void> {
    const { run, task, name, passed, of } = proposal;
    const title = vscode.l10n.t('{0}: proposal, passes {1} of {2}', name, passed, testsText(of));
    const onDecided: Waiting['onDecided'] = async (decision, text) => {
      const edited = decision === 'edited' && text !== undefined ? { text } : {};
      await this.engine.call('decide', { run, task, decision, ...edited });
    };
    await this.put(run, title, { ...proposal, onDecided });
  }

  /** Opens the difference that new tests would make. The right side can be edited. */
  async showTests({ title, onAccepted, ...tests }: ProposedTests): Promise<void> {
    const onDecided: Waiting['onDecided'] = async (decision) => {
      if (decision !== 'rejected') await onAccepted();
    };
    // One for each file: a newer proposal takes the place of one that was not decided.
    const place = this.testFiles.get(tests.file) ?? this.testFiles.size + 1;
    this.testFiles.set(tests.file, place);
    await this.put(`new-tests-${place}`, title, { ...tests, isStale: false, onDecided });
  }

  private async put(key: string, title: string, waiting: Waiting): Promise<void> {
    const { file, after } = waiting;
    const uri = this.files.put(key, path.basename(file), after);
    this.open.set(uri.toString(), waiting);
    await this.tellContext();
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
        '{0} was changed since this was proposed. Replace its text by the proposal?',
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
    { onDecided }: Waiting,
    decision: Decision,
    text?: string,
  ): Promise<void> {
    await onDecided(decision, text);
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
