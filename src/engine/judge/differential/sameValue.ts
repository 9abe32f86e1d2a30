import { canonicalJson } from '../../domain/json';
import type { Language } from '../../domain/task';

const relativeTolerance = 1e-9;
/** Above this many items a set whose order differs is compared as it was sent, sorted. */
const maxMatchedItems = 500;

interface Named {
  readonly $: string;
  readonly v?: unknown;
}

/**
 * Whether two values, as the judge's codecs write them, are equal as the language would say:
 * in Python `1 == True == 1.0` and a dict has no order, in JavaScript `1` and `true` differ. Only
 * two things are easier: floats may differ by 1e-9 of the larger, and NaN equals NaN.
 */
export function sameValue(a: unknown, b: unknown, language: Language): boolean {
  const [x, y] = [numberOf(a, language), numberOf(b, language)];
  if (x !== null && y !== null) return sameNumber(x, y);
  const [left, right] = [shapeOf(a), shapeOf(b)];
  if (left.kind !== right.kind) return false;
  const same = (one: unknown, other: unknown): boolean => sameValue(one, other, language);
  switch (left.kind) {
    case 'list':
    case 'tuple':
    case 'deque':
    case 'iterator':
      return (
        left.items.length === right.items.length &&
        left.items.every((item, place) => same(item, right.items[place])) &&
        left.rest === right.rest
      );
    case 'set':
    case 'dict': {
      if (left.items.length !== right.items.length) return false;
      const inOrder = left.items.every((item, place) => same(item, right.items[place]));
      if (inOrder || (left.rest === 'ordered' && right.rest === 'ordered')) return inOrder;
      return matches(left.items, right.items, same);
    }
    case 'decimal':
      return left.rest === right.rest;
    case 'plain':
      return canonicalJson(a) === canonicalJson(b) || left.rest === right.rest;
  }
}

interface Shape {
  readonly kind: 'list' | 'tuple' | 'deque' | 'iterator' | 'set' | 'dict' | 'decimal' | 'plain';
  readonly items: readonly unknown[];
  /** What else must be the same. */
  readonly rest: string;
}

function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return { kind: 'list', items: value, rest: '' };
  if (!isNamed(value)) return plain(canonicalJson(value));
  const items = Array.isArray(value.v) ? (value.v as readonly unknown[]) : null;
  switch (value.$) {
    case 'list':
    case 'deque':
    case 'tuple':
      return items ? { kind: value.$, items, rest: '' } : plain(canonicalJson(value));
    case 'namedtuple':
      return items ? { kind: 'tuple', items, rest: '' } : plain(canonicalJson(value));
    case 'iterator': {
      const more = 'more' in value && value.more === true;
      return items ? { kind: 'iterator', items, rest: String(more) } : plain(canonicalJson(value));
    }
    case 'set':
    case 'frozenset':
    case 'Set':
      return items ? { kind: 'set', items, rest: '' } : plain(canonicalJson(value));
    case 'dict':
    case 'Counter':
    case 'OrderedDict':
    case 'object':
    case 'Map': {
      // A JavaScript object is no Map, which no item of either can be mistaken for.
      const marked = value.$ === 'Map' || value.$ === 'object' ? [value.$] : [];
      const rest = value.$ === 'OrderedDict' ? 'ordered' : '';
      return items
        ? { kind: 'dict', items: [...marked, ...items], rest }
        : plain(canonicalJson(value));
    }
    case 'bytes':
    case 'bytearray':
      return plain(`bytes ${String(value.v)}`);
    case 'Decimal':
      return { kind: 'decimal', items: [], rest: decimalText(String(value.v)) };
    default:
      return plain(canonicalJson(value));
  }
}

function plain(rest: string): Shape {
  return { kind: 'plain', items: [], rest };
}

/** Items of both sides one to one, whatever their order. */
function matches(
  left: readonly unknown[],
  right: readonly unknown[],
  same: (a: unknown, b: unknown) => boolean,
): boolean {
  if (left.length > maxMatchedItems) {
    const sorted = (items: readonly unknown[]): string[] => items.map(canonicalJson).sort();
    return canonicalJson(sorted(left)) === canonicalJson(sorted(right));
  }
  const open = [...right];
  return left.every((item) => {
    const place = open.findIndex((other) => same(item, other));
    if (place >= 0) open.splice(place, 1);
    return place >= 0;
  });
}

type Numeric = { readonly whole: bigint } | { readonly float: number };

function numberOf(value: unknown, language: Language): Numeric | null {
  if (typeof value === 'boolean') return language === 'python' ? { whole: value ? 1n : 0n } : null;
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { whole: BigInt(value) } : { float: value };
  }
  if (!isNamed(value)) return null;
  if (value.$ === 'int' && typeof value.v === 'string') {
    const isNegative = value.v.startsWith('-');
    const size = BigInt(isNegative ? value.v.slice(1) : value.v);
    return { whole: isNegative ? -size : size };
  }
  if (value.$ === 'float' || value.$ === 'number') {
    return { float: typeof value.v === 'number' ? value.v : floatOf(String(value.v)) };
  }
  return null;
}

function floatOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  return /inf/i.test(text) ? sign * Infinity : Number(text);
}

function sameNumber(a: Numeric, b: Numeric): boolean {
  if ('whole' in a && 'whole' in b) return a.whole === b.whole;
  const [x, y] = [floatIn(a), floatIn(b)];
  if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  return Math.abs(x - y) <= relativeTolerance * Math.max(Math.abs(x), Math.abs(y));
}

function floatIn(value: Numeric): number {
  return 'whole' in value ? Number(value.whole) : value.float;
}

/** One text for all ways to write a decimal: `1.50`, `1.5` and `15E-1` are equal in Python. */
function decimalText(text: string): string {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - kept.length);
  return kept === '' ? '0' : `${sign === '-' ? '-' : ''}${kept}e${String(power)}`;
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$' in value;
}
