import type { CodeTest } from '../../domain/task';
import type { Script } from '../../sandbox/quickjs/protocol';
import type { Syntax } from '../../syntax/parser';
import { watchPromises } from '../../syntax/watchPromises';
import type { CodeProgram } from '../languageJudge';
import { compileScript } from './compile';

export type BuiltTest =
  | { readonly id: string; readonly script: Script; readonly lines: readonly string[] }
  | { readonly id: string; readonly problem: string };

/**
 * How the names of the program reach a test: by the scope they share, through a recorder of calls
 * to the entry point, or, with a list of names, from a program that stands apart.
 */
export type Reach = 'scope' | 'recording' | readonly string[];

/** Where a test runs, and how it reaches its program there. */
export interface Setting {
  readonly place: 'quickjs' | 'node';
  readonly reach: Reach;
}

/**
 * A test as one script: support and test in a function of their own, so that their names stand
 * before the program's and nothing of one test is left for the next.
 */
export function buildTest(
  syntax: Syntax,
  test: CodeTest,
  program: CodeProgram,
  setting: Setting,
): BuiltTest {
  const { place, reach } = setting;
  const key = JSON.stringify([program.entryPoint, program.support, place, reach]);
  const known = built.get(test);
  if (known?.key === key) return known.test;
  const fresh = build(syntax, test, program, setting);
  built.set(test, { key, test: fresh });
  return fresh;
}

/** Thousands of candidates meet the same tests: each is compiled once. */
const built = new WeakMap<CodeTest, { readonly key: string; readonly test: BuiltTest }>();

function build(
  syntax: Syntax,
  test: CodeTest,
  program: CodeProgram,
  { place, reach }: Setting,
): BuiltTest {
  const { entryPoint, support = '' } = program;
  const call = test.kind === 'check' ? `;await check(${entryPoint});` : '';
  // A block of its own lets a test name anew what support names; imports may not stand in one.
  const [open, close] = /^\s*import\b/m.test(test.source) ? ['', ''] : ['{', '}'];
  const source = `${support}\n;${open}\n${test.source}\n${call}${close}`;
  // Node tells of rejections that nothing looks at; in QuickJS tests show their promises.
  const isShown = place === 'quickjs';
  const compiled = compileScript(isShown ? watchPromises(syntax, source, 'test') : source);
  if ('problem' in compiled) return { id: test.id, problem: compiled.problem };
  const [parameters, values] = parametersOf(reach, entryPoint);
  const file = `test-${test.id.replace(/[^\w]/g, '_')}.js`;
  return {
    id: test.id,
    lines: source.split('\n'),
    script: {
      // Not the id alone: scripts of our own have ids too.
      id: `test:${test.id}`,
      file,
      source: `(async (${parameters}) => {{${compiled.code}\n}})(${values})`,
      async: true,
    },
  };
}

function parametersOf(reach: Reach, entryPoint: string): readonly [string, string] {
  if (reach === 'scope') return ['', ''];
  if (reach === 'recording') return [entryPoint, `__recording(${entryPoint})`];
  return [`{ ${reach.join(', ')} }`, '__names'];
}

/** The innermost line of a stack that lies in the file, from 1; null where none does. */
export function errorLine(stack: string, file: string): number | null {
  const place = stack.indexOf(`${file}:`);
  if (place < 0) return null;
  const line = Number.parseInt(stack.slice(place + file.length + 1), 10);
  return Number.isNaN(line) ? null : line;
}
