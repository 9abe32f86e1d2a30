import { importsIn, type Import } from './imports';
import type { ModuleStatement } from './moduleStatements';
import type { Node } from './node';
import { reasonAgainstScript, scriptCases, titleOf, type ScriptCase } from './scriptCases';
import { dedentedText, mentionsIn } from './testBody';
import type { FoundTest, SkippedTest, TestFile } from './testFile';
import { supportText, surroundingsOf } from './testSupport';
import { fieldOf, named } from './walk';

/** Reads `test`, `it` and `describe` calls. */
export function scriptTests(statements: readonly ModuleStatement[], source: string): TestFile {
  const imports: { module: string; names: readonly string[] }[] = [];
  const subject = new Set<string>();
  const unavailable = new Map<string, string>(frameworkNames.map((name) => [name, `uses ${name}`]));
  const cases: ScriptCase[] = [];
  const candidates: ModuleStatement[] = [];
  for (const statement of statements) {
    const found = isImport(statement) ? importsIn(statement.node) : [];
    if (found.length > 0) {
      if (found.every((one) => one.isTypeOnly)) continue;
      if (found.every((one) => assertModules.test(one.module))) {
        candidates.push({ ...statement, isImport: true });
        continue;
      }
      for (const one of found) {
        sortImport(one, subject, unavailable);
        if (one.module.startsWith('.')) imports.push({ module: one.module, names: namesOf(one) });
      }
      continue;
    }
    const own = scriptCases(statement.node);
    if (own === null) candidates.push(withoutExport(statement));
    else cases.push(...own);
  }
  const setUp = cases.find((one) => one.kind === 'setUp' && one.depth === 0);
  const surroundings = surroundingsOf(candidates, subject, unavailable);
  const tests: FoundTest[] = [];
  const skipped: SkippedTest[] = [];
  for (const one of cases) {
    if (one.kind === 'setUp') continue;
    const name = titleOf(one);
    const { line } = one.node;
    const body = one.body === null ? [] : bodyOf(one.body);
    const mentions = mentionsIn(body);
    const reason =
      (setUp === undefined ? null : `the file has ${setUp.title}`) ??
      reasonAgainstScript(one, mentions) ??
      surroundings.reasonAgainst(mentions);
    if (reason !== null) skipped.push({ name, line, reason });
    else tests.push({ name, line, source: bodyText(one.body, body, source), mentions });
  }
  const support = supportText(surroundings.support, source);
  return { imports, support: support === '' ? '' : `${support}\n`, tests, skipped };
}

const assertModules = /^(node:)?assert(\/strict)?$/;
const frameworkNames = ['expect', 'vi', 'jest', 'mock', 'sinon', 'chai', 't'];
const testModules = /^(node:test|mocha|vitest|@jest\/globals|bun:test)$/;

/** An import statement, or `const x = require(...)` and nothing else. */
function isImport({ node, isImport: isStatement }: ModuleStatement): boolean {
  if (isStatement) return true;
  if (node.type !== 'lexical_declaration' && node.type !== 'variable_declaration') return false;
  return named(node).every((declarator) => {
    const value = fieldOf(declarator, 'value');
    return value !== null && /^require\s*\(/.test(value.text) && value.type === 'call_expression';
  });
}

function sortImport(found: Import, subject: Set<string>, unavailable: Map<string, string>): void {
  const isOwn = found.module.startsWith('.');
  for (const { imported, local } of found.names) {
    if (!isOwn) unavailable.set(local, reasonOf(found.module, local));
    else if (imported === local || imported === 'default') subject.add(local);
    else unavailable.set(local, 'renamed import');
  }
  if (found.whole === null) return;
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

function bodyOf(body: Node): readonly Node[] {
  return body.type === 'statement_block' ? named(body) : [body];
}

function bodyText(body: Node | null, statements: readonly Node[], source: string): string {
  const text = dedentedText(statements, source);
  if (body === null || body.type === 'statement_block') return text;
  // What an arrow function returns is waited for by the framework.
  return /[rR]eject|Promise|async|\.then\b/.test(text) ? `await ${text};` : `${text};`;
}
