import { operatorOf } from '../kinds';
import type { Node } from '../node';
import { none, replace, type Change, type Family } from './operator';

/**
 * One literal for a near one: whole numbers, decimal numbers, truth values, short strings. The
 * faults it mends: a bound, a beginning or a separator that is off by a little.
 */
export const constant: Family = (node, { language }) => {
  switch (node.type) {
    case 'integer':
    case 'float':
    case 'number':
      return numbers(node, language === 'python');
    case 'true':
    case 'false':
      return [replace(node, opposites[node.text] ?? node.text)];
    case 'string':
      return strings(node);
    default:
      return none;
  }
};

const opposites: Readonly<Record<string, string>> = {
  True: 'False',
  False: 'True',
  true: 'false',
  false: 'true',
};

function numbers(node: Node, isPython: boolean): readonly Change[] {
  const text = node.text.replaceAll('_', '');
  const [, digits, suffix = ''] = /^(\d+|0[xob][\da-f]+)(n?)$/i.exec(text) ?? [];
  if (digits !== undefined && !/^0\d/.test(digits)) {
    const value = BigInt(digits.toLowerCase());
    return [value + 1n, value - 1n, 0n, 1n]
      .filter((other) => other !== value)
      .map((other) => replace(node, signed(`${other}${suffix}`, node)));
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return none;
  return [value + 1, value - 1, value * 10, value / 10]
    .filter((other) => other !== value)
    .map((other) => replace(node, signed(decimal(other, isPython), node)));
}

function decimal(value: number, isPython: boolean): string {
  const text = String(Number(value.toPrecision(12)));
  return isPython && !/[.e]/.test(text) ? `${text}.0` : text;
}

/** A negative number is one operand only when nothing binds tighter than its sign. */
function signed(text: string, node: Node): string {
  if (!text.startsWith('-') || node.parent === null) return text;
  const sign = operatorOf(node.parent)?.type ?? '';
  const needsParentheses =
    /^(\+|-|\*\*)=?$/.test(sign) || /^(unary|attribute|member|await)/.test(node.parent.type);
  return needsParentheses ? `(${text})` : text;
}

const longestString = 20;

function strings(node: Node): readonly Change[] {
  if (node.children.some((child) => child.type === 'interpolation')) return none;
  const open = node.children[0];
  const close = node.children.at(-1);
  if (open === undefined || close === undefined || open === close) return none;
  const content = node.text.slice(open.end - node.start, close.start - node.start);
  if (content.length > longestString) return none;
  const others = content === '' ? [' '] : [''];
  // Separators are wrong by a space as often as they are missing.
  if (/^[^\w\s\\] ?$/.test(content)) {
    others.push(content.endsWith(' ') ? content.trimEnd() : `${content} `);
  }
  return others.map((other) => replace(node, `${open.text}${other}${close.text}`));
}
