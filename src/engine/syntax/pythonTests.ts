import { docstringOf } from './documentation';
import { importsIn, isFromOtherFile } from './imports';
import type { ModuleStatement } from './moduleStatements';
import type { Node } from './node';
import { isMainGuard } from './slice';
import { dedentedText, mentionsIn, runAtOnce } from './testBody';
import type { FoundTest, SkippedTest, TestFile } from './testFile';
import { supportText, surroundingsOf, type Surroundings } from './testSupport';
import { fieldOf, hasToken, named, within } from './walk';

/** Reads `unittest.TestCase` classes and pytest functions and classes. */
export function pythonTests(statements: readonly ModuleStatement[], source: string): TestFile {
  const imports: { module: string; names: readonly string[] }[] = [];
  const subject = new Set<string>();
  const unavailable = new Map([['pytest', 'uses pytest']]);
  const cases: Case[] = [];
  const candidates: ModuleStatement[] = [];
  for (const statement of statements) {
    const found = importsIn(statement.node).filter((one) => isFromOtherFile('python', one));
    const own = casesIn(statement.node);
    if (own.length > 0 || isTestClass(statement.node)) {
      cases.push(...own);
      for (const name of statement.gives) unavailable.set(name, `uses ${name}, which is a test`);
    } else if (statement.isImport && found.length > 0) {
      for (const one of found) {
        for (const { imported, local } of one.names) {
          if (one.module === 'pytest') unavailable.set(local, 'uses pytest');
          else if (imported !== local) unavailable.set(local, 'renamed import');
          else subject.add(local);
        }
        if (one.whole !== null && one.whole !== 'pytest') {
          unavailable.set(one.whole, `uses the module ${one.whole} as a whole`);
        }
        const names = one.names.map((name) => name.imported);
        if (one.module !== 'pytest') imports.push({ module: one.module, names });
      }
    } else if (!isMainGuard(statement) && statement.node.text !== 'import unittest') {
      candidates.push(statement);
    }
  }
  const surroundings = surroundingsOf(candidates, subject, unavailable);
  const tests: FoundTest[] = [];
  const skipped: SkippedTest[] = [];
  for (const one of cases) {
    const { name, line } = one;
    const body = statementsOf(one.definition);
    const mentions = mentionsIn(body);
    const reason = reasonAgainst(one, body) ?? surroundings.reasonAgainst(mentions);
    if (reason !== null) skipped.push({ name, line, reason });
    else tests.push({ name, line, source: dedentedText(body, source), mentions });
  }
  const needsSelf = tests.some((test) => test.mentions.includes('self'));
  return { imports, support: supportOf(surroundings, source, needsSelf), tests, skipped };
}

/** A test function, with the class that it is a method of. */
interface Case {
  readonly name: string;
  readonly line: number;
  readonly definition: Node;
  readonly isDecorated: boolean;
  readonly owner: Node | null;
}

function casesIn(statement: Node): readonly Case[] {
  const isDecorated = statement.type === 'decorated_definition';
  const definition = isDecorated ? fieldOf(statement, 'definition') : statement;
  const name = definition === null ? '' : (fieldOf(definition, 'name')?.text ?? '');
  if (definition?.type === 'function_definition' && name.startsWith('test')) {
    return [{ name, line: definition.line, definition, isDecorated, owner: null }];
  }
  const body = definition?.type === 'class_definition' ? fieldOf(definition, 'body') : null;
  if (definition === null || body === null) return [];
  if (!isTestClass(definition) && !name.startsWith('Test')) return [];
  return named(body)
    .flatMap(casesIn)
    .map((one) => ({
      ...one,
      name: `${name}.${one.name}`,
      isDecorated: one.isDecorated || isDecorated,
      owner: definition,
    }));
}

function isTestClass(node: Node): boolean {
  const superclasses = node.type === 'class_definition' ? fieldOf(node, 'superclasses') : null;
  return superclasses !== null && /\bTestCase\b/.test(superclasses.text);
}

function statementsOf(definition: Node): readonly Node[] {
  const body = fieldOf(definition, 'body');
  if (body === null) return [];
  const docstring = docstringOf(body);
  return named(body).filter((node) => node !== docstring);
}

const setUps = /^(setUp|tearDown|setUpClass|tearDownClass|asyncSetUp|setup_\w+|teardown_\w+)$/;
const ownOfTestCase = /^(assert\w+|fail|subTest|maxDiff|longMessage|failureException)$/;

function reasonAgainst(test: Case, body: readonly Node[]): string | null {
  const { definition, owner } = test;
  if (test.isDecorated) return 'has a decorator';
  if (hasToken(definition, 'async')) return 'is async';
  const parameters = named(fieldOf(definition, 'parameters') ?? definition);
  if (parameters.length > (owner === null ? 0 : 1)) return 'has parameters';
  if (owner !== null) {
    if (parameters[0]?.text !== 'self') return 'is no plain method';
    const reason = reasonAgainstOwner(owner, body);
    if (reason !== null) return reason;
  }
  if (body.every((node) => node.type === 'pass_statement')) return 'tests nothing';
  for (const node of body.flatMap((one) => [...runAtOnce(one)])) {
    if (/^(return_statement|yield|await)$/.test(node.type)) {
      return `contains ${node.type.replace('_statement', '')} outside a function`;
    }
    if (node.type === 'identifier' && /^(patch|mock|super)$/.test(node.text)) {
      return `uses ${node.text}`;
    }
  }
  return null;
}

function reasonAgainstOwner(owner: Node, body: readonly Node[]): string | null {
  const own = new Set(namesInClass(owner));
  const setUp = [...own].find((name) => setUps.test(name));
  if (setUp !== undefined) return `its class has ${setUp}`;
  const isCase = isTestClass(owner);
  if (
    isCase &&
    !/^\(\s*(unittest\.)?TestCase\s*\)$/.test(fieldOf(owner, 'superclasses')?.text ?? '')
  ) {
    return 'its class is no plain TestCase';
  }
  for (const node of body.flatMap((one) => [...within(one)])) {
    if (node.type !== 'identifier' || node.text !== 'self') continue;
    const member =
      node.parent?.type === 'attribute' ? fieldOf(node.parent, 'attribute')?.text : undefined;
    if (member === undefined) return 'passes self on';
    if (!isCase || own.has(member) || !ownOfTestCase.test(member)) return `uses self.${member}`;
  }
  return null;
}

function namesInClass(owner: Node): readonly string[] {
  return named(fieldOf(owner, 'body') ?? owner).flatMap((node) => {
    const definition = node.type === 'decorated_definition' ? fieldOf(node, 'definition') : node;
    const value = node.type === 'expression_statement' ? named(node)[0] : undefined;
    const name = fieldOf(definition ?? node, 'name') ?? (value && fieldOf(value, 'left'));
    return name === null || name === undefined ? [] : [name.text];
  });
}

/** `from __future__` must stay the first statement. */
function supportOf({ support }: Surroundings, source: string, needsSelf: boolean): string {
  const isFuture = ({ node }: ModuleStatement) => node.type === 'future_import_statement';
  const parts = [
    supportText(support.filter(isFuture), source),
    needsSelf ? 'import unittest' : '',
    supportText(
      support.filter((one) => !isFuture(one)),
      source,
    ),
    needsSelf ? 'self = unittest.TestCase()' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('\n')}\n`;
}
