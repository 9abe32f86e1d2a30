import type { Language } from '../../domain/task';
import type { LiteralNames } from '../../judge/differential/literalOf';
import type { NewTest } from './newTest';

/**
 * The text of a test file with tests added at its end, written as its others are: methods of a
 * `unittest.TestCase` or plain functions for pytest; `test` or `it` with `assert` or `expect`.
 */
export function withTests(
  text: string,
  language: Language,
  name: string,
  tests: readonly NewTest[],
): string {
  if (tests.length === 0) return text;
  return language === 'python'
    ? withPythonTests(text, name, tests)
    : withScriptTests(text, name, tests);
}

/** How the file names dates; nothing where it imports neither them nor their module. */
export function namesIn(text: string): LiteralNames {
  const hasModule = /^import datetime\b/m.test(text);
  const given = (kind: string): boolean =>
    new RegExp(`^from datetime import [^\\n]*\\b${kind}\\b`, 'm').test(text);
  if (hasModule) return { datetime: (kind) => (given(kind) ? kind : `datetime.${kind}`) };
  return given('date') && given('datetime') ? { datetime: (kind) => kind } : onlyOne(given);
}

function onlyOne(given: (kind: string) => boolean): LiteralNames {
  if (!given('date') && !given('datetime')) return {};
  return { datetime: (kind) => (given(kind) ? kind : null) };
}

function withPythonTests(text: string, name: string, tests: readonly NewTest[]): string {
  const isUnittest = /\bTestCase\b/.test(text);
  const hasPytest = /^import pytest\b/m.test(text);
  const free = freeNumber(text, `test_${name}_more_`);
  const lines = tests.flatMap((test, at) => {
    const title = `test_${name}_more_${String(free + at)}`;
    const body = pythonBody(test, isUnittest, hasPytest);
    return isUnittest
      ? ['', `    def ${title}(self):`, ...body.map((line) => `        ${line}`)]
      : ['', '', `def ${title}():`, ...body.map((line) => `    ${line}`)];
  });
  const guard = /^if __name__ == .*$/m.exec(text);
  const before = (guard ? text.slice(0, guard.index) : text).trimEnd();
  const after = guard ? `\n\n\n${text.slice(guard.index)}` : '\n';
  if (!isUnittest) return `${before}\n${lines.join('\n')}${after}`;
  const base = /\bunittest\.TestCase\b/.test(text) ? 'unittest.TestCase' : 'TestCase';
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const stem = `Test${words.join('')}More`;
  const number = freeNumber(text, `class ${stem}`);
  const head = `class ${stem}${number === 1 ? '' : String(number)}(${base}):`;
  return `${before}\n\n\n${[head, ...lines.slice(1)].join('\n')}${after}`;
}

function pythonBody({ call, gives }: NewTest, isUnittest: boolean, hasPytest: boolean): string[] {
  if ('value' in gives) {
    const { value } = gives;
    if (isUnittest) return [`self.assertEqual(${call}, ${value})`];
    const sign = /^(?:None|True|False)$/.test(value) ? 'is' : '==';
    return [`assert ${call} ${sign} ${value}`];
  }
  if (isUnittest) return [`with self.assertRaises(${gives.raises}):`, `    ${call}`];
  if (hasPytest) return [`with pytest.raises(${gives.raises}):`, `    ${call}`];
  return [
    'try:',
    `    ${call}`,
    `except ${gives.raises}:`,
    '    return',
    `raise AssertionError("${gives.raises} was not raised")`,
  ];
}

const assertImport =
  /import (?:\* as )?(\w+) from ['"](?:node:)?assert(?:\/strict)?['"]|(\w+) = require\(['"](?:node:)?assert(?:\/strict)?['"]\)/;

function withScriptTests(text: string, name: string, tests: readonly NewTest[]): string {
  const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
  const word = count(/\bit\(/g) > count(/\btest\(/g) ? 'it' : 'test';
  const found = assertImport.exec(text);
  const assertName = found?.[1] ?? found?.[2];
  const free = freeNumber(text, `${name}: more, `);
  const lines = tests.flatMap((test, at) => [
    '',
    `${word}('${name}: more, ${String(free + at)}', () => {`,
    `  ${scriptCheck(test, assertName)}`,
    '});',
  ]);
  return `${text.trimEnd()}\n${lines.join('\n')}\n`;
}

function scriptCheck({ call, gives }: NewTest, assertName: string | undefined): string {
  if ('value' in gives) {
    return assertName === undefined
      ? `expect(${call}).toEqual(${gives.value});`
      : `${assertName}.deepStrictEqual(${call}, ${gives.value});`;
  }
  return assertName === undefined
    ? `expect(() => ${call}).toThrow(${gives.raises});`
    : `${assertName}.throws(() => ${call}, { name: '${gives.raises}' });`;
}

/** The number behind the highest one that stands after `stem` in the text; 1 where none does. */
function freeNumber(text: string, stem: string): number {
  const numbers = text
    .split(stem)
    .slice(1)
    .map((rest) => Number(/^\d+/.exec(rest)?.[0] ?? 1));
  return Math.max(0, ...numbers) + 1;
}
