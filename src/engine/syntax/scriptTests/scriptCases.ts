import { isIdentifier, roleOf } from '../identifiers';
import type { Node } from '../node';
import { dedentedText, runAtOnce } from '../testBody';
import { fieldOf, named, within } from '../walk';
import { rowsOfCall, rowsOfLoop, type Rows } from './scriptTables';

/** A test of a test framework. */
export interface ScriptCase {
  readonly title: string;
  /** Titles of the groups around it, outermost first. */
  readonly groups: readonly string[];
  readonly node: Node;
  /** Its function. */
  readonly action: Node | null;
  /** Why it cannot run on its own, where the call itself tells. */
  readonly reason: string | null;
  /** What the groups around it do before it, in that order. */
  readonly around: readonly Piece[];
}

/** Code that stands around a test in its groups. */
export interface Piece {
  readonly kind: 'statement' | 'row' | 'hook';
  readonly source: string;
  readonly nodes: readonly Node[];
  /** Names that it declares. */
  readonly gives: readonly string[];
  readonly reason: string | null;
}

export interface Reading {
  readonly text: string;
  /** The list that a constant at the top level holds. */
  readonly listOf: (name: string) => Node | null;
}

/** The tests that a statement declares, or null when it is no call of a test framework. */
export function scriptCases(
  statement: Node,
  reading: Reading,
): { readonly cases: readonly ScriptCase[]; readonly hooks: readonly Piece[] } | null {
  return casesAt(statement, [], reading);
}

export function titleOf(test: ScriptCase): string {
  return [...test.groups, test.title].join(' > ');
}

interface Found {
  readonly cases: readonly ScriptCase[];
  /** What runs before every test of the group. */
  readonly hooks: readonly Piece[];
}

const calls =
  /^(?:(test|it|specify|\w{1,4}\.test)|(describe|suite|context)|(before|beforeEach|beforeAll|setup)|(after|afterEach|afterAll|teardown))(?:\.(\w+))?$/;

function casesAt(statement: Node, groups: readonly string[], reading: Reading): Found | null {
  const loop = rowsOfLoop(statement, reading);
  if (loop !== null) return loopCases(loop, groups, reading);
  const call = calledIn(statement);
  const callee = call === null ? null : fieldOf(call, 'function');
  const table = callee?.type === 'call_expression' ? callee : null;
  const [, test, group, before, after, suffix] =
    calls.exec((table ? fieldOf(table, 'function') : callee)?.text ?? '') ?? [];
  if (call === null || callee === null || (test ?? group ?? before ?? after) === undefined) {
    return null;
  }
  const given = named(fieldOf(call, 'arguments') ?? call);
  const action =
    given.findLast((one) => /^(arrow_function|function_expression)$/.test(one.type)) ?? null;
  if (after !== undefined) return { cases: [], hooks: [] };
  if (before !== undefined) return { cases: [], hooks: [hookOf(before, action, reading)] };
  const title = literalText(given[0]);
  const ownTitle = title ?? given[0]?.text.slice(0, 60) ?? '';
  const isLeftOut =
    suffix !== undefined && !/^(?:only|each|for|concurrent|sequential)$/.test(suffix);
  const rows = table === null ? null : rowsOfCall(table, action, reading);
  const problem = isLeftOut
    ? `is marked ${suffix}`
    : typeof rows === 'string'
      ? rows
      : suffix === 'each' && rows === null
        ? 'has a table that cannot be read'
        : null;
  const shared = { groups, title: ownTitle, node: call, action, around: [] };
  if (problem !== null) return { cases: [{ ...shared, reason: problem }], hooks: [] };
  const each: readonly (Piece | null)[] =
    rows === null || typeof rows === 'string' ? [null] : rows.pieces;
  const found = each.map((row, place) => {
    const name = row === null ? ownTitle : `${ownTitle} (${String(place + 1)})`;
    const body = action === null ? null : fieldOf(action, 'body');
    const isGroup = group !== undefined || hasSubtests(body);
    const inner = isGroup
      ? groupCases(body, [...groups, name], reading)
      : [{ ...shared, title: name, reason: reasonIn(given, title ?? (row ? ownTitle : null)) }];
    return row === null ? inner : inner.map((one) => ({ ...one, around: [row, ...one.around] }));
  });
  return { cases: found.flat(), hooks: [] };
}

function reasonIn(given: readonly Node[], title: string | null): string | null {
  if (title === null) return 'its title is computed';
  const options = given.find((one) => one.type === 'object')?.text ?? '';
  return /\b(?:skip|todo|fails|plan)\b/.test(options) ? 'has options' : null;
}

function loopCases(loop: Rows, groups: readonly string[], reading: Reading): Found | null {
  const inner = loop.body.map((statement) => casesAt(statement, groups, reading));
  if (inner.every((one) => one === null)) return null;
  const own = loop.body.filter((_, place) => inner[place] === null);
  const declared = own.map((statement) => pieceOf(statement, reading));
  const cases = loop.pieces.flatMap((row, place) =>
    inner.flatMap((found) =>
      (found?.cases ?? []).map((one) => ({
        ...one,
        title: `${one.title} (${String(place + 1)})`,
        reason: one.reason === 'its title is computed' ? null : one.reason,
        around: [row, ...declared, ...one.around],
      })),
    ),
  );
  return { cases, hooks: [] };
}

function groupCases(
  body: Node | null,
  groups: readonly string[],
  reading: Reading,
): readonly ScriptCase[] {
  if (body?.type !== 'statement_block') return [];
  const pieces: Piece[] = [];
  const hooks: Piece[] = [];
  const cases: ScriptCase[] = [];
  for (const statement of named(body)) {
    const inner = casesAt(statement, groups, reading);
    if (inner === null) {
      if (!isSetting(statement)) pieces.push(pieceOf(statement, reading));
    } else {
      cases.push(...inner.cases);
      hooks.push(...inner.hooks);
    }
  }
  // A name may be declared after the test that uses it, and hooks run before each of them.
  return cases.map((one) => ({ ...one, around: [...pieces, ...hooks, ...one.around] }));
}

function pieceOf(statement: Node, { text }: Reading): Piece {
  const source = dedentedText([statement], text);
  return {
    kind: 'statement',
    source,
    nodes: [statement],
    gives: declaredBy(statement),
    reason: null,
  };
}

function hookOf(name: string, action: Node | null, { text }: Reading): Piece {
  const body = action === null ? null : fieldOf(action, 'body');
  const reason =
    action === null || body === null
      ? `its group has ${name}`
      : takesParameters(action)
        ? `its group has ${name} with a parameter`
        : null;
  const nodes = body === null ? [] : body.type === 'statement_block' ? named(body) : [body];
  const code = dedentedText(nodes, text);
  const source = body?.type === 'statement_block' ? `{\n${code}\n}` : `${code};`;
  return { kind: 'hook', source, nodes, gives: [], reason };
}

/** `this.timeout(1000)` says how long it may take, `t.plan(1)` how much is checked. */
export function isSetting({ text }: Node): boolean {
  return /^(?:this\.(?:timeout|slow|retries)|\w{1,4}\.(?:plan|end|diagnostic))\(/.test(text);
}

/** `await t.test('…', …)` in a test of node:test. */
function hasSubtests(body: Node | null): boolean {
  if (body?.type !== 'statement_block') return false;
  return named(body).some((statement) => {
    const call = calledIn(statement);
    return call !== null && /^\w{1,4}\.test$/.test(fieldOf(call, 'function')?.text ?? '');
  });
}

function calledIn(statement: Node): Node | null {
  const [value] = statement.type === 'expression_statement' ? named(statement) : [];
  const inner = value?.type === 'await_expression' ? named(value)[0] : value;
  return inner?.type === 'call_expression' ? inner : null;
}

function literalText(node: Node | undefined): string | null {
  if (node?.type === 'identifier') return node.text;
  if (node?.type === 'member_expression' && /\.name$/.test(node.text))
    return node.text.slice(0, -5);
  if (node?.type !== 'string' && node?.type !== 'template_string') return null;
  if (node.children.some((child) => child.type === 'template_substitution')) return null;
  return node.text.slice(1, -1).replace(/\\(['"`\\])/g, '$1');
}

export function takesParameters(action: Node): boolean {
  const parameters = fieldOf(action, 'parameters') ?? fieldOf(action, 'parameter');
  return parameters !== null && (!/^formal/.test(parameters.type) || named(parameters).length > 0);
}

function declaredBy(statement: Node): readonly string[] {
  const own = /_declaration$/.test(statement.type) ? fieldOf(statement, 'name') : null;
  if (own) return [own.text];
  return [...runAtOnce(statement)]
    .filter((node) => isIdentifier(node) && roleOf(node) === 'binding')
    .filter(
      (node) =>
        ![...within(statement)].some(
          (inner) =>
            inner !== statement &&
            isScope(inner) &&
            inner.start <= node.start &&
            node.end <= inner.end,
        ),
    )
    .map((node) => node.text);
}

function isScope(node: Node): boolean {
  return /^(?:arrow_function|function_expression|statement_block|function_declaration)$/.test(
    node.type,
  );
}
