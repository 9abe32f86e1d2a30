import path from 'node:path';
import { UserError } from '../domain/errors';
import { policyHash, type EditPolicy } from '../solvers/search/policy/editPolicy';
import { readPolicy, writePolicy } from '../solvers/search/policy/policyFile';
import type { Engine } from './engine';

/** What a run is frozen with of the policy that it goes by. */
export interface FrozenPolicy {
  readonly name: string;
  readonly generation: number;
  readonly hash: string;
}

/**
 * Keeps a copy of a policy beside the journal, under its hash, so that a run goes on with it
 * wherever the file that was named has gone.
 */
export async function keepPolicy(engine: Engine, policy: EditPolicy): Promise<FrozenPolicy> {
  const { name, generation } = policy;
  const hash = policyHash(policy);
  await writePolicy(placeOf(engine, hash), policy);
  return { name, generation, hash };
}

/** The policy that a run was frozen with. Throws UserError where it is gone or was changed. */
export async function keptPolicy(
  engine: Engine,
  { hash, name }: Pick<FrozenPolicy, 'hash' | 'name'>,
): Promise<EditPolicy> {
  const place = placeOf(engine, hash);
  const policy = await readPolicy(place);
  if (policyHash(policy) === hash) return policy;
  throw new UserError({
    code: 'otherPolicy',
    message: `${place} is not the policy ${name} (${hash.slice(0, 12)}) that the run was begun with`,
    mend: 'Name the file that it was begun with once more by --policy, or begin another run.',
  });
}

function placeOf(engine: Engine, hash: string): string {
  return path.join(path.dirname(engine.options.journalFile), 'policies', `${hash}.json`);
}
