import type { Language } from '../domain/task';
import { readTree, type Node } from '../syntax/node';
import type { Syntax } from '../syntax/parser';

const statement = /(?:statement|assignment|declaration|definition|clause)$/;

/**
 * Finds the line on which the innermost statement around an offset begins. Coverage tells of
 * statements by that line, also where a statement stands on several.
 */
export function statementLines(
  syntax: Syntax,
  language: Language,
  source: string,
): (offset: number) => number {
  const root = readTree(syntax, language, source);
  return (offset) => innermost(root, offset).line;
}

function innermost(root: Node, offset: number): Node {
  let found = root;
  let node: Node | undefined = root;
  while (node) {
    if (statement.test(node.type)) found = node;
    node = node.children.find((child) => child.start <= offset && offset < child.end);
  }
  return found;
}
