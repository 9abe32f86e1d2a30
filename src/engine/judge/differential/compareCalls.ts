import type { Language } from '../../domain/task';
import type { CallOutput } from '../languageJudge';
import { sameValue } from './sameValue';

/** What is first not the same of two outputs of one call; null where all is. */
export function differenceOf(
  expected: CallOutput,
  actual: CallOutput,
  language: Language,
): 'value' | 'after' | null {
  if ((expected.raised ?? null) !== (actual.raised ?? null)) return 'value';
  if ((expected.opaque ?? false) !== (actual.opaque ?? false)) return 'value';
  if (!sameValue(expected.value ?? null, actual.value ?? null, language)) return 'value';
  return sameValue(expected.after ?? null, actual.after ?? null, language) ? null : 'after';
}

/** Whether an output says enough to compare another with it. */
export function isComparable(output: CallOutput | undefined): output is CallOutput {
  return output !== undefined && output.raised === undefined && output.opaque !== true;
}
