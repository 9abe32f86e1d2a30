import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { none, replace, type Family } from './operator';

const pythonForms = [
  'str(@)',
  'int(@)',
  'round(@, 2)',
  'round(@)',
  'sorted(@)',
  'list(@)',
  'float(@)',
  "''.join(@)",
  "' '.join(@)",
  'abs(@)',
  '@[::-1]',
  'bool(@)',
  'tuple(@)',
  'set(@)',
  'len(@)',
  'sum(@)',
  'round(@, 1)',
  'max(0, @)',
  'sorted(set(@))',
  '@.lower()',
  '@.upper()',
  '@.strip()',
  'not @',
  'str(abs(@))',
  '-@',
  "', '.join(@)",
  '[@]',
];
const scriptForms = [
  'String(@)',
  'Number(@)',
  'Math.round(@)',
  'Math.floor(@)',
  'Math.abs(@)',
  "@.join('')",
  "@.join(' ')",
  'Math.round(@ * 100) / 100',
  '[...new Set(@)]',
  '[...@].sort()',
  '[...@].sort((a, b) => a - b)',
  '[...@].reverse()',
  'Boolean(@)',
  '!@',
  '@.length',
  'Math.max(0, @)',
  '@.toLowerCase()',
  '@.toUpperCase()',
  '@.trim()',
  'Object.keys(@)',
  '[...@]',
  '[@]',
];
/** Of what a loop goes over, and of what is called or compared, fewer forms make sense. */
const pythonInner = [
  'str(@)',
  'int(@)',
  'str(abs(@))',
  '@.lower()',
  '@.upper()',
  '@.strip()',
  '@.split()',
  '@.items()',
  'sorted(@)',
  'range(@)',
  'range(len(@))',
  'list(@)',
  'set(@)',
  'enumerate(@)',
  'len(@)',
  'abs(@)',
  'max(0, @)',
  '@[::-1]',
];
const scriptInner = [
  'String(@)',
  'Number(@)',
  '@.toLowerCase()',
  '@.toUpperCase()',
  '@.trim()',
  'Object.entries(@)',
  'Object.keys(@)',
  '@.length',
  'Math.abs(@)',
  '[...@]',
  'Math.max(0, @)',
  '[...@].reverse()',
  'Math.floor(@)',
];

/**
 * A value turned into another kind, rounded or put in order. The faults it mends: a number where
 * text is asked for, results not rounded or sorted, a list for its text, case that counts.
 */
export const conversion: Family = (node, { language }) => {
  const isPython = language === 'python';
  const forms = isPython ? pythonForms : scriptForms;
  const inner = isPython ? pythonInner : scriptInner;
  if (node.type === 'return_statement') {
    const [value] = named(node);
    return value === undefined ? none : all(value, forms);
  }
  if (/^(for_statement|for_in_statement|for_in_clause)$/.test(node.type)) {
    const over = fieldOf(node, 'right');
    return over === null || !isShort(over) ? none : all(over, inner);
  }
  if (/assignment|variable_declarator/.test(node.type)) {
    const value = fieldOf(node, 'right') ?? fieldOf(node, 'value');
    return value === null || !isShort(value) || /lambda|function/.test(value.type)
      ? none
      : all(value, inner);
  }
  return node.type === 'identifier' && isOperand(node) ? all(node, inner.slice(0, 6)) : none;
};

function all(value: Node, forms: readonly string[]) {
  const isAtom =
    /^(identifier|call|call_expression|subscript|subscript_expression|attribute|member_expression|list|array|string|integer|number)$/.test(
      value.type,
    );
  return forms.map((form) => {
    const isHeld = /[([]@[),]/.test(form) && !form.includes('...@');
    return replace(
      value,
      form.replace('@', () => (isAtom || isHeld ? value.text : `(${value.text})`)),
    );
  });
}

function isShort(value: Node): boolean {
  return value.end - value.start <= 60 && !value.text.includes('\n');
}

function isOperand({ parent, field }: Node): boolean {
  if (parent === null) return false;
  if (/^(binary_operator|binary_expression|comparison_operator|argument_list)$/.test(parent.type))
    return true;
  return /^augmented_assignment/.test(parent.type) && field === 'right';
}
