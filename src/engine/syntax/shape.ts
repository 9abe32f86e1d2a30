import type { Language } from '../domain/task';
import { sha256 } from '../domain/hash';
import { isIdentifier } from './identifiers';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { Scopes } from './scopes';
import { tokensOf } from './tokens';
import { within } from './walk';

/**
 * Hash of the syntax tree of a program: the same for programs that differ only in comments,
 * docstrings, layout and the names of parameters and local variables. Names at the top level keep
 * their text: they are what tests call.
 */
export function shapeOf(syntax: Syntax, language: Language, source: string): string {
  return sha256(JSON.stringify(tokensOf(syntax, language, renamed(syntax, language, source))));
}

/** The source with local names replaced by numbers, in the order in which they first stand. */
function renamed(syntax: Syntax, language: Language, source: string): string {
  const root = readTree(syntax, language, source);
  const scopes = new Scopes(root);
  const numbers = new Map<Node, Map<string, string>>();
  const changes: { readonly node: Node; readonly name: string }[] = [];
  for (const node of within(root)) {
    if (!isIdentifier(node)) continue;
    const scope = isLabel(node) ? null : scopes.scopeOf(node.text, node);
    if (scope === null || scope === root) continue;
    const names = numbers.get(scope) ?? new Map<string, string>();
    numbers.set(scope, names);
    // Marked, so that no name that a program may have is taken for one of these.
    const name = names.get(node.text) ?? `local_${String(countOf(numbers))}_${marker}`;
    names.set(node.text, name);
    changes.push({ node, name });
  }
  let text = '';
  let end = 0;
  for (const { node, name } of changes) {
    text += source.slice(end, node.start) + name;
    end = node.end;
  }
  return text + source.slice(end);
}

const marker = 'of_shape';

function countOf(numbers: ReadonlyMap<Node, ReadonlyMap<string, string>>): number {
  let count = 0;
  for (const names of numbers.values()) count += names.size;
  return count;
}

/** Attributes and keyword arguments name something of another; shorthand properties name two things. */
function isLabel(node: Node): boolean {
  const { parent, field } = node;
  if (node.type.startsWith('shorthand_property')) return true;
  if (!parent) return false;
  return (
    (parent.type === 'attribute' && field === 'attribute') ||
    (parent.type === 'keyword_argument' && field === 'name') ||
    parent.type === 'keyword_pattern'
  );
}
