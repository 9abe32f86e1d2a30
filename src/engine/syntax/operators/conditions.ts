import { operatorOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, insideParentheses, named } from '../walk';

/** The expression whose truth a statement, a choice or a filter turns on, or null. */
export function conditionOf(node: Node): Node | null {
  const condition = rawCondition(node);
  return condition === null || !condition.named ? null : insideParentheses(condition);
}

function rawCondition(node: Node): Node | null {
  switch (node.type) {
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement':
    case 'do_statement':
    case 'ternary_expression':
      return fieldOf(node, 'condition');
    case 'for_statement': {
      const condition = fieldOf(node, 'condition');
      return condition?.type === 'empty_statement' ? null : condition;
    }
    case 'conditional_expression':
      return named(node)[1] ?? null;
    case 'if_clause':
      return named(node)[0] ?? null;
    default:
      return null;
  }
}

export function isLogical(node: Node): boolean {
  if (node.type === 'boolean_operator') return true;
  const operator = node.type === 'binary_expression' ? operatorOf(node)?.type : undefined;
  return operator === '&&' || operator === '||' || operator === '??';
}

export function isTruthValue(node: Node): boolean {
  return node.type === 'true' || node.type === 'false';
}
