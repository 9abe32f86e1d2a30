import * as vscode from 'vscode';
import type { Desk } from '../desk';
import { settingIds } from '../ids';
import type { Choice } from '../prompts';
import { withCall } from './progress';
import type { Command } from './register';

/** Which solver the person chose: a model with its address, or search repair. */
export interface ModelChoice {
  /** Empty for search repair. */
  readonly model: string;
  readonly baseUrl: string;
}

const searchRepair: ModelChoice = { model: '', baseUrl: '' };
const openAi = 'https://api.openai.com/v1';

/** Chooses the model of chat runs, and keeps it in the settings; gives the choice. */
export const selectModel: Command = async (desk): Promise<ModelChoice | undefined> => {
  const { editorModels, engine, prompts } = desk;
  // Servers are looked for now, because the person asks for them, and at no other time.
  const [lent, servers] = await withCall(vscode.l10n.t('Looking for models'), (options) =>
    Promise.all([
      editorModels.list().catch(() => []),
      engine.call('localServers', null, options).catch(() => []),
    ]),
  );
  const other = { model: 'other', baseUrl: '' };
  const choices: Choice<ModelChoice>[] = [
    ...lent.map(({ name, label }) => ({
      label,
      description: vscode.l10n.t('the editor’s own model'),
      value: { model: name, baseUrl: '' },
    })),
    ...servers.flatMap(({ provider, baseUrl, models }) =>
      models.map((model) => ({
        label: model,
        description: `${provider} · ${baseUrl}`,
        value: { model, baseUrl },
      })),
    ),
    {
      label: vscode.l10n.t('Search repair'),
      description: vscode.l10n.t('no model, no key, no cost'),
      value: searchRepair,
    },
    { label: vscode.l10n.t('Another endpoint…'), value: other },
  ];
  const picked = await prompts.pick(vscode.l10n.t('Model for Self-Debugging'), choices);
  const choice = picked === other ? await askEndpoint(desk) : picked;
  if (choice === undefined) return undefined;
  await keep(choice);
  return choice;
};

async function askEndpoint(desk: Desk): Promise<ModelChoice | undefined> {
  const { prompts, engine } = desk;
  const baseUrl = await prompts.text({
    title: vscode.l10n.t('Endpoint'),
    prompt: vscode.l10n.t('Address of an OpenAI-compatible server, with its version'),
    value: openAi,
    check: (text) =>
      URL.canParse(text) && /^https?:/.test(text)
        ? null
        : vscode.l10n.t('An address such as {0}', openAi),
  });
  if (baseUrl === undefined) return undefined;
  if ((await desk.keys.get(baseUrl)) === null) await desk.askKey(baseUrl);
  const names = await withCall(vscode.l10n.t('Looking for models'), (options) =>
    engine.call('endpointModels', { baseUrl }, options),
  );
  const model =
    names.length > 0
      ? await prompts.pick(
          vscode.l10n.t('Model'),
          names.map((name) => ({ label: name, value: name })),
        )
      : await prompts.text({
          title: vscode.l10n.t('Model'),
          prompt: vscode.l10n.t('The server lists none; the name as it knows it'),
          value: '',
          check: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : null),
        });
  return model === undefined ? undefined : { model, baseUrl };
}

async function keep({ model, baseUrl }: ModelChoice): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const target = vscode.ConfigurationTarget.Global;
  await settings.update(settingIds.modelName, model === '' ? 'search' : model, target);
  await settings.update(settingIds.modelBaseUrl, baseUrl, target);
}
