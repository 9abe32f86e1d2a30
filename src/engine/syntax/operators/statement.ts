import { docstringOf } from '../documentation';
import { isIdentifier } from '../identifiers';
import { functionTypes, isAtom } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf, named } from '../walk';
import { brief, none, replace, type Change, type Family, type Place } from './operator';

/**
 * A statement deleted, an assignment made augmented or plain, `break` for `continue`. The faults it
 * mends: a line too many, a `break` that should go on, and `=` where a value is to be gathered.
 */
export const statement: Family = (node, place) => {
  switch (node.type) {
    case 'expression_statement':
      return [...deletion(node, place), ...assignments(node, place)];
    case 'break_statement':
    case 'continue_statement':
      return [...deletion(node, place), ...jumps(node)];
    case 'return_statement':
    case 'raise_statement':
    case 'throw_statement':
    case 'delete_statement':
    case 'assert_statement':
      return deletion(node, place);
    case 'if_statement':
      return isGuard(node) ? deletion(node, place) : none;
    default:
      return none;
  }
};

function deletion(node: Node, place: Place): readonly Change[] {
  const parent = node.parent;
  if (parent === null || isInert(node, parent) || losesName(node, place)) return none;
  const note = `delete ${brief(node.text)}`;
  if (place.language !== 'python') return [scriptDeletion(node, parent, place.source, note)];
  const isLonely = named(parent).length === 1;
  const lines = wholeLines(node, place.source);
  return isLonely || lines === null
    ? [replace(node, 'pass', note)]
    : [{ ...lines, replacement: '', note, line: node.line }];
}

function scriptDeletion(node: Node, parent: Node, source: string, note: string): Change {
  const isListed = /^(statement_block|program|switch_case|switch_default)$/.test(parent.type);
  if (!isListed) return replace(node, '{}', note);
  const lines = wholeLines(node, source);
  return lines === null
    ? replace(node, '', note)
    : { ...lines, replacement: '', note, line: node.line };
}

/**
 * The lines of a statement when nothing else stands on them, with the line break above rather
 * than the one below, which may lie outside the function. A comment behind it goes along.
 */
function wholeLines(node: Node, source: string): { start: number; end: number } | null {
  const start = source.lastIndexOf('\n', node.start - 1) + 1;
  const newline = source.indexOf('\n', node.end);
  const end = newline < 0 ? source.length : newline;
  const before = source.slice(start, node.start);
  const behind = source.slice(node.end, end).trim();
  const isAlone = before.trim() === '' && /^(|#.*|\/\/.*)$/.test(behind);
  if (!isAlone) return null;
  return start > 0 ? { start: start - 1, end } : { start, end: Math.min(end + 1, source.length) };
}

function isInert(node: Node, parent: Node): boolean {
  if (docstringOf(parent) === node) return true;
  const [value] = named(node);
  return node.type === 'expression_statement' && (value?.type === 'string' || value === undefined);
}

/** True where deleting the only assignment of a name would leave its uses without a value. */
function losesName(node: Node, { scopes }: Place): boolean {
  const [value] = named(node);
  if (node.type !== 'expression_statement' || value?.type !== 'assignment') return false;
  const left = fieldOf(value, 'left');
  if (left === null) return true;
  if (left.type === 'subscript' || left.type === 'attribute') return false;
  if (left.type !== 'identifier') return true;
  return !isBoundBefore(left, { scopes });
}

function isBoundBefore(name: Node, { scopes }: Pick<Place, 'scopes'>): boolean {
  const scope = scopes.scopeOf(name.text, name);
  if (scope === null) return false;
  return scopes.bindings(scope, name.text).some((binding) => binding.start < name.start);
}

function isGuard(node: Node): boolean {
  if (fieldOf(node, 'alternative') !== null) return false;
  const body = fieldOf(node, 'consequence');
  if (body === null) return false;
  const statements = /block$/.test(body.type) ? named(body) : [body];
  const [only] = statements;
  return (
    statements.length === 1 &&
    only !== undefined &&
    /^(return|raise|throw|continue|break)_statement$/.test(only.type)
  );
}

function jumps(node: Node): readonly Change[] {
  const keyword = node.children[0];
  if (keyword === undefined) return none;
  if (keyword.text === 'continue') return isLabelled(node) ? none : [replace(keyword, 'break')];
  for (const above of ancestors(node)) {
    // A `break` of a switch is no loop's, and `continue` there would mean another statement.
    if (above.type === 'switch_body' || isLabelled(node)) return none;
    if (/^(for|for_in|while|do)_statement$/.test(above.type)) return [replace(keyword, 'continue')];
    if (functionTypes.has(above.type)) return none;
  }
  return none;
}

function isLabelled(node: Node): boolean {
  return fieldOf(node, 'label') !== null;
}

function assignments(node: Node, place: Place): readonly Change[] {
  const [value] = named(node);
  if (value === undefined) return none;
  const left = fieldOf(value, 'left');
  const right = fieldOf(value, 'right');
  if (left === null || right === null || !canBeAugmented(left)) return none;
  if (/^augmented_assignment/.test(value.type)) {
    const operator = fieldOf(value, 'operator');
    return operator === null ? none : [replace(operator, '=')];
  }
  if (!/^assignment/.test(value.type) || fieldOf(value, 'type') !== null) return none;
  // `x = x + 1` says already what it adds to, and a literal says where it begins.
  if (right.text.includes(left.text) || /^assignment/.test(right.type)) return none;
  if (isAtom(right) && !isIdentifier(right) && !/^(call|subscript)/.test(right.type)) return none;
  if (value.type === 'assignment' && isIdentifier(left) && !isBoundBefore(left, place)) return none;
  const sign = value.children.find((child) => child.type === '=');
  return sign === undefined ? none : [replace(sign, '+=')];
}

function canBeAugmented(left: Node): boolean {
  return /^(identifier|subscript|subscript_expression|attribute|member_expression)$/.test(
    left.type,
  );
}
