import type { SolveRequest } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { readSettings } from '../settings';
import { selectModel, type ModelChoice } from './selectModel';

export type Solving = Pick<
  SolveRequest,
  'solver' | 'model' | 'baseUrl' | 'maxTokensTotal' | 'maxCandidates'
>;

/**
 * How to solve: as the settings say, asked once where they say nothing. Undefined where the
 * person chose nothing.
 */
export async function chooseSolver(desk: Desk): Promise<Solving | undefined> {
  const { model, baseUrl, maxTokensPerRun, maxCandidates } = readSettings();
  const chosen =
    model === undefined
      ? ((await selectModel(desk, undefined)) as ModelChoice | undefined)
      : { model: model === 'search' ? '' : model, baseUrl: baseUrl ?? '' };
  if (chosen === undefined) return undefined;
  if (chosen.model === '') return { solver: 'search', maxCandidates };
  return {
    solver: 'chat',
    model: chosen.model,
    ...(chosen.baseUrl === '' ? {} : { baseUrl: chosen.baseUrl }),
    ...(maxTokensPerRun === 0 ? {} : { maxTokensTotal: maxTokensPerRun }),
  };
}
