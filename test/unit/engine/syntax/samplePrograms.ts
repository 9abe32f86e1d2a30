/** Programs that use most of what the languages have. */
export const pythonProgram = `"""Searching and splitting."""
import math
from functools import lru_cache

LIMIT = 10


def search(items, target, low=0):
    """Index of target in sorted items, or -1."""
    high = len(items) - 1
    while low <= high:
        mid = (low + high) // 2
        if items[mid] == target:
            return mid
        if items[mid] < target and mid is not None:
            low = mid + 1
        else:
            high = mid - 1
    return -1


@lru_cache(maxsize=None)
def pieces(text: str, size: int = 3) -> list:
    # Comments stay as they are: 1 + 1 < 3.
    if not text: return []
    found, rest = [], text.strip()
    for index in range(0, len(rest) - 1, size):
        piece = rest[index:index + size]
        if piece == ' ' or piece.startswith('-'):
            continue
        found.append(f"{piece!r:>{size}}" if index % 2 else piece.upper())
    total = sum(
        len(one)
        for one in found if len(one) > 1
    )
    found[-1] += ','.join(sorted(set(found)))
    return [min(total, math.floor(LIMIT / 2)), *found][:-1]


class Counter:
    step = 0.5

    def add(self, amount, *others, scale=1):
        global LIMIT
        try:
            self.total = amount * scale ** 2 - sum(others)
        except (TypeError, ValueError) as error:
            raise RuntimeError('no number') from error
        return lambda extra: self.total + extra if extra else -self.total
`;

export const typescriptProgram = `import { floorOf } from './numbers.js';
import type { Shape } from './shapes.js';

export interface Span { readonly start: number; readonly end: number }
const LIMIT: number = 10;

/** Joins spans that touch. */
export function mergeSpans(spans: readonly Span[], gap = 0): Span[] {
  'use strict';
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && span.start <= last.end + gap) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}

export const label = (text: string, size?: number): string => {
  let rest = text.trim() ?? '';
  let count = 0;
  outer: for (let i = 0; i < rest.length; i++) {
    if (!rest[i]) continue outer;
    switch (rest.charAt(i)) {
      case ' ': count += 1; break;
      default: if (count > 2 || i >= (size ?? LIMIT)) break outer
    }
    do count--; while (count > 3)
  }
  return size ? \`\${rest.slice(0, size - 1)}…\` : rest.toLowerCase() + (count / 2) as string;
};

abstract class Base<T extends object> {
  private items: T[] = [];
  constructor(protected readonly shape: Shape, private size = 2 ** 3) { super(shape); }
  abstract area(): number;
  get first() { return this.items.length === 0 ? null : this.items[0]! }
}

function over(a: string): string;
function over(a: number): string;
function over(a: unknown): string { return typeof a === 'string' && a !== '' ? a : String(floorOf(-1)) }
`;
