import { importsIn, type Import } from '../imports';
import type { ModuleStatement } from '../moduleStatements';
import type { Node } from '../node';
import type { FoundTest, SkippedTest, TestFile } from '../testFile';
import { supportText, surroundingsOf } from '../testSupport';
import { fieldOf, named, within } from '../walk';
import { chaiStandIn, missingFromChai } from './chaiStandIn';
import { contextModules, contextStandIn } from './contextStandIn';
import { expectStandIn, expectStandsIn } from './expectStandIn';
import { scriptCases, titleOf, type Piece, type ScriptCase } from './scriptCases';
import { scriptSource } from './scriptSource';

/** Reads `test`, `it` and `describe` calls, with their tables, hooks and expectations. */
export function scriptTests(
  statements: readonly ModuleStatement[],
  source: string,
  taken: readonly string[],
): TestFile {
  const imports: { module: string; names: readonly string[] }[] = [];
  const subject = new Set<string>(taken);
  const unavailable = new Map<string, string>(frameworkNames.map((name) => [name, `uses ${name}`]));
  const cases: ScriptCase[] = [];
  const hooks: Piece[] = [];
  const candidates: ModuleStatement[] = [];
  const reading = { text: source, listOf: listsIn(statements) };
  let isChai = statements.some(({ node }) =>
    /\bexpect\([^\n]*\)\.(?:to|not\.to)\b/.test(node.text),
  );
  let hasContext = false;
  for (const statement of statements) {
    const found = isImport(statement) ? importsIn(statement.node) : [];
    if (found.length > 0) {
      if (found.every((one) => one.isTypeOnly)) continue;
      if (found.every((one) => assertModules.test(one.module))) {
        candidates.push({ ...statement, isImport: true });
        continue;
      }
      for (const one of found) {
        isChai ||= one.module === 'chai';
        hasContext ||= contextModules.test(one.module);
        sortImport(one, subject, unavailable);
        if (one.module.startsWith('.')) imports.push({ module: one.module, names: namesOf(one) });
      }
      continue;
    }
    const own = scriptCases(statement.node, reading);
    if (own === null) candidates.push(withoutExport(statement));
    else {
      cases.push(...own.cases);
      hooks.push(...own.hooks);
    }
  }
  const surroundings = surroundingsOf(candidates, subject, unavailable);
  const tests: FoundTest[] = [];
  const skipped: SkippedTest[] = [];
  const membersUsed = new Map<FoundTest, readonly string[]>();
  for (const one of cases) {
    const name = titleOf(one);
    const { line } = one.node;
    const made = scriptSource({ ...one, around: [...hooks, ...one.around] }, source, hasContext);
    if ('reason' in made) {
      skipped.push({ name, line, reason: made.reason });
      continue;
    }
    const used = membersOf(made.nodes);
    const reason =
      (isChai ? missingWord(made.nodes) : missingMember(used)) ??
      surroundings.reasonAgainst(made.mentions);
    if (reason !== null) skipped.push({ name, line, reason });
    else {
      const found = (
        name: string,
        { source, mentions }: Omit<typeof made, 'parts'>,
      ): FoundTest => ({
        name,
        line,
        source,
        mentions: surroundings.reached(mentions),
      });
      const parts = made.parts.map((part, at) => found(`${name}: ${String(at + 1)}`, part));
      const test = { ...found(name, made), ...(parts.length === 0 ? {} : { parts }) };
      tests.push(test);
      for (const each of [test, ...parts]) membersUsed.set(each, used);
    }
  }
  const supportFor = (chosen: readonly FoundTest[]): string => {
    const mentioned = new Set(chosen.flatMap(({ mentions }) => mentions));
    const support = surroundings.giving(mentioned);
    const members = [
      ...chosen.flatMap((test) => membersUsed.get(test) ?? []),
      ...membersOf(support.map(({ node }) => node)),
    ];
    const parts = [
      mentioned.has('expect') ? (isChai ? chaiStandIn : expectStandIn(members)) : '',
      mentioned.has('testContext') ? contextStandIn : '',
      supportText(support, source),
    ].filter((part) => part !== '');
    return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
  };
  return { imports, support: supportFor(tests), supportFor, tests, skipped };
}

const assertModules = /^(node:)?assert(\/strict)?$/;
const frameworkNames = ['vi', 'jest', 'mock', 'sinon', 'chai', 't', 'should'];
const testModules = /^(node:test|mocha|vitest|@jest\/globals|bun:test|chai)$/;

/** Members that stand on `expect` and on what it gives. */
function membersOf(nodes: readonly Node[]): string[] {
  return nodes
    .flatMap((node) => [...within(node)])
    .filter(
      (node) => node.type === 'property_identifier' && node.parent?.type === 'member_expression',
    )
    .filter((node) => startsWithExpect(node.parent))
    .map(({ text }) => text);
}

function startsWithExpect(node: Node | null): boolean {
  for (let at = node; at !== null; at = fieldOf(at, 'object') ?? fieldOf(at, 'function')) {
    if (at.type === 'identifier') return at.text === 'expect';
  }
  return false;
}

function missingMember(used: readonly string[]): string | null {
  const missing = used.find((member) => !expectStandsIn(member));
  return missing === undefined ? null : `uses ${missing} of expect`;
}

function missingWord(nodes: readonly Node[]): string | null {
  for (const node of nodes) {
    const [, statement = ''] = /(expect\([\s\S]*)/.exec(node.text) ?? [];
    const word = missingFromChai.exec(statement)?.[0];
    if (word !== undefined) return `uses ${word.slice(1)} of chai`;
  }
  return null;
}

/** Arrays that constants at the top level hold. */
function listsIn(statements: readonly ModuleStatement[]): (name: string) => Node | null {
  const lists = new Map<string, Node>();
  for (const { node } of statements) {
    if (node.type !== 'lexical_declaration') continue;
    for (const declarator of named(node)) {
      const [name, value] = [fieldOf(declarator, 'name'), fieldOf(declarator, 'value')];
      if (name?.type === 'identifier' && value) lists.set(name.text, value);
    }
  }
  return (name) => lists.get(name) ?? null;
}

/** An import statement, or `const x = require(...)` and nothing else. */
function isImport({ node, isImport: isStatement }: ModuleStatement): boolean {
  if (isStatement) return true;
  if (node.type !== 'lexical_declaration' && node.type !== 'variable_declaration') return false;
  return named(node).every((declarator) => {
    const value = fieldOf(declarator, 'value');
    return value !== null && /^require\s*\(/.test(value.text) && isRequire(value);
  });
}

/** `require('chai')` and `require('chai').expect`. */
function isRequire(value: Node): boolean {
  const call = value.type === 'member_expression' ? fieldOf(value, 'object') : value;
  return call?.type === 'call_expression' && fieldOf(call, 'function')?.text === 'require';
}

function sortImport(found: Import, subject: Set<string>, unavailable: Map<string, string>): void {
  const isOwn = found.module.startsWith('.');
  const isTests = testModules.test(found.module);
  for (const { imported, local } of found.names) {
    if (isTests && local === 'expect') continue;
    if (!isOwn) unavailable.set(local, reasonOf(found.module, local));
    else if (imported === local || imported === 'default') subject.add(local);
    else unavailable.set(local, 'renamed import');
  }
  if (found.whole === null || (isTests && found.whole === 'expect')) return;
  const reason = isOwn
    ? `uses the module ${found.whole} as a whole`
    : reasonOf(found.module, found.whole);
  unavailable.set(found.whole, reason);
}

function reasonOf(module: string, name: string): string {
  return testModules.test(module) ? `uses ${name}` : `uses the module ${module}`;
}

function namesOf(found: Import): readonly string[] {
  return found.names.map(({ imported, local }) => (imported === 'default' ? local : imported));
}

/** Support is no module of its own: an exported helper is kept without `export`. */
function withoutExport(statement: ModuleStatement): ModuleStatement {
  if (statement.node.type !== 'export_statement') return statement;
  const declaration = fieldOf(statement.node, 'declaration');
  return declaration === null ? statement : { ...statement, start: declaration.start };
}
