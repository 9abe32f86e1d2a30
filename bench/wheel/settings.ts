import {
  defaultPolicySettings,
  type PolicySettings,
} from '../../src/engine/solvers/search/policy/editPolicy';

/** How large the proof is: so that it ends in about 15 minutes on two quiet cores. */
export const size = {
  seeds: 5,
  pool: { seed: 1, perFamily: 10, heldOutPerFamily: 1 },
  rounds: { rounds: 4, tasksPerRound: 24, budget: 200 },
} as const;

/** Of the training: the defaults, which were chosen on injected faults of the training families alone. */
export const settings: PolicySettings = defaultPolicySettings;
