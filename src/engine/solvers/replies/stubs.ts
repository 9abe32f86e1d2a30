import type { Node } from '../../syntax/node';
import { fieldOf, named, within } from '../../syntax/walk';
import type { Reading } from './reading';

/** True where the entry point is defined with a body that does nothing: `...`, `pass`, a docstring. */
export function isStub({ statements }: Reading, entryPoint: string): boolean {
  const definitions = statements
    .filter(({ isImport, gives }) => !isImport && gives.includes(entryPoint))
    .map(({ node }) => definitionIn(node, entryPoint));
  return definitions.length > 0 && definitions.every((one) => one !== null && isEmpty(one));
}

const definitionTypes =
  /^(?:function_definition|(?:generator_)?function_declaration|function_signature)$/;

function definitionIn(statement: Node, name: string): Node | null {
  for (const inner of within(statement)) {
    if (definitionTypes.test(inner.type) && fieldOf(inner, 'name')?.text === name) return inner;
  }
  return null;
}

function isEmpty(definition: Node): boolean {
  const body = fieldOf(definition, 'body');
  return body === null || named(body).every(isNothing);
}

function isNothing(statement: Node): boolean {
  if (statement.type === 'pass_statement') return true;
  if (/^(?:raise|throw)_statement$/.test(statement.type)) {
    return /\bNotImplemented|not implemented/i.test(statement.text);
  }
  if (statement.type !== 'expression_statement') return false;
  const [value] = named(statement);
  return value !== undefined && /^(?:ellipsis|string|concatenated_string)$/.test(value.type);
}
