import type { Language } from '../../domain/task';
import type { CallInput } from '../languageJudge';

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
    const written = writeValue(value, language);
    return written === null ? null : `${String(name)}=${written}`;
  });
  const all = [...given.map((arg) => writeValue(arg, language)), ...named];
  return all.every((one) => one !== null) ? `${entryPoint}(${all.join(', ')})` : null;
}

/** An expression that makes the value, in its language; null where there is no such literal. */
export function writeValue(value: unknown, language: Language): string | null {
  const isPython = language === 'python';
  if (value === null || value === undefined) return isPython ? 'None' : 'null';
  if (typeof value === 'boolean' && isPython) return value ? 'True' : 'False';
  if (Array.isArray(value)) return listed('[', value, ']', language);
  if (typeof value !== 'object') return JSON.stringify(value);
  return isPython ? inPython(value) : inScript(value, language);
}

interface Typed {
  readonly $?: unknown;
  readonly v?: unknown;
}

function inPython(value: Typed): string | null {
  const { $: kind, v: held } = value;
  const items = Array.isArray(held) ? (held as readonly unknown[]) : [];
  switch (kind) {
    case 'float':
      if (/^-?(?:inf|nan)$/.test(String(held))) return `float("${String(held)}")`;
      return Number.isInteger(held) && !/e/.test(String(held)) ? `${String(held)}.0` : String(held);
    case 'int':
      return String(held);
    case 'tuple':
      return listed('(', items, items.length === 1 ? ',)' : ')', 'python');
    case 'set':
      return items.length === 0 ? 'set()' : listed('{', items, '}', 'python');
    case 'frozenset':
      return listed('frozenset([', items, '])', 'python');
    case 'dict':
      return paired('{', value, '}', 'python', (key) => writeValue(key, 'python'));
    default:
      return null;
  }
}

function inScript(value: Typed, language: Language): string | null {
  const { $: kind, v: held } = value;
  const items = Array.isArray(held) ? (held as readonly unknown[]) : [];
  switch (kind) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return String(held);
    case 'bigint':
      return `${String(held)}n`;
    case 'Date':
      return `new Date(${JSON.stringify(held)})`;
    case 'Map':
      return listed('new Map([', items, '])', language);
    case 'Set':
      return listed('new Set([', items, '])', language);
    case 'object':
      return paired('{', value, '}', language, (key) => JSON.stringify(key));
    default:
      return null;
  }
}

function listed(
  open: string,
  items: readonly unknown[],
  close: string,
  language: Language,
): string | null {
  const written = items.map((item) => writeValue(item, language));
  return written.every((one) => one !== null) ? `${open}${written.join(', ')}${close}` : null;
}

function paired(
  open: string,
  value: Typed,
  close: string,
  language: Language,
  writeKey: (key: unknown) => string | null,
): string | null {
  const written = entriesOf(value).map(([key, item]) => {
    const [left, right] = [writeKey(key), writeValue(item, language)];
    return left === null || right === null ? null : `${left}: ${right}`;
  });
  return written.every((one) => one !== null) ? `${open}${written.join(', ')}${close}` : null;
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  const held = (value as Typed | null)?.v;
  return Array.isArray(held) ? (held as (readonly [unknown, unknown])[]) : [];
}
