import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import type { Piece, Reading } from './scriptCases';

/** What stands for each row of a table, and, of a loop, the statements that it repeats. */
export interface Rows {
  readonly pieces: readonly Piece[];
  readonly body: readonly Node[];
}

const mostRows = 200;

/** The rows of `test.each(rows)`; null for another call, a text says why they cannot be read. */
export function rowsOfCall(
  table: Node,
  action: Node | null,
  reading: Reading,
): Rows | string | null {
  const callee = fieldOf(table, 'function')?.text ?? '';
  if (!/\.(?:each|for)$/.test(callee)) return null;
  const given = fieldOf(table, 'arguments');
  const [first] = given ? named(given) : [];
  const list = first ? listIn(first, reading) : null;
  if (list === null) return 'has a table that is computed';
  const isSpread = callee.endsWith('.each');
  return rows(list, action ? patternsOf(action) : null, isSpread);
}

/** The rows of `for (const [a, b] of rows)` and `rows.forEach(([a, b]) => …)` around tests. */
export function rowsOfLoop(statement: Node, reading: Reading): Rows | null {
  if (statement.type === 'for_in_statement') {
    const list = listIn(fieldOf(statement, 'right'), reading);
    const pattern = fieldOf(statement, 'left');
    const body = fieldOf(statement, 'body');
    const isOf = statement.children.some(({ type }) => type === 'of');
    if (!list || !pattern || !body || !isOf || fieldOf(statement, 'kind') === null) return null;
    const found = rows(list, [pattern.text], false);
    return typeof found === 'string' ? null : { ...found, body: statementsIn(body) };
  }
  const [call] = statement.type === 'expression_statement' ? named(statement) : [];
  const callee = call?.type === 'call_expression' ? fieldOf(call, 'function') : null;
  if (!call || callee?.type !== 'member_expression') return null;
  if (fieldOf(callee, 'property')?.text !== 'forEach') return null;
  const list = listIn(fieldOf(callee, 'object'), reading);
  const [action] = named(fieldOf(call, 'arguments') ?? call);
  const body = action ? fieldOf(action, 'body') : null;
  if (!list || !action || !body) return null;
  const found = rows(list, patternsOf(action)?.slice(0, 1) ?? null, false);
  return typeof found === 'string' ? null : { ...found, body: statementsIn(body) };
}

function statementsIn(body: Node): readonly Node[] {
  return body.type === 'statement_block' ? named(body) : [body];
}

/** An array that is written out, or the constant of the file that holds one. */
function listIn(node: Node | null, reading: Reading): Node | null {
  const inner =
    node && /^(?:as_expression|satisfies_expression|parenthesized_expression)$/.test(node.type)
      ? named(node)[0]
      : node;
  if (inner?.type === 'array') return inner;
  const list = inner?.type === 'identifier' ? reading.listOf(inner.text) : null;
  return list === null || list.type === 'array' ? list : listIn(list, reading);
}

function rows(list: Node, patterns: readonly string[] | null, isSpread: boolean): Rows | string {
  const elements = named(list);
  if (elements.length > mostRows) return `has a table of ${String(elements.length)} rows`;
  if (patterns === null || elements.some(({ type }) => /spread/.test(type))) {
    return 'has a table that cannot be read';
  }
  return {
    body: [],
    pieces: elements.map((element): Piece => {
      const value = isSpread && element.type === 'array' ? element.text : `[${element.text}]`;
      const source = patterns.length === 0 ? '' : `const [${patterns.join(', ')}] = ${value};`;
      return { kind: 'row', source, nodes: [element], gives: namesIn(patterns), reason: null };
    }),
  };
}

/** Parameters without their types; null where one cannot be said so. */
function patternsOf(action: Node): string[] | null {
  const single = fieldOf(action, 'parameter');
  if (single) return [single.text];
  const list = fieldOf(action, 'parameters');
  if (!list) return null;
  return named(list).map((parameter) => {
    const pattern = fieldOf(parameter, 'pattern') ?? parameter;
    const value = fieldOf(parameter, 'value');
    return value ? `${pattern.text} = ${value.text}` : pattern.text;
  });
}

function namesIn(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => pattern.match(/[A-Za-z_$][\w$]*/g) ?? []);
}
