import type { Language } from '../../domain/task';
import type { CallInput } from '../languageJudge';
import { literalOf } from './literalOf';

/**
 * A call that can stand in a test as it is; null where an argument has no literal. What is only
 * shown to people is written by `showValue.ts`.
 */
export function writeCall(
  entryPoint: string,
  { args, kwargs }: CallInput,
  language: Language,
): string | null {
  const given = Array.isArray(args) ? args : [];
  const named = entriesOf(kwargs).map(([name, value]) => {
    const written = literalOf(value, language);
    return written === null ? null : `${String(name)}=${written}`;
  });
  const all = [...given.map((arg) => literalOf(arg, language)), ...named];
  return all.every((one) => one !== null) ? `${entryPoint}(${all.join(', ')})` : null;
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  const held = (value as { readonly v?: unknown } | null)?.v;
  return Array.isArray(held) ? (held as (readonly [unknown, unknown])[]) : [];
}
