import type { Language } from '../domain/task';
import type { Syntax, SyntaxNode } from './parser';

export interface SyntaxProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * The first place where the source is not of its language, or null. The grammars are a little
 * wider than the languages: a null is no promise that an interpreter takes the source.
 */
export function syntaxProblem(
  syntax: Syntax,
  language: Language,
  source: string,
): SyntaxProblem | null {
  return syntax.read(language, source, (root) => problemIn(language, root));
}

/** The same of a tree that is at hand. */
export function problemIn(language: Language, root: SyntaxNode): SyntaxProblem | null {
  const wrong = root.hasError ? firstError(root) : null;
  if (wrong !== null) return wrong;
  return language === 'python' ? pythonProblem(root) : null;
}

function firstError(node: SyntaxNode): SyntaxProblem | null {
  const line = node.startPosition.row + 1;
  if (node.isMissing) {
    return { line, message: `${node.isNamed ? node.type : `'${node.type}'`} is missing` };
  }
  if (node.isError) {
    const [text = ''] = node.text.trim().split('\n');
    return { line, message: text === '' ? 'unexpected end' : `unexpected '${text.slice(0, 40)}'` };
  }
  for (const child of node.children) {
    if (child === null || !(child.hasError || child.isMissing)) continue;
    const found = firstError(child);
    if (found !== null) return found;
  }
  return null;
}

/** What the Python grammar lets through: Python 2 statements and headers without a body. */
function pythonProblem(root: SyntaxNode): SyntaxProblem | null {
  for (const node of root.descendantsOfType(['print_statement', 'exec_statement', 'block'])) {
    if (node === null) continue;
    const line = node.startPosition.row + 1;
    if (node.type !== 'block') return { line, message: 'a statement of Python 2' };
    if (node.namedChildren.every((child) => child?.type === 'comment')) {
      return { line, message: 'a block without a statement' };
    }
  }
  return null;
}
