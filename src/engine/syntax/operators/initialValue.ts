import { fieldOf } from '../walk';
import { functionOf, parametersOf } from './layout';
import { none, replace, type Family } from './operator';

const literal =
  /^(integer|float|number|string|none|null|undefined|true|false|list|array|dictionary|object)$/;
const pythonValues = [
  '0',
  '1',
  '-1',
  "''",
  '[]',
  '{}',
  'None',
  "float('inf')",
  "float('-inf')",
  'set()',
  'True',
  'False',
  '[[]]',
];
const scriptValues = [
  '0',
  '1',
  '-1',
  "''",
  '[]',
  '{}',
  'null',
  'Infinity',
  '-Infinity',
  'new Set()',
  'true',
  'false',
  '[[]]',
];

/**
 * Another value that a variable begins with. The faults it mends: a product that begins with 0, a
 * maximum that begins with 0 where all numbers are negative, text for a list.
 */
export const initialValue: Family = (node, { language }) => {
  if (!/^(assignment|variable_declarator|assignment_expression)$/.test(node.type)) return none;
  const value = fieldOf(node, 'right') ?? fieldOf(node, 'value');
  if (value === null || !literal.test(value.type)) return none;
  const definition = functionOf(node);
  const given = definition === null ? [] : parametersOf(definition).slice(0, 2);
  const length = (name: string): string =>
    language === 'python' ? `len(${name})` : `${name}.length`;
  return [
    ...(language === 'python' ? pythonValues : scriptValues),
    ...given.flatMap((name) => [`${name}[0]`, name, length(name)]),
  ].map((other) => replace(value, other));
};
