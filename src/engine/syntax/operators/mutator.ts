import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { indentOf } from './layout';
import { none, replace, type Change, type Family, type Place } from './operator';

/** What changes its object, with what gives the changed one as a value. */
const pythonValue: Readonly<Record<string, (object: string, given: string) => string>> = {
  sort: (object, given) => `sorted(${[object, given].filter(Boolean).join(', ')})`,
  reverse: (object) => `${object}[::-1]`,
  append: (object, given) => `${object} + [${given}]`,
  extend: (object, given) => `${object} + list(${given})`,
  update: (object, given) => `{**${object}, **${given}}`,
};
const scriptValue: Readonly<Record<string, (object: string, given: string) => string>> = {
  push: (object, given) => `[...${object}, ${given}]`,
  unshift: (object, given) => `[${given}, ...${object}]`,
  sort: (object, given) => `[...${object}].sort(${given})`,
  reverse: (object) => `[...${object}].reverse()`,
};
/** What gives a new value and leaves its object as it was. */
const pure =
  /^(replace|replaceAll|strip|lstrip|rstrip|lower|upper|title|capitalize|union|difference|concat|slice|trim|toLowerCase|toUpperCase|map|filter|flat)$/;

/**
 * A method that changes its object taken for one that gives a value, or the other way round:
 * `return items.sort()`, `items = items.append(x)`, `text.replace(a, b)` on a line of its own.
 */
export const mutator: Family = (node, place) => {
  const call = callOf(node);
  if (call === null) return none;
  const { object, name, given } = call;
  const values = place.language === 'python' ? pythonValue : scriptValue;
  const value = Object.hasOwn(values, name) ? values[name]?.(object.text, given) : undefined;
  const holder = node.parent;
  if (holder?.type === 'expression_statement') {
    if (pure.test(name) && object.type === 'identifier') {
      return [replace(node, `${object.text} = ${node.text}`)];
    }
    return value === undefined ? none : [replace(node, `${object.text} = ${value}`)];
  }
  if (value === undefined) return none;
  const isPython = place.language === 'python';
  const changes =
    isPython || name !== 'sort'
      ? [replace(node, isPython && holder?.type === 'return_statement' ? value : `(${value})`)]
      : [replace(node, value)];
  return [...changes, ...(holder ? apart(node, holder, object, place) : [])];
};

function callOf(node: Node): { object: Node; name: string; given: string } | null {
  if (node.type !== 'call' && node.type !== 'call_expression') return null;
  const callee = fieldOf(node, 'function');
  const object = callee && fieldOf(callee, 'object');
  const name = callee && (fieldOf(callee, 'attribute') ?? fieldOf(callee, 'property'));
  const list = fieldOf(node, 'arguments');
  if (!object || !name || list === null) return null;
  return { object, name: name.text, given: list.text.slice(1, -1).trim() };
}

/** The call as a statement, and the object as the value. */
function apart(
  call: Node,
  holder: Node,
  object: Node,
  { source, language }: Place,
): readonly Change[] {
  if (object.type !== 'identifier') return none;
  const end = language === 'python' ? '' : ';';
  if (holder.type === 'return_statement') {
    const indent = indentOf(holder, source);
    return indent === null
      ? none
      : [replace(holder, `${call.text}${end}\n${indent}return ${object.text}${end}`)];
  }
  if (/^assignment/.test(holder.type) && holder.parent?.type === 'expression_statement') {
    return named(holder)[0]?.text === object.text ? [replace(holder, call.text)] : none;
  }
  return none;
}
