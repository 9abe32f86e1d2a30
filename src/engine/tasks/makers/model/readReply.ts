import type { Language, Test } from '../../../domain/task';
import { codeBlocks } from '../../../solvers/replies/codeBlocks';
import { functionsOf } from '../../../syntax/functions';
import { readTree } from '../../../syntax/node';
import type { Syntax } from '../../../syntax/parser';
import { syntaxProblem } from '../../../syntax/problem';
import type { TestedFunction } from '../../source/testedFunctions';
import { readTestFile } from '../../../syntax/testFile';
import { howMany } from '../../../domain/howMany';

/** What a model wrote, read and not yet run. */
export interface WrittenTask {
  readonly text: string;
  readonly program: string;
  readonly entryPoint: string;
  readonly support: string;
  readonly tests: readonly Test[];
}

/** Fewer tests could not be split, and say little. */
const fewestTests = 3;
const mostTests = 40;
const maxProgramChars = 20_000;

/** The three sections of a reply; a text says what is wrong with it. */
export function readTaskReply(
  syntax: Syntax,
  language: Language,
  reply: string,
): WrittenTask | string {
  const sections = sectionsOf(reply);
  const [text, program, tests] = ['task', 'program', 'tests'].map((name) => sections.get(name));
  if (text === undefined) return 'it has no section Task';
  const [code] = codeBlocks(program ?? '');
  const [checks] = codeBlocks(tests ?? '');
  if (!code?.isClosed) return 'it has no whole program';
  if (!checks?.isClosed) return 'it has no whole tests';
  if (code.text.length > maxProgramChars) return 'its program is too long';
  for (const source of [code.text, checks.text]) {
    const problem = syntaxProblem(syntax, language, source);
    if (problem) return `its code does not parse: ${problem.message}`;
  }
  if (/\b(?:todo|fixme|notimplemented)/i.test(code.text)) return 'its program is not finished';
  const found = testsIn(syntax, language, checks.text);
  const names = functionsOf(syntax, language, code.text).map(({ name }) => name);
  const uses = (name: string): number =>
    found.tests.filter(({ source }) => mentions(source, name)).length;
  // The function that most tests call; of several, the one that stands last.
  const entryPoint = names.reduceRight<string | undefined>(
    (best, name) => (best === undefined || uses(name) > uses(best) ? name : best),
    undefined,
  );
  if (entryPoint === undefined || uses(entryPoint) === 0) return 'its tests call no function of it';
  const kept = found.tests.filter(({ source }) => mentions(source, entryPoint)).slice(0, mostTests);
  if (kept.length < fewestTests) return `it has ${howMany(kept.length, 'test')}, 3 are needed`;
  if (!mentions(text, entryPoint)) return 'its text does not name the function';
  const test = (source: string, at: number): Test => {
    return { kind: 'assert', id: `t${String(at + 1)}`, role: 'hidden', source };
  };
  return {
    text: text.trim(),
    program: `${code.text.trim()}\n`,
    entryPoint,
    support: found.support,
    tests: kept.map(({ source }, at) => test(source, at)),
  };
}

/** The tests of a reply for a function that is there; a text says what is wrong with it. */
export function readTestsReply(
  syntax: Syntax,
  language: Language,
  reply: string,
  entryPoint: string,
): Pick<TestedFunction, 'support' | 'tests'> | string {
  const checks = codeBlocks(reply).findLast(({ text }) => mentions(text, entryPoint));
  if (!checks?.isClosed) return 'it has no whole tests';
  const problem = syntaxProblem(syntax, language, checks.text);
  if (problem) return `its code does not parse: ${problem.message}`;
  const found = testsIn(syntax, language, checks.text);
  const kept = found.tests.filter(({ source }) => mentions(source, entryPoint)).slice(0, mostTests);
  if (kept.length < fewestTests) return `it has ${howMany(kept.length, 'test')}, 3 are needed`;
  const tests = kept.map(({ source }, at) => ({ id: `t${String(at + 1)}`, source }));
  return { tests, support: found.support };
}

/** The text behind each heading, by its first word in lower case. */
function sectionsOf(reply: string): Map<string, string> {
  const sections = new Map<string, string>();
  let isInBlock = false;
  let name: string | null = null;
  for (const line of reply.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isInBlock = !isInBlock;
    const heading = isInBlock ? null : /^#{1,4}\s*\**(Task|Program|Tests)\b/i.exec(line);
    if (heading) name = (heading[1] ?? '').toLowerCase();
    else if (name !== null) sections.set(name, `${sections.get(name) ?? ''}${line}\n`);
  }
  return sections;
}

/** Test functions where there are any, else every check at the top level; the rest is support. */
function testsIn(
  syntax: Syntax,
  language: Language,
  source: string,
): { readonly tests: readonly { readonly source: string }[]; readonly support: string } {
  const file = readTestFile(syntax, language, source);
  if (file.tests.length > 0) return { tests: file.tests, support: file.support };
  const statements = readTree(syntax, language, source).children.filter(({ named }) => named);
  const isCheck = (text: string): boolean => /^(?:console\.)?assert\b/.test(text);
  const code = statements.filter(({ type }) => type !== 'comment');
  return {
    tests: code.filter(({ text }) => isCheck(text)).map(({ text }) => ({ source: text })),
    support: code
      .filter(
        ({ text }) =>
          !isCheck(text) && !/^(?:import|from|const \w+ = require)\b.*assert/.test(text),
      )
      .map(({ text }) => `${text}\n`)
      .join(''),
  };
}

function mentions(text: string, name: string): boolean {
  return new RegExp(
    `(?<![\\p{L}\\p{N}_$])${name.replace('$', '\\$')}(?![\\p{L}\\p{N}_$])`,
    'u',
  ).test(text);
}
