import * as vscode from 'vscode';
import type { Desk } from '../desk';
import { hostOf } from '../apiKeys';
import { readSettings } from '../settings';
import type { Command } from './register';

const openAi = 'https://api.openai.com/v1';

/** Asks for the key of the chosen endpoint and keeps it in the editor's secret storage. */
export const setApiKey: Command = async (desk) => {
  const baseUrl = readSettings().baseUrl ?? openAi;
  return askKey(desk, baseUrl);
};

export const clearApiKey: Command = async ({ keys, prompts }) => {
  const baseUrl = readSettings().baseUrl ?? openAi;
  await keys.clear(baseUrl);
  void prompts.tell(vscode.l10n.t('No key is kept for {0}.', hostOf(baseUrl) ?? baseUrl));
};

/** True where a key was given. */
export async function askKey(
  { keys, prompts }: Pick<Desk, 'keys' | 'prompts'>,
  baseUrl: string,
): Promise<boolean> {
  const host = hostOf(baseUrl) ?? baseUrl;
  const key = await prompts.secret(
    vscode.l10n.t('API Key for {0}', host),
    vscode.l10n.t('Kept in the editor’s secret storage. Leave it empty where none is needed.'),
  );
  if (key === undefined || key.trim() === '') return false;
  await keys.set(baseUrl, key.trim());
  return true;
}
