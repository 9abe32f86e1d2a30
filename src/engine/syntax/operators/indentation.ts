import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { indentOf, reindented, statementsOf } from './layout';
import { brief, none, type Change, type Family, type Place } from './operator';

const holders = /^(for|for_in|while|do|if|with|try)_statement$|^(else|elif)_clause$/;

/**
 * A statement moved across the edge of a block. The faults it mends: a `return` that ends a loop
 * in its first round, an answer of `else` given before all was looked at, a counter that begins
 * anew in every round, a statement that should be repeated and stands behind its loop.
 */
export const indentation: Family = (node, place) => {
  if (!holders.test(node.type)) return none;
  const outer = node.type.endsWith('clause') ? node.parent : node;
  if (outer === null || indentOf(outer, place.source) === null) return none;
  return [
    ...lastOut(node, outer, place),
    ...lastFarOut(node, place),
    ...firstOut(node, place),
    ...nextIn(node, outer, place),
    ...elseOut(node, place),
  ];
};

function blockOf(node: Node): Node | null {
  return fieldOf(node, 'body') ?? fieldOf(node, 'consequence') ?? named(node).at(-1) ?? null;
}

/** The last statements of the block, behind it. */
function lastOut(node: Node, outer: Node, { source, language }: Place): readonly Change[] {
  const block = blockOf(node);
  if (block === null || (language === 'python' && outer !== node)) return none;
  const statements = statementsOf(block);
  const to = indentOf(outer, source) ?? '';
  return [1, 2].flatMap((count) => {
    const moved = statements.slice(-count);
    const before = statements[statements.length - count - 1];
    const [first] = moved;
    if (first === undefined || before === undefined || moved.length < count) return none;
    return moving(moved, before.end, outer.end, to, source);
  });
}

/** The last statement of a condition that ends a loop's round, behind the loop. */
function lastFarOut(node: Node, { source }: Place): readonly Change[] {
  const loop = node.parent?.parent;
  if (node.type !== 'if_statement' || !loop || fieldOf(node, 'alternative')) return none;
  const block = blockOf(node);
  const to = indentOf(loop, source);
  if (block === null || to === null || !/^(for|for_in|while)_statement$/.test(loop.type))
    return none;
  const statements = statementsOf(block);
  const [before, last] = statements.slice(-2);
  return before && last ? moving([last], before.end, loop.end, to, source) : none;
}

/** Statements taken out between `from` and the end of the last, put in at `at`, with the rest kept. */
function moving(
  moved: readonly Node[],
  from: number,
  at: number,
  to: string,
  source: string,
): readonly Change[] {
  const last = moved.at(-1);
  if (last === undefined || at < last.end) return none;
  const texts = moved.map((statement) => {
    const indent = indentOf(statement, source);
    return indent === null ? null : `\n${to}${reindented(statement, indent, to)}`;
  });
  if (texts.includes(null)) return none;
  const replacement = source.slice(last.end, at) + texts.join('');
  const note = `move ${brief(moved.map(({ text }) => text).join(' '))} out of the block`;
  return [{ start: from, end: at, replacement, note, line: moved[0]?.line ?? 1 }];
}

/** The first statement of a loop, before it. */
function firstOut(node: Node, { source }: Place): readonly Change[] {
  if (!/^(for|for_in|while)_statement$/.test(node.type)) return none;
  const block = blockOf(node);
  const [first, second] = block === null ? [] : statementsOf(block);
  const to = indentOf(node, source);
  if (first === undefined || second === undefined || to === null) return none;
  const from = indentOf(first, source);
  if (from === null) return none;
  const replacement = `${reindented(first, from, to)}\n${to}${source.slice(node.start, first.start)}`;
  const note = `move ${brief(first.text)} before the loop`;
  return [{ start: node.start, end: second.start, replacement, note, line: first.line }];
}

/** The statement behind a block, as its last. */
function nextIn(node: Node, outer: Node, { source, language }: Place): readonly Change[] {
  const block = blockOf(node);
  const siblings = outer.parent === null ? [] : named(outer.parent);
  const next = siblings[siblings.indexOf(outer) + 1];
  if (block === null || next === undefined || (language === 'python' && outer !== node))
    return none;
  const last = statementsOf(block).at(-1);
  const [from, to] = [indentOf(next, source), last && indentOf(last, source)];
  if (last === undefined || from === null || to === null || to === undefined) return none;
  if (language === 'python' && last.end !== outer.end) return none;
  const replacement = `\n${to}${reindented(next, from, to)}${source.slice(last.end, outer.end)}`;
  const note = `move ${brief(next.text)} into the block`;
  return [{ start: last.end, end: next.end, replacement, note, line: next.line }];
}

/** `else: return x` inside a loop: the same, once the loop is over. */
function elseOut(node: Node, { source }: Place): readonly Change[] {
  if (node.type !== 'if_statement') return none;
  const clause = fieldOf(node, 'alternative');
  const inside = clause === null ? [] : statementsOf(blockOf(clause) ?? clause);
  const [only] = inside;
  const loop = node.parent?.parent;
  if (clause === null || only === undefined || inside.length > 1 || !loop) return none;
  if (!/^(for|for_in|while)_statement$/.test(loop.type)) return none;
  const to = indentOf(loop, source);
  const before = source.slice(0, clause.start).trimEnd().length;
  if (to === null) return none;
  const rest = source.slice(clause.end, loop.end);
  const replacement = `${rest}\n${to}${only.text}`;
  const note = `move ${brief(only.text)} behind the loop`;
  return [{ start: before, end: loop.end, replacement, note, line: only.line }];
}
