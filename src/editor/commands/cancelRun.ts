import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { Command } from './register';

export const cancelRun: Command = async ({ sessions }) => {
  if (sessions.cancel()) return;
  throw new UserError({
    code: 'notRunning',
    message: vscode.l10n.t('No run is under way in this window.'),
    mend: vscode.l10n.t('A run of another window or terminal is cancelled there.'),
  });
};
