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

/**
 * True where a block that holds tests defines the entry point as a constant, or says that it is
 * none of the program: there for the tests to run.
 */
export function isStandIn(reading: Reading, entryPoint: string, block: string): boolean {
  const hasTests = /^\s*(?:assert\b|def test_|class Test|(?:expect|assert|test|it)[.(])/m;
  if (!hasTests.test(block)) return false;
  const definitions = reading.statements
    .map(({ node }) => definitionIn(node, entryPoint))
    .filter((one) => one !== null);
  if (definitions.length === 0) return false;
  return (
    definitions.every(isConstant) || /(?:#|\/\/).*\b(?:stub|placeholder|dummy|mock)\b/i.test(block)
  );
}

function isConstant(definition: Node): boolean {
  const body = fieldOf(definition, 'body');
  const statements = body === null ? [] : named(body).filter((one) => !isNothing(one));
  const [only] = statements;
  if (statements.length !== 1 || only?.type !== 'return_statement') return false;
  return ![...within(only)].some(({ type }) => /identifier|call/.test(type));
}

const definitionTypes =
  /^(?:function_definition|(?:generator_)?function_declaration|function_signature)$/;

export function definitionIn(statement: Node, name: string): Node | null {
  for (const inner of within(statement)) {
    if (definitionTypes.test(inner.type) && fieldOf(inner, 'name')?.text === name) return inner;
  }
  return null;
}

function isEmpty(definition: Node): boolean {
  const body = fieldOf(definition, 'body');
  return body === null || named(body).every(isNothing);
}

/** A statement that does nothing, or tells that something is to be done. */
export function isNothing(statement: Node): boolean {
  if (statement.type === 'pass_statement') return true;
  if (/^(?:raise|throw)_statement$/.test(statement.type)) {
    return /\bNotImplemented|not implemented/i.test(statement.text);
  }
  if (statement.type !== 'expression_statement') return false;
  const [value] = named(statement);
  return value !== undefined && /^(?:ellipsis|string|concatenated_string)$/.test(value.type);
}
