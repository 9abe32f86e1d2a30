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
  if (root.hasError) return firstError(root) ?? missingLineEnd(root);
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

/** A line end that is missing stands in no list of children: two statements share a line. */
function missingLineEnd(root: SyntaxNode): SyntaxProblem {
  const inner = root.descendantsOfType(['module', 'program', 'block', 'statement_block']);
  for (const { children } of inner.flatMap((node) => node ?? [])) {
    const behind = children.find((child, at) => {
      const before = children[at - 1];
      return (
        child?.isNamed === true &&
        before?.endPosition.row === child.startPosition.row &&
        before.isNamed
      );
    });
    if (!behind) continue;
    const [text = ''] = behind.text.split('\n');
    return { line: behind.startPosition.row + 1, message: `unexpected '${text.slice(0, 40)}'` };
  }
  return { line: 1, message: 'not a program' };
}

/** What the Python grammar lets through: Python 2's statements and quotes, headers without a body. */
function pythonProblem(root: SyntaxNode): SyntaxProblem | null {
  const kinds = ['print_statement', 'exec_statement', 'block', 'string_start'];
  for (const node of root.descendantsOfType(kinds)) {
    if (node === null) continue;
    const line = node.startPosition.row + 1;
    if (node.type === 'string_start') {
      if (node.text.endsWith('`')) return { line, message: "unexpected '`'" };
      continue;
    }
    if (node.type !== 'block') return { line, message: 'a statement of Python 2' };
    if (node.namedChildren.every((child) => child?.type === 'comment')) {
      return { line, message: 'a block without a statement' };
    }
  }
  return null;
}
