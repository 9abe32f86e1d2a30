import type { PolicyExample } from '../../src/engine/solvers/search/policy/example';
import { examplesOf } from '../../src/engine/solvers/search/policy/makeExamples';
import type { Syntax } from '../../src/engine/syntax/parser';
import { aProblem, aTest } from './builders';
import { ScriptJudge } from './scriptJudge';

/** Wrong and right versions of small functions whose fault is always a comparison. */
const faults: readonly (readonly [string, string, string])[] = [
  ['n', 'if (n < 10) return 1;\n  return 0;', 'if (n <= 10) return 1;\n  return 0;'],
  ['a, b', 'return a > b ? a : b + 1;', 'return a >= b ? a : b + 1;'],
  [
    'v',
    'let c = 0;\n  for (const x of v) if (x > 0) c += 1;\n  return c;',
    'let c = 0;\n  for (const x of v) if (x >= 0) c += 1;\n  return c;',
  ],
  [
    'n',
    'let s = 0;\n  for (let i = 0; i < n; i++) s += i;\n  return s;',
    'let s = 0;\n  for (let i = 0; i <= n; i++) s += i;\n  return s;',
  ],
  ['a', 'return a.length > 3 && a[0] === a[1];', 'return a.length >= 3 && a[0] === a[1];'],
  [
    'x, y',
    'if (x < y) return x - y;\n  return x * 2;',
    'if (x <= y) return x - y;\n  return x * 2;',
  ],
];

/** One example for each, made as the product makes them. */
export async function comparisonExamples(syntax: Syntax): Promise<PolicyExample[]> {
  const made = await Promise.all(
    faults.map(async ([parameters, wrong, right], at) => {
      const program = (body: string): string => `function f(${parameters}) {\n  ${body}\n}\n`;
      const problem = aProblem({
        ...{ language: 'javascript', entryPoint: 'f', prompt: `Write f ${String(at)}.` },
        tests: [aTest('v1', 'visible', 'f(0, 0) === -1'), aTest('v2', 'visible', 'f(1, 1) === -1')],
        starter: program(wrong),
      });
      const { examples } = await examplesOf({
        ...{ problem, family: `family ${String(at)}`, path: [program(wrong), program(right)] },
        ...{ judge: new ScriptJudge(), syntax, signal: new AbortController().signal },
      });
      return examples;
    }),
  );
  return made.flat();
}
