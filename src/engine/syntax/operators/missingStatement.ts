import type { Node } from '../node';
import { isCall } from '../kinds';
import { fieldOf, named, within } from '../walk';
import { functionOf, insertBefore, insertBehind, statementsOf } from './layout';
import { none, type Change, type Family, type Place } from './operator';

const mostDonors = 8;
const mostNames = 3;
const longest = 60;
const mostCalls = 12;

/**
 * A line that was forgotten in a block, at its end, at its beginning or behind it: one that the
 * function has elsewhere, or an item put into a collection. The faults it mends: nodes not marked
 * as seen, a last line or group that is never added, a stack that nothing is pushed on.
 */
export const missingStatement: Family = (node, place) => {
  if (!/^(block|statement_block)$/.test(node.type)) return none;
  const definition = functionOf(node);
  const statements = statementsOf(node);
  const [first] = statements;
  const last = statements.at(-1);
  if (definition === null || first === undefined || last === undefined) return none;
  const here = new Set(statements.map(({ text }) => bare(text)));
  const lines = [...new Set([...donors(definition, node), ...puttings(definition, last, place)])]
    .filter((line) => !here.has(line))
    .map((line) => (place.language === 'python' ? line : `${line};`));
  const isBody = node.parent === definition;
  const ends = /^(return|break|continue|raise|throw)_statement$/.test(last.type);
  return lines.flatMap((line): readonly Change[] => [
    ...(ends ? insertBefore(last, [line], place.source) : insertBehind(last, [line], place.source)),
    ...(isBody || first === last ? [] : insertBefore(first, [line], place.source)),
  ]);
};

/** Simple statements elsewhere in the function, the nearest first. */
function donors(definition: Node, block: Node): readonly string[] {
  return [...within(definition)]
    .filter((node) => {
      if (node.type !== 'expression_statement' || node.parent === block) return false;
      const [value] = named(node);
      return (
        value !== undefined &&
        node.text.length <= longest &&
        !node.text.includes('\n') &&
        (isCall(value) || /^(augmented_)?assignment/.test(value.type))
      );
    })
    .sort((a, b) => Math.abs(a.start - block.end) - Math.abs(b.start - block.end))
    .slice(0, mostDonors)
    .map(({ text }) => bare(text));
}

function bare(text: string): string {
  return text.replace(/;$/, '');
}

const collecting: Readonly<Record<string, string>> = {
  list: 'append',
  set: 'add',
  array: 'push',
  Set: 'add',
};

/** Each collection that begins with a literal, with the names that stand nearest. */
function puttings(definition: Node, at: Node, { scopes }: Place): readonly string[] {
  const names = [...scopes.localNames(at)]
    .filter(
      ([name, bindings]) =>
        !/^(self|cls|_)$/.test(name) && bindings.some(({ start }) => start < at.end),
    )
    .map(([name]) => name)
    .sort((a, b) => scopes.distanceTo(a, at.end) - scopes.distanceTo(b, at.end));
  const calls: string[] = [];
  for (const node of within(definition)) {
    if (!/^(assignment|variable_declarator)$/.test(node.type)) continue;
    const target = fieldOf(node, 'left') ?? fieldOf(node, 'name');
    const value = fieldOf(node, 'right') ?? fieldOf(node, 'value');
    if (target?.type !== 'identifier' || value === null) continue;
    const put = collecting[kindOf(value)];
    if (put === undefined) continue;
    const given = names.filter((name) => name !== target.text).slice(0, mostNames);
    calls.push(...given.map((name) => `${target.text}.${put}(${name})`));
  }
  return calls.slice(0, mostCalls);
}

function kindOf(value: Node): string {
  if (value.type === 'list' || value.type === 'array' || value.type === 'set') return value.type;
  const called = fieldOf(value, 'function') ?? fieldOf(value, 'constructor');
  return /^(set|list|Set)$/.test(called?.text ?? '') ? (called?.text ?? '') : '';
}
