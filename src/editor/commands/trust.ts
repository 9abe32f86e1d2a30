import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';

/** Throws UserError `untrusted` where programs of the workspace must not run. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError({
    code: 'untrusted',
    message: vscode.l10n.t('This workspace is not trusted, so no program of it is run.'),
    mend: vscode.l10n.t('Trust it with "Workspaces: Manage Workspace Trust", then try again.'),
  });
}
