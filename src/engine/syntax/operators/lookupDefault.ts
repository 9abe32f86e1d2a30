import { fieldOf } from '../walk';
import { none, replace, type Family } from './operator';

/**
 * A value for keys that are not there yet. The fault it mends: counting and collecting in a
 * mapping that begins empty, which ends in a KeyError or in NaN.
 */
export const lookupDefault: Family = (node, { language }) => {
  const isPython = language === 'python';
  if (isPython && node.type === 'augmented_assignment') {
    const left = fieldOf(node, 'left');
    const right = fieldOf(node, 'right');
    const operator = fieldOf(node, 'operator')?.text ?? '';
    const [object, key] = [left && fieldOf(left, 'value'), left && fieldOf(left, 'subscript')];
    if (left?.type !== 'subscript' || !object || !key || !right || operator.length !== 2)
      return none;
    return ['0', '[]', "''", '1'].map((value) =>
      replace(
        node,
        `${left.text} = ${object.text}.get(${key.text}, ${value}) ${operator[0] ?? ''} ${right.text}`,
      ),
    );
  }
  if (isPython && node.type === 'subscript' && node.field !== 'left') {
    const [object, key] = [fieldOf(node, 'value'), fieldOf(node, 'subscript')];
    if (!object || !key || key.type === 'slice' || node.parent?.type === 'delete_statement')
      return none;
    return ['0', 'None', '[]', "''"].map((value) =>
      replace(node, `${object.text}.get(${key.text}, ${value})`),
    );
  }
  if (isPython) return none;
  if (node.type === 'augmented_assignment_expression') {
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const operator = fieldOf(node, 'operator')?.text ?? '';
    if (left?.type !== 'subscript_expression' || !right || operator.length !== 2) return none;
    return ['0', "''"].map((value) =>
      replace(node, `${left.text} = (${left.text} ?? ${value}) ${operator[0] ?? ''} ${right.text}`),
    );
  }
  if (node.type !== 'subscript_expression' || node.field === 'left') return none;
  return ['0', 'null', '[]', "''"].map((value) => replace(node, `(${node.text} ?? ${value})`));
};
