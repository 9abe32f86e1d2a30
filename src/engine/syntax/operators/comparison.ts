import { none, replace, type Family } from './operator';

const python: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>', '>=', '==', '!='],
  '<=': ['<', '>=', '>', '==', '!='],
  '>': ['>=', '<', '<=', '==', '!='],
  '>=': ['>', '<=', '<', '==', '!='],
  '==': ['!=', '<=', '>=', '<', '>'],
  '!=': ['==', '<', '>', '<=', '>='],
  in: ['not in'],
  'not in': ['in'],
  is: ['is not', '=='],
  'is not': ['is', '!='],
};

const script: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>', '>=', '===', '!=='],
  '<=': ['<', '>=', '>', '===', '!=='],
  '>': ['>=', '<', '<=', '===', '!=='],
  '>=': ['>', '<=', '<', '===', '!=='],
  '===': ['!==', '==', '<=', '>=', '<', '>'],
  '!==': ['===', '!=', '<', '>', '<=', '>='],
  '==': ['!=', '===', '<=', '>=', '<', '>'],
  '!=': ['==', '!==', '<', '>', '<=', '>='],
};

/**
 * One relation for another, the likeliest slip first. The faults it mends: a bound that is let in
 * or left out by one, a relation the wrong way round, and identity for equality.
 */
export const comparison: Family = (node, { language }) => {
  const isPython = language === 'python';
  if (node.type !== (isPython ? 'comparison_operator' : 'binary_expression')) return none;
  const operators = node.children.filter(
    (child) => child.field === (isPython ? 'operators' : 'operator'),
  );
  return operators.flatMap((operator) =>
    ((isPython ? python : script)[operator.type] ?? []).map((other) => replace(operator, other)),
  );
};
