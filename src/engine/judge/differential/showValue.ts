import type { Language } from '../../domain/task';
import { shorten } from '../bounded';
import type { CallInput, CallOutput } from '../languageJudge';

const maxShownChars = 400;

/** A call as a reader of the language would write it, bounded. */
export function showCall(entryPoint: string, input: CallInput, language: Language): string {
  const args = Array.isArray(input.args) ? input.args.map((arg) => show(arg, language)) : [];
  const named = entriesOf(input.kwargs).map(
    ([name, value]) => `${String(name)}=${show(value, language)}`,
  );
  return `${entryPoint}(${shorten([...args, ...named].join(', '), maxShownChars)})`;
}

/** What a call gave, bounded. `with` tells that it is its arguments that are of interest. */
export function showOutput(
  output: CallOutput,
  language: Language,
  what: 'value' | 'after',
): string {
  if (output.raised !== undefined) return `raises ${output.raised}`;
  if (output.opaque === true) return 'something that is not plain data';
  const shown = shorten(show(output[what], language), maxShownChars);
  return what === 'value' ? shown : `arguments afterwards ${shown}`;
}

function show(value: unknown, language: Language): string {
  const inner = (item: unknown): string => show(item, language);
  if (value === null || value === undefined) return language === 'python' ? 'None' : 'null';
  if (typeof value === 'boolean' && language === 'python') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const { $: kind, v: held } = value as { $?: unknown; v?: unknown };
  switch (kind) {
    case 'undefined':
      return 'undefined';
    case 'float':
    case 'number':
    case 'int':
    case 'bigint':
      return String(held);
    case 'tuple':
      return Array.isArray(held) ? `(${held.map(inner).join(', ')})` : '()';
    case 'dict':
    case 'object':
      return `{${entriesOf(value)
        .map(([key, item]) => `${inner(key)}: ${inner(item)}`)
        .join(', ')}}`;
    default:
      return `${String(kind)}(${Array.isArray(held) ? held.map(inner).join(', ') : String(held)})`;
  }
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  const held = (value as { v?: unknown } | null)?.v;
  return Array.isArray(held) ? (held as (readonly [unknown, unknown])[]) : [];
}
