import { isIdentifier, roleOf } from './identifiers';
import type { Node } from './node';
import { runAtOnce } from './testBody';
import { fieldOf, named } from './walk';

/** A call of a test framework. */
export interface ScriptCase {
  readonly kind: 'test' | 'setUp';
  readonly title: string;
  /** Titles of the groups around it, outermost first. */
  readonly groups: readonly string[];
  readonly depth: number;
  readonly node: Node;
  readonly body: Node | null;
  /** Why it cannot run on its own, where the call itself tells. */
  readonly reason: string | null;
  /** Names declared in the groups around it. */
  readonly groupNames: ReadonlySet<string>;
}

/** The tests that a statement declares, or null when it is no call of a test framework. */
export function scriptCases(statement: Node): readonly ScriptCase[] | null {
  return casesAt(statement, [], new Set());
}

export function titleOf(test: ScriptCase): string {
  return [...test.groups, test.title].join(' > ');
}

export function reasonAgainstScript(test: ScriptCase, mentions: readonly string[]): string | null {
  if (test.reason !== null) return test.reason;
  const groupName = mentions.find((name) => test.groupNames.has(name));
  if (groupName !== undefined) return `uses ${groupName} of the group around it`;
  if (test.body === null) return 'has no body';
  for (const node of runAtOnce(test.body)) {
    if (node.type === 'this') return 'uses this';
  }
  if (test.body.type === 'statement_block' && named(test.body).length === 0) return 'tests nothing';
  return null;
}

const calls =
  /^(?:(test|it|specify)|(describe|suite|context)|(before|after|beforeEach|afterEach|beforeAll|afterAll))(?:\.(\w+))?$/;

function casesAt(
  statement: Node,
  groups: readonly string[],
  groupNames: ReadonlySet<string>,
): readonly ScriptCase[] | null {
  const call = calledIn(statement);
  const callee = call === null ? null : fieldOf(call, 'function');
  const [, test, group, setUp, suffix] = calls.exec(callee?.text ?? '') ?? tableCall(callee);
  if (call === null || (test ?? group ?? setUp) === undefined) return null;
  const given = named(fieldOf(call, 'arguments') ?? call);
  const title = literalText(given[0]);
  const action = given.find((one) => /^(arrow_function|function_expression)$/.test(one.type));
  const shared = { groups, depth: groups.length, node: call, groupNames };
  if (setUp !== undefined) {
    return [{ ...shared, kind: 'setUp', title: setUp, body: null, reason: null }];
  }
  const body = action === undefined ? null : fieldOf(action, 'body');
  const ownTitle = title ?? given[0]?.text.slice(0, 60) ?? '';
  if (group !== undefined && suffix !== 'skip' && suffix !== 'todo' && suffix !== 'each') {
    return groupCases(body, [...groups, ownTitle], groupNames);
  }
  const reason =
    suffix !== undefined && suffix !== 'only'
      ? `is marked ${suffix}`
      : title === null
        ? 'its title is computed'
        : action !== undefined && takesParameters(action)
          ? 'takes a parameter'
          : given.some((one) => one.type === 'object')
            ? 'has options'
            : null;
  return [{ ...shared, kind: 'test', title: ownTitle, body, reason }];
}

function groupCases(
  body: Node | null,
  groups: readonly string[],
  outerNames: ReadonlySet<string>,
): readonly ScriptCase[] {
  if (body?.type !== 'statement_block') return [];
  const names = new Set(outerNames);
  const cases: ScriptCase[] = [];
  for (const statement of named(body)) {
    const inner = casesAt(statement, groups, names);
    if (inner !== null) cases.push(...inner);
    else for (const name of declaredBy(statement)) names.add(name);
  }
  const setUp = cases.find((one) => one.kind === 'setUp' && one.depth === groups.length);
  return cases.map((one) => ({
    ...one,
    // A name may be declared after the test that uses it.
    groupNames: new Set([...one.groupNames, ...names]),
    reason: one.reason ?? (setUp === undefined ? null : `its group has ${setUp.title}`),
  }));
}

function calledIn(statement: Node): Node | null {
  const [value] = statement.type === 'expression_statement' ? named(statement) : [];
  const inner = value?.type === 'await_expression' ? named(value)[0] : value;
  return inner?.type === 'call_expression' ? inner : null;
}

/** `test.each(rows)('title', ...)` is called by what `test.each(rows)` gives. */
function tableCall(callee: Node | null): readonly (string | undefined)[] {
  const inner = callee?.type === 'call_expression' ? fieldOf(callee, 'function') : null;
  return calls.exec(inner?.text ?? '') ?? [];
}

function literalText(node: Node | undefined): string | null {
  if (node?.type !== 'string' && node?.type !== 'template_string') return null;
  if (node.children.some((child) => child.type === 'template_substitution')) return null;
  return node.text.slice(1, -1).replace(/\\(['"`\\])/g, '$1');
}

function takesParameters(action: Node): boolean {
  const parameters = fieldOf(action, 'parameters') ?? fieldOf(action, 'parameter');
  return parameters !== null && (!/^formal/.test(parameters.type) || named(parameters).length > 0);
}

function declaredBy(statement: Node): readonly string[] {
  return [...runAtOnce(statement)]
    .filter((node) => isIdentifier(node) && roleOf(node) === 'binding')
    .map((node) => node.text);
}
