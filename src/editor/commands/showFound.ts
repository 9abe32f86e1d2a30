import * as vscode from 'vscode';
import type { DecidingTest } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import type { CommandId } from '../ids';
import { openText } from '../openText';
import { testsText } from '../counts';

/** A program that a run found for a function, and what would tell more of it. */
export interface Found {
  readonly run: string;
  readonly name: string;
  readonly file: string;
  readonly passed: number;
  readonly of: number;
  readonly decides?: DecidingTest | undefined;
}

/** Opens the difference, and asks what to make of it. */
export async function showFound({ prompts, proposals, engine }: Desk, found: Found): Promise<void> {
  const { run, name, file, passed, of, decides } = found;
  await proposals.show(await engine.call('proposal', { run, ...openText(file) }));
  const accept = vscode.l10n.t('Accept');
  const reject = vscode.l10n.t('Reject');
  const decide = vscode.l10n.t('Decide…');
  const question = vscode.l10n.t(
    '{0}: passes {1} of {2} now. Edit the right side if you like, then accept or reject it.',
    name,
    passed,
    testsText(of),
  );
  const doubt =
    decides &&
    vscode.l10n.t(
      'Programs that pass differ on {0}: {1}.',
      decides.call,
      decides.answers.join(vscode.l10n.t(' or ')),
    );
  const actions = doubt === undefined ? [accept, reject] : [accept, decide, reject];
  const message = doubt === undefined ? question : `${question} ${doubt}`;
  // Not waited for: the person may take the time to read, and the editor's title has both too.
  void prompts.tell(message, ...actions).then(async (answer) => {
    const execute = (command: CommandId, argument?: unknown) =>
      vscode.commands.executeCommand(command, argument);
    if (answer === accept) await execute('flywheel.acceptProposal');
    if (answer === reject) await execute('flywheel.rejectProposal');
    if (answer === decide) await execute('flywheel.answerTest', { run });
  });
}
