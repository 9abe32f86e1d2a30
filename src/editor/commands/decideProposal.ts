import * as vscode from 'vscode';
import { targetOf } from '../desk';
import { openText } from '../openText';
import { pickRun } from './pickRun';
import type { Command } from './register';
import { requireTrust } from './trust';

/** Changes the file as proposed; true where it did. */
export const acceptProposal: Command = async ({ proposals }, argument) => {
  requireTrust();
  const uri = proposals.find(argument);
  return uri === undefined ? false : proposals.accept(uri);
};

/** Closes the proposal and leaves the file as it is. */
export const rejectProposal: Command = async ({ proposals }, argument) => {
  const uri = proposals.find(argument);
  if (uri !== undefined) await proposals.reject(uri);
};

/** Opens the proposal of an earlier run again, put into the file as it is now. */
export const showProposal: Command = async (desk, argument) => {
  const run = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Show Proposal'),
    fits: ({ kind, state }) => kind === 'self-debug' && state !== 'running',
    none: vscode.l10n.t('There is no run on a function of yours.'),
  });
  if (run === undefined) return undefined;
  const proposal = await desk.engine.call('proposal', { run });
  const open = openText(proposal.file);
  await desk.proposals.show(
    open.text === undefined ? proposal : await desk.engine.call('proposal', { run, ...open }),
  );
  return run;
};
