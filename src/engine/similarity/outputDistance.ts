/** UTF-16 units of a printed value that are compared; what is longer differs enough by then. */
const longest = 200;

/**
 * How far a printed value is from the one that was expected, from 0 to 1. Numbers by the logarithm
 * of their difference, texts and lists by the edit distance of their parts, values of other kinds
 * by that of their texts, and no less than `otherKind`.
 */
export function outputDistance(actual: string, expected: string): number {
  if (actual === expected) return 0;
  const [a, b] = [kindOf(actual), kindOf(expected)];
  if (a !== b) {
    // A number in a text, or one item in a list, is nearer than nothing at all.
    return otherKind + (1 - otherKind) * editDistance(inner(actual), inner(expected));
  }
  switch (a) {
    case 'number':
      return numberDistance(Number(actual), Number(expected));
    case 'truth':
    case 'nothing':
      return wrongTruth;
    case 'sequence':
      return 0.05 + 0.75 * editDistance(partsOf(actual), partsOf(expected));
    case 'text':
    case 'other':
      return 0.05 + 0.75 * editDistance(inner(actual), inner(expected));
  }
}

const otherKind = 0.7;
const wrongTruth = 0.6;

type Kind = 'number' | 'truth' | 'nothing' | 'sequence' | 'text' | 'other';

function kindOf(printed: string): Kind {
  if (/^-?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|inf|nan|Infinity|NaN)$/i.test(printed)) return 'number';
  if (/^(?:true|false)$/i.test(printed)) return 'truth';
  if (/^(?:None|null|undefined)$/.test(printed)) return 'nothing';
  if (/^[[({]/.test(printed)) return 'sequence';
  return /^['"`]/.test(printed) ? 'text' : 'other';
}

function numberDistance(actual: number, expected: number): number {
  const difference = Math.abs(actual - expected);
  if (!Number.isFinite(difference)) return otherKind;
  const scaled =
    Math.log1p(difference) / (1 + Math.log1p(Math.abs(expected)) + Math.log1p(difference));
  return 0.05 + 0.65 * scaled;
}

/** Numbers, names and texts as one part each. */
function partsOf(printed: string): readonly string[] {
  return printed.slice(0, longest).match(/'[^']*'|"[^"]*"|-?\d[\d.]*|\w+|[^\s,\w]/g) ?? [];
}

function inner(printed: string): readonly string[] {
  return Array.from(printed.replace(/^['"`]|['"`]$/g, '').slice(0, longest));
}

/** Levenshtein's distance over the longer length. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  const most = Math.max(a.length, b.length);
  if (most === 0) return 0;
  let row = b.map((_, at) => at + 1);
  for (const [at, part] of a.entries()) {
    let diagonal = at;
    let left = at + 1;
    row = row.map((above, column) => {
      const cost = Math.min(above + 1, left + 1, diagonal + (part === b[column] ? 0 : 1));
      diagonal = above;
      left = cost;
      return cost;
    });
  }
  return (b.length === 0 ? a.length : (row.at(-1) ?? 0)) / most;
}
