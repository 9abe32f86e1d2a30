import type { Language } from '../domain/task';
import { docstringOf } from './documentation';
import { isIdentifier, roleOf } from './identifiers';
import type { Node } from './node';
import type { Scopes } from './scopes';
import { fieldOf, named, within } from './walk';

/** A statement at the top level of a module, with the names it gives and takes there. */
export interface ModuleStatement {
  readonly node: Node;
  /** With the comments directly above and behind it. */
  readonly start: number;
  readonly end: number;
  /** Top-level names that it binds or changes. */
  readonly gives: readonly string[];
  /** Names of the top level, and unknown ones, that it reads. */
  readonly takes: ReadonlySet<string>;
  readonly isImport: boolean;
}

/** The statements of a module in order, without its docstring. */
export function moduleStatements(
  root: Node,
  language: Language,
  source: string,
  scopes: Scopes,
): readonly ModuleStatement[] {
  const docstring = language === 'python' ? docstringOf(root) : null;
  return root.children
    .filter((node) => node.named && node.type !== 'comment' && node !== docstring)
    .filter((node) => node.type !== 'hash_bang_line' && node.type !== 'empty_statement')
    .map((node) => ({
      node,
      start: startWithComments(node, root, source),
      end: endWithComment(node, source),
      ...namesOf(node, root, scopes),
      isImport: /^(import|future_import|import_from)_statement$|^import_alias$/.test(node.type),
    }));
}

function startWithComments(node: Node, root: Node, source: string): number {
  let first = node;
  for (let at = root.children.indexOf(node) - 1; at >= 0; at -= 1) {
    const above = root.children[at];
    if (above?.type !== 'comment' || above.endLine + 1 !== first.line) break;
    // A comment behind another statement belongs to that one.
    const lineStart = source.lastIndexOf('\n', above.start - 1) + 1;
    if (source.slice(lineStart, above.start).trim() !== '') break;
    first = above;
  }
  return first.start;
}

function endWithComment(node: Node, source: string): number {
  const newline = source.indexOf('\n', node.end);
  const rest = source.slice(node.end, newline < 0 ? source.length : newline);
  return /^[ \t]*(#|\/\/|\/\*.*\*\/\s*$)/.test(rest) ? node.end + rest.trimEnd().length : node.end;
}

function namesOf(node: Node, root: Node, scopes: Scopes): Pick<ModuleStatement, 'gives' | 'takes'> {
  const gives = new Set<string>();
  const takes = new Set<string>();
  for (const inner of within(node)) {
    if (!isIdentifier(inner)) continue;
    const role = roleOf(inner);
    if (role === 'label') continue;
    const scope = scopes.scopeOf(inner.text, inner);
    // A name that a class body binds may be read from the top level before that.
    if (scope?.type === 'class_definition' && role === 'read') takes.add(inner.text);
    if (scope !== null && scope !== root) continue;
    if (role === 'binding') gives.add(inner.text);
    else takes.add(inner.text);
    if (role === 'target') gives.add(inner.text);
  }
  const changed = changedName(node);
  if (changed !== null && scopes.bindings(root, changed).some(isNoImport)) gives.add(changed);
  return { gives: [...gives], takes };
}

function isNoImport(binding: Node): boolean {
  return !/import/.test(`${binding.parent?.type} ${binding.parent?.parent?.type}`);
}

/** The variable that a statement changes without assigning it: `TABLE['a'] = 1`, `LIST.push(2)`. */
function changedName(statement: Node): string | null {
  if (statement.type !== 'expression_statement') return null;
  const [value] = named(statement);
  if (value === undefined) return null;
  const isCall = value.type === 'call' || value.type === 'call_expression';
  let place = isCall ? fieldOf(value, 'function') : fieldOf(value, 'left');
  if (place === null || place.type === 'identifier') return null;
  while (place !== null && place.type !== 'identifier') {
    place = /^(attribute|member_expression|subscript|subscript_expression)$/.test(place.type)
      ? (place.children[0] ?? null)
      : null;
  }
  return place?.text ?? null;
}
