import { importsIn, isFromOtherFile } from './imports';
import type { ModuleStatement } from './moduleStatements';
import type { Node } from './node';
import { casesIn, isCaseClass, type Case } from './pytest/cases';
import { sourcesOf } from './pytest/caseSource';
import { fixtureOf, type Fixture } from './pytest/fixtures';
import { pytestStandIn, standsIn } from './pytest/standIn';
import { isMainGuard } from './slice';
import type { FoundTest, SkippedTest, TestFile } from './testFile';
import { supportText, surroundingsOf, type Surroundings } from './testSupport';
import { fieldOf, named, within } from './walk';

/** Reads `unittest.TestCase` classes and pytest functions and classes, with their tables and fixtures. */
export function pythonTests(
  statements: readonly ModuleStatement[],
  source: string,
  taken: readonly string[],
): TestFile {
  const imports: { module: string; names: readonly string[] }[] = [];
  const subject = new Set<string>(taken);
  const unavailable = new Map<string, string>();
  const fromPytest = new Map<string, string>();
  const cases: Case[] = [];
  const fixtures = new Map<string, Fixture>();
  const candidates: ModuleStatement[] = [];
  const caseClasses = new Set<string>();
  for (const statement of statements) {
    const found = importsIn(statement.node).filter((one) => isFromOtherFile('python', one));
    const own = casesIn(statement.node, caseClasses);
    const fixture = fixtureOf(statement.node);
    if (isCaseClass(statement.node, caseClasses))
      for (const name of statement.gives) caseClasses.add(name);
    if (own.length > 0) {
      cases.push(...own);
      for (const name of statement.gives) unavailable.set(name, `uses ${name}, which is a test`);
    } else if (fixture !== null) {
      fixtures.set(fixture.name, fixture);
      candidates.push(fixtureStatement(statement, fixture));
    } else if (statement.isImport && found.length > 0) {
      for (const one of found) {
        for (const { imported, local } of one.names) {
          if (one.module !== 'pytest') {
            if (imported !== local) unavailable.set(local, 'renamed import');
            else subject.add(local);
          } else if (standsIn(imported)) fromPytest.set(local, imported);
          else if (imported !== 'fixture' && imported !== 'mark') {
            unavailable.set(local, `uses ${imported} of pytest`);
          }
        }
        if (one.whole !== null && one.whole !== 'pytest') {
          unavailable.set(one.whole, `uses the module ${one.whole} as a whole`);
        }
        const names = one.names.map((name) => name.imported);
        if (one.module !== 'pytest') imports.push({ module: one.module, names });
      }
    } else if (!isMainGuard(statement) && statement.node.text !== 'import unittest') {
      const missing = missingMember([statement.node]);
      if (missing === null) candidates.push(statement);
      else for (const name of statement.gives) unavailable.set(name, missing);
    }
  }
  const surroundings = surroundingsOf(candidates, subject, unavailable);
  const listOf = listsIn(statements);
  const tests: FoundTest[] = [];
  const skipped: SkippedTest[] = [];
  const membersOf = new Map<FoundTest, readonly string[]>();
  for (const one of cases) {
    const { name, line } = one;
    const made = sourcesOf(one, { fixtures, listOf, text: source });
    const reason =
      typeof made === 'string'
        ? made
        : (missingMember(made.flatMap(({ nodes }) => nodes)) ??
          surroundings.reasonAgainst(made.flatMap(({ mentions }) => mentions)));
    if (typeof made === 'string' || reason !== null) {
      skipped.push({ name, line, reason: reason ?? '' });
      continue;
    }
    for (const { row, parts, ...whole } of made) {
      const title = row === '' ? name : `${name}[${row}]`;
      const found = (name: string, { source, mentions, nodes }: typeof whole): FoundTest => {
        const test = { name, line, source, mentions: surroundings.reached(mentions) };
        membersOf.set(test, membersIn(nodes));
        return test;
      };
      const test = found(title, whole);
      const own = parts.map((part, at) => found(`${title}: ${String(at + 1)}`, part));
      tests.push(own.length === 0 ? test : { ...test, parts: own });
      membersOf.set(tests.at(-1) ?? test, membersIn(whole.nodes));
    }
  }
  const supportFor = (chosen: readonly FoundTest[]): string => {
    const members = chosen.flatMap((test) => membersOf.get(test) ?? []);
    return supportOf(surroundings, source, { tests: chosen, members, fromPytest });
  };
  return { imports, support: supportFor(tests), supportFor, tests, skipped };
}

/** As a plain function: without the decorator, which pytest alone understands. */
function fixtureStatement(statement: ModuleStatement, fixture: Fixture): ModuleStatement {
  const { definition, functionName } = fixture;
  const takes = new Set(
    [...statement.takes].filter((name) => name !== 'pytest' && name !== 'fixture'),
  );
  return { ...statement, node: definition, start: definition.start, gives: [functionName], takes };
}

/** Lists of values at the top level that tables may name. */
function listsIn(statements: readonly ModuleStatement[]): (name: string) => Node | null {
  const lists = new Map<string, Node>();
  for (const { node, gives } of statements) {
    const value = node.type === 'expression_statement' ? named(node)[0] : undefined;
    const right = value?.type === 'assignment' ? fieldOf(value, 'right') : null;
    const [name, ...more] = gives;
    if (right === null || name === undefined || more.length > 0) continue;
    // What is changed further down is not what stands here.
    if (lists.has(name)) lists.delete(name);
    else lists.set(name, right);
  }
  return (name) => lists.get(name) ?? null;
}

/** Members of pytest that some code uses. */
function membersIn(nodes: readonly Node[]): string[] {
  return nodes
    .flatMap((node) => [...within(node)])
    .filter((node) => node.type === 'identifier' && node.text === 'pytest')
    .map(({ parent }) => (parent && fieldOf(parent, 'attribute')?.text) ?? '');
}

function missingMember(nodes: readonly Node[]): string | null {
  const missing = membersIn(nodes).find((member) => !standsIn(member));
  return missing === undefined ? null : missing === '' ? 'uses pytest' : `uses pytest.${missing}`;
}

interface Used {
  readonly tests: readonly FoundTest[];
  readonly members: readonly string[];
  readonly fromPytest: ReadonlyMap<string, string>;
}

/** `from __future__` must stay the first statement. */
function supportOf(surroundings: Surroundings, source: string, used: Used): string {
  const { tests, fromPytest } = used;
  const mentioned = new Set(tests.flatMap(({ mentions }) => mentions));
  const support = surroundings.giving(mentioned);
  const members = new Set(used.members);
  for (const member of membersIn(support.map(({ node }) => node))) members.add(member);
  const aliases = [...fromPytest].filter(
    ([local]) => mentioned.has(local) || support.some(({ takes }) => takes.has(local)),
  );
  for (const [, member] of aliases) members.add(member);
  const needsSelf = tests.some(({ source }) => needsOuterSelf(source));
  const needsUnittest =
    needsSelf || mentioned.has('unittest') || support.some(({ takes }) => takes.has('unittest'));
  const isFuture = ({ node }: ModuleStatement) => node.type === 'future_import_statement';
  const future = surroundings.support.filter(isFuture);
  const parts = [
    supportText(future, source),
    needsUnittest ? 'import unittest' : '',
    pytestStandIn(members).trimEnd(),
    aliases.map(([local, member]) => `${local} = pytest.${member}`).join('\n'),
    supportText(
      support.filter((one) => !isFuture(one)),
      source,
    ),
    needsSelf ? 'self = unittest.TestCase()' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('\n')}\n`;
}

/** Statements of a method that stand without their class. */
function needsOuterSelf(source: string): boolean {
  return /(?<![\w.])self\./.test(source) && !/^class /m.test(source);
}
