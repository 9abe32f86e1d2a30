import type { Program } from '../../domain/ports';
import type { Test } from '../../domain/task';
import type { Script } from '../../sandbox/quickjs/protocol';
import { compileScript } from './compile';

export type BuiltTest =
  | { readonly id: string; readonly script: Script; readonly lines: readonly string[] }
  | { readonly id: string; readonly problem: string };

/**
 * A test as one script: support and test in a function of their own, so that their names stand
 * before the program's and nothing of one test is left for the next. With `wrap` the entry point
 * that they see is what that global function makes of it.
 */
export function buildTest(test: Test, program: Program, wrap = ''): BuiltTest {
  const key = JSON.stringify([program.entryPoint, program.support, wrap]);
  const known = built.get(test);
  if (known?.key === key) return known.test;
  const fresh = build(test, program, wrap);
  built.set(test, { key, test: fresh });
  return fresh;
}

/** Thousands of candidates meet the same tests: each is compiled once. */
const built = new WeakMap<Test, { readonly key: string; readonly test: BuiltTest }>();

function build(test: Test, program: Program, wrap: string): BuiltTest {
  const call = test.kind === 'check' ? `;check(${program.entryPoint});` : '';
  const source = `${program.support ?? ''}\n${test.source}\n${call}`;
  const compiled = compileScript(source);
  if ('problem' in compiled) return { id: test.id, problem: compiled.problem };
  const [parameter, argument] =
    wrap === '' ? ['', ''] : [program.entryPoint, `${wrap}(${program.entryPoint})`];
  return {
    id: test.id,
    lines: source.split('\n'),
    script: {
      id: test.id,
      file: `test-${test.id.replace(/[^\w]/g, '_')}.js`,
      source: `(async (${parameter}) => {${compiled.code}\n})(${argument})`,
      async: true,
    },
  };
}

/** The innermost line of a stack that lies in the file, from 1; null where none does. */
export function errorLine(stack: string, file: string): number | null {
  const place = stack.indexOf(`${file}:`);
  if (place < 0) return null;
  const line = Number.parseInt(stack.slice(place + file.length + 1), 10);
  return Number.isNaN(line) ? null : line;
}
