import type { Language } from '../../domain/task';
import type { Node } from '../../syntax/node';
import { fieldOf, named } from '../../syntax/walk';
import { trimBlank } from './cleanings';
import type { Reading } from './reading';

/**
 * A program without the tests and trials that a model wrote beside it: tests are never taken from
 * a candidate. `kept` are names that the program is known by. A program of which nothing is to be
 * taken away stays as it is.
 */
export function withoutTests(
  reading: Reading,
  language: Language,
  kept: ReadonlySet<string>,
  entryPoint: string,
): string {
  const isTest = language === 'python' ? isPythonTest : isScriptTest;
  const tests = reading.statements.filter(
    ({ node, gives }) => !gives.some((name) => kept.has(name)) && isTest(node, entryPoint),
  );
  if (tests.length === 0) return reading.text;
  const stay = reading.statements.filter((one) => !tests.includes(one));
  // An import that only the tests used goes with them.
  const idle = stay.filter(
    ({ isImport, gives }) =>
      isImport &&
      tests.some(({ takes }) => gives.some((name) => takes.has(name))) &&
      !stay.some(({ takes, isImport: other }) => !other && gives.some((name) => takes.has(name))),
  );
  let text = '';
  let at = 0;
  for (const one of reading.statements.filter((s) => tests.includes(s) || idle.includes(s))) {
    text += reading.text.slice(at, one.start);
    at = one.end;
  }
  text += reading.text.slice(at);
  return trimBlank(text.replace(/\n{4,}/g, '\n\n\n').replace(/^[ \t;]+$/gm, ''));
}

const trialCalls = /^(print|pprint|check|unittest\.main|pytest\.main|doctest\.testmod)$/;

function isPythonTest(statement: Node, entryPoint: string): boolean {
  const node =
    statement.type === 'decorated_definition' ? fieldOf(statement, 'definition') : statement;
  if (node === null) return false;
  const name = fieldOf(node, 'name')?.text ?? '';
  switch (node.type) {
    case 'assert_statement':
      return true;
    case 'function_definition':
      return /^test_|^test$|^check$|^run_tests?$/.test(name);
    case 'class_definition':
      return (
        /\bTestCase\b/.test(fieldOf(node, 'superclasses')?.text ?? '') || /^Test[A-Z_]/.test(name)
      );
    case 'if_statement':
      return (
        /^if\s*\(?\s*__name__\s*==/.test(node.text) &&
        /\b(assert|unittest|pytest|doctest|test_\w*|run_tests?)\b/.test(node.text)
      );
    case 'expression_statement': {
      const [call] = named(node);
      const callee = call?.type === 'call' ? fieldOf(call, 'function')?.text : undefined;
      return (
        callee !== undefined &&
        (callee === entryPoint || trialCalls.test(callee) || /^test_/.test(callee))
      );
    }
    default:
      return false;
  }
}

const scriptCalls = /^(describe|it|test|suite|expect|assert|console|beforeEach|afterEach)\b/;

function isScriptTest(statement: Node, entryPoint: string): boolean {
  if (statement.type === 'import_statement') {
    return /['"](node:test|node:assert(\/strict)?|assert|vitest|@jest\/globals|mocha|chai)['"]/.test(
      statement.text,
    );
  }
  if (/^(lexical|variable)_declaration$/.test(statement.type)) {
    return /=\s*require\(['"](node:)?(test|assert|assert\/strict|vitest|chai)['"]\)/.test(
      statement.text,
    );
  }
  if (statement.type !== 'expression_statement') return false;
  const [call] = named(statement);
  const callee = call?.type === 'call_expression' ? fieldOf(call, 'function')?.text : undefined;
  return callee !== undefined && (callee === entryPoint || scriptCalls.test(callee));
}
