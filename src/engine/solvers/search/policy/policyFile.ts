import { readFile, stat } from 'node:fs/promises';
import { UserError, messageOf } from '../../../domain/errors';
import { canonicalJson } from '../../../domain/json';
import { writeWhole } from '../../../files/atomicWrite';
import { jsonOf, readJson } from '../../../files/json';
import { featureSet, policySchema, type EditPolicy } from './editPolicy';

const maxBytes = 8 * 1024 * 1024;
const mend = 'Name a file that `flywheel round` wrote, or leave the policy out.';

/** Reads a policy. Throws UserError `noPolicy`, `badPolicy`, `newerPolicy`, `otherFeatures`. */
export async function readPolicy(file: string): Promise<EditPolicy> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > maxBytes) {
      throw bad(file, `it is larger than ${String(maxBytes / 1024 / 1024)} MiB`);
    }
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError({
      code: 'noPolicy',
      message: `${file} could not be read: ${messageOf(error)}`,
      mend,
      cause: error,
    });
  }
  return parsePolicy(text, file);
}

/** The policy of a text; `place` names it in errors. */
export function parsePolicy(text: string, place: string): EditPolicy {
  const raw = jsonOf(text);
  if (isPolicyLike(raw) && raw.version !== 1) {
    throw new UserError({
      code: 'newerPolicy',
      message: `${place} is a policy of version ${String(raw.version)}; this program reads version 1`,
      mend: 'Install the newer version of Code Flywheel, or leave the policy out.',
    });
  }
  const read = readJson(policySchema, text);
  if ('problem' in read) throw bad(place, read.problem);
  if (read.value.settings.features !== featureSet) {
    throw new UserError({
      code: 'otherFeatures',
      message: `${place} was trained on ${read.value.settings.features}; this program has ${featureSet}`,
      mend: 'Train it again with `flywheel round`, or leave the policy out.',
    });
  }
  return read.value;
}

/** Written whole or not at all; the same policy gives the same bytes. */
export async function writePolicy(file: string, policy: EditPolicy): Promise<void> {
  const ordered: unknown = JSON.parse(canonicalJson(policySchema.parse(policy)));
  await writeWhole(file, `${JSON.stringify(ordered, null, 1)}\n`);
}

function isPolicyLike(value: unknown): value is { version: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    'kind' in value &&
    value.kind === 'code-flywheel-policy'
  );
}

function bad(place: string, problem: string): UserError {
  return new UserError({
    code: 'badPolicy',
    message: `${place} is no policy of search repair: ${problem}`,
    mend,
  });
}
