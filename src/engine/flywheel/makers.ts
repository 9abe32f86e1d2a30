import { removeBody } from '../tasks/makers/bodyRemoval';
import { injectFaults } from '../tasks/makers/faultInjection';
import { mutateInputs } from '../tasks/makers/mutatedInputs';
import { modelMakers } from '../tasks/makers/model/draws';
import type { FunctionMaker } from '../tasks/makers/maker';

/** Makers that work on tested functions, by the names that faces know them by. */
export const functionMakers: Readonly<Record<string, FunctionMaker>> = {
  'fault-injection': injectFaults,
  'body-removal': removeBody,
};

/** Makers that work on documented functions with fewer than two tests. */
export const untestedMakers: Readonly<Record<string, FunctionMaker>> = {
  'mutated-inputs': mutateInputs,
};

/** Works on what commits changed, and on no function as it is. */
export const historyMaker = 'git-history';

export const makerNames: readonly string[] = [
  ...Object.keys(functionMakers),
  ...Object.keys(untestedMakers),
  historyMaker,
  ...modelMakers,
];

export const defaultMaker = 'fault-injection';
