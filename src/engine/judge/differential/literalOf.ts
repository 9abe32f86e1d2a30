import type { Language } from '../../domain/task';

/** How `date` and `datetime` are named where a literal is to stand; null for no name. Python only. */
export interface LiteralNames {
  readonly datetime?: (kind: 'date' | 'datetime') => string | null;
}

/**
 * A value, as the codecs of the judge write it, as source of its language; null for what no
 * literal gives back (objects of classes, functions, iterators, what holds itself).
 */
export function literalOf(
  value: unknown,
  language: Language,
  names: LiteralNames = {},
): string | null {
  try {
    return language === 'python' ? python(value, names) : script(value);
  } catch (error) {
    if (error instanceof NoLiteral) return null;
    throw error;
  }
}

class NoLiteral extends Error {}

function python(value: unknown, names: LiteralNames): string {
  const inner = (item: unknown): string => python(item, names);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  const told = named(value);
  const { $: kind, v: held } = told;
  switch (kind) {
    case 'int':
      return String(held);
    case 'float':
      return typeof held === 'number' ? floatText(held) : `float("${String(held)}")`;
    case 'list':
      return `[${items(held).map(inner).join(', ')}]`;
    case 'tuple': {
      const all = items(held).map(inner);
      return all.length === 1 ? `(${all[0] ?? ''},)` : `(${all.join(', ')})`;
    }
    case 'set':
      return items(held).length === 0 ? 'set()' : `{${items(held).map(inner).join(', ')}}`;
    case 'frozenset':
      return `frozenset([${items(held).map(inner).join(', ')}])`;
    case 'dict':
      return `{${pairs(held)
        .map(([key, item]) => `${inner(key)}: ${inner(item)}`)
        .join(', ')}}`;
    case 'date':
    case 'datetime': {
      const parts = String(held).match(/\d+/g);
      const name = names.datetime?.(kind) ?? null;
      if (name === null || !parts || parts.length > 6 || 'zone' in told) {
        throw new NoLiteral();
      }
      return `${name}(${parts.map(Number).join(', ')})`;
    }
    default:
      throw new NoLiteral();
  }
}

function script(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(script).join(', ')}]`;
  const { $: kind, v: held } = named(value);
  switch (kind) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return String(held);
    case 'bigint':
      return `${String(held)}n`;
    case 'Date':
      return `new Date(${typeof held === 'number' ? String(held) : quoted(String(held))})`;
    case 'Array':
      return `[${items(held).map(script).join(', ')}]`;
    case 'Set':
      return `new Set([${items(held).map(script).join(', ')}])`;
    case 'Map':
      return `new Map([${pairs(held)
        .map((pair) => `[${pair.map(script).join(', ')}]`)
        .join(', ')}])`;
    case 'object':
      return objectText(pairs(held));
    default:
      throw new NoLiteral();
  }
}

function objectText(entries: readonly (readonly [unknown, unknown])[]): string {
  if (entries.length === 0) return '{}';
  const members = entries.map(([key, item]) => {
    const name = String(key);
    return `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)}: ${script(item)}`;
  });
  return `{ ${members.join(', ')} }`;
}

function quoted(text: string): string {
  const plain = JSON.stringify(text);
  return /['\\]/.test(plain) ? plain : `'${plain.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function floatText(value: number): string {
  return Number.isInteger(value) && !/e/.test(String(value)) ? `${String(value)}.0` : String(value);
}

function named(value: unknown): { readonly $: unknown; readonly v?: unknown } {
  if (typeof value === 'object' && value !== null && '$' in value) return value;
  throw new NoLiteral();
}

function items(held: unknown): readonly unknown[] {
  if (Array.isArray(held)) return held;
  throw new NoLiteral();
}

function pairs(held: unknown): readonly (readonly [unknown, unknown])[] {
  return items(held).map((pair) => {
    const [key, item] = items(pair);
    return [key, item] as const;
  });
}
