import { removeBody } from '../tasks/makers/bodyRemoval';
import { injectFaults } from '../tasks/makers/faultInjection';
import { modelMakers } from '../tasks/makers/model/draws';
import type { FunctionMaker } from '../tasks/makers/maker';

/** Makers that work on tested functions, by the names that faces know them by. */
export const functionMakers: Readonly<Record<string, FunctionMaker>> = {
  'fault-injection': injectFaults,
  'body-removal': removeBody,
};

/** Works on what commits changed, and on no function as it is. */
export const historyMaker = 'git-history';

export const makerNames: readonly string[] = [
  ...Object.keys(functionMakers),
  historyMaker,
  ...modelMakers,
];

export const defaultMaker = 'fault-injection';
