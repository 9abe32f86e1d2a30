import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { Desk } from '../desk';
import { findGoals, goalsSuffix, goalsTemplate } from '../goalsFiles';
import type { Choice } from '../prompts';
import { mayWrite } from './makeTasks';

/** The goals file that the person picks or makes, as a path; undefined where they do neither. */
export async function chooseGoals(desk: Desk): Promise<string | undefined> {
  const { prompts } = desk;
  const title = vscode.l10n.t('Goals of the Rounds');
  const found = (await findGoals()).map((uri): Choice<string> => ({
    label: path.basename(uri.fsPath),
    description: vscode.workspace.asRelativePath(path.dirname(uri.fsPath)),
    value: uri.fsPath,
  }));
  const chosen = await prompts.pick<string | typeof make | typeof browse>(title, [
    ...found,
    {
      label: vscode.l10n.t('New Goals File…'),
      detail: vscode.l10n.t('Made for this workspace, with the usual values'),
      value: make,
    },
    { label: vscode.l10n.t('Browse…'), value: browse },
  ]);
  if (chosen === make) return makeGoals(desk);
  if (chosen !== browse) return chosen;
  const file = await prompts.file(title, { [vscode.l10n.t('Goals')]: ['json'] });
  return file?.fsPath;
}

const make = Symbol('make');
const browse = Symbol('browse');

/** Writes a goals file and shows it, so that it can be changed before anything is begun. */
async function makeGoals(desk: Desk): Promise<string | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder?.uri.scheme !== 'file') {
    throw new UserError({
      code: 'noFolder',
      message: vscode.l10n.t('No folder is open for the goals to be about.'),
      mend: vscode.l10n.t('Open a folder with tested code, or with a file of tasks.'),
    });
  }
  const root = folder.uri.fsPath;
  const name = await desk.prompts.text({
    title: vscode.l10n.t('New Goals File…'),
    prompt: vscode.l10n.t('Name of the goals. They are written to {0}.', `NAME${goalsSuffix}`),
    value: folder.name.replace(/[^\p{L}\p{N}_.-]+/gu, '-'),
    check: (text) =>
      /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,79}$/u.test(text)
        ? null
        : vscode.l10n.t('Letters, digits, dots, dashes and underscores, at most 80.'),
  });
  if (name === undefined) return undefined;
  const file = path.join(root, `${name}${goalsSuffix}`);
  if (!(await mayWrite(desk, file))) return undefined;
  await writeFile(file, await goalsTemplate(name, root));
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
  return file;
}
