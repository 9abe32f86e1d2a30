import * as vscode from 'vscode';
import type { MakeTasksRequest } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import type { Choice } from '../prompts';
import { readSettings } from '../settings';
import { makerWords } from '../makerWords';
import { selectModel, type ModelChoice } from './selectModel';
import { pickTasksFile } from './startRun';
import type { TaskSource } from './taskSource';

type Making = Pick<
  MakeTasksRequest,
  'makers' | 'pool' | 'model' | 'baseUrl' | 'maxTokensTotal' | 'functions'
>;

const onFunctions = ['fault-injection', 'body-removal', 'mutated-inputs'];
const onHistory = 'git-history';
const withModel = [
  'from-snippets',
  'from-concepts',
  'from-documents',
  'written-tests',
  'self-instruct',
  'evolve',
];
const onTasks = ['self-instruct', 'evolve'];

/** Every maker that the editor offers. A test holds it to those of the engine. */
export const makersOffered: readonly string[] = [...onFunctions, onHistory, ...withModel];

/** Who makes the tasks, and what they need for it; undefined where the person chose nothing. */
export async function chooseMakers(
  desk: Desk,
  { functions, history }: TaskSource,
): Promise<Making | undefined> {
  if (history === true) return { makers: [onHistory] };
  // What a model draws from, and what commits changed, is whole files.
  const fitting = functions === undefined ? makersOffered : onFunctions;
  const makers = await desk.prompts.pickMany(
    vscode.l10n.t('Makers of Tasks'),
    fitting.map((name): Choice<string> => ({
      label: name,
      description: withModel.includes(name) ? vscode.l10n.t('with a model') : '',
      detail: makerWords(name),
      picked: name === 'fault-injection',
      value: name,
    })),
  );
  if (makers === undefined || makers.length === 0) return undefined;
  const pool = makers.some((name) => onTasks.includes(name)) ? await askPool(desk) : {};
  if (pool === undefined) return undefined;
  const model = makers.some((name) => withModel.includes(name)) ? await askModel(desk) : {};
  if (model === undefined) return undefined;
  return { makers, ...pool, ...model, ...(functions === undefined ? {} : { functions }) };
}

async function askPool(desk: Desk): Promise<Pick<Making, 'pool'> | undefined> {
  const file = await pickTasksFile(desk, vscode.l10n.t('Tasks to Make More From'));
  return file && { pool: file.fsPath };
}

/** The model of the settings, or one that is chosen now; search repair writes no tasks. */
async function askModel(
  desk: Desk,
): Promise<Pick<Making, 'model' | 'baseUrl' | 'maxTokensTotal'> | undefined> {
  const { model, baseUrl, maxTokensPerRun } = readSettings();
  const isSet = model !== undefined && model !== 'search';
  const chosen = isSet
    ? { model, baseUrl: baseUrl ?? '' }
    : ((await selectModel(desk, undefined)) as ModelChoice | undefined);
  if (chosen === undefined) return undefined;
  if (chosen.model === '') {
    void desk.prompts.warn(vscode.l10n.t('Search repair writes no tasks; choose a model.'));
    return undefined;
  }
  return {
    model: chosen.model,
    ...(chosen.baseUrl === '' ? {} : { baseUrl: chosen.baseUrl }),
    ...(maxTokensPerRun === 0 ? {} : { maxTokensTotal: maxTokensPerRun }),
  };
}
