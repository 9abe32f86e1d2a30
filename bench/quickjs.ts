// JavaScript programs judged per second: QuickJS in threads, tests apart, against a fresh Node
// process (with no sandbox at all) for each program.
import path from 'node:path';
import { execa } from 'execa';
import { JavaScriptJudge } from '../src/engine/judge/javascript/javaScriptJudge';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { compare, oneByOne, workers } from './support/compare';

const source = 'function double(x) { return x * 2; }\n';
const test = {
  id: 't',
  role: 'visible',
  kind: 'assert',
  source: 'assert.equal(double(2), 4);',
} as const;

async function main(): Promise<void> {
  const assetsFolder = path.resolve('dist/assets');
  const sandbox = new QuickJsSandbox({ assetsFolder, workers });
  const judge = new JavaScriptJudge(sandbox, await loadSyntax(assetsFolder), assetsFolder);
  const program = { language: 'javascript', source, entryPoint: 'double' } as const;
  const limits = { timeoutMs: 5000, memoryMb: 64 };
  const never = new AbortController().signal;
  const script = `const assert = require('node:assert/strict');${source}${test.source}`;
  await compare(
    {
      name: 'QuickJS, tests apart',
      count: 1000,
      round: oneByOne(
        1000,
        async () => (await judge.judge(program, [test], limits, never)).status === 'passed',
      ),
    },
    [
      {
        name: 'node, each new',
        count: 60,
        round: oneByOne(
          60,
          async () =>
            (await execa(process.execPath, ['-e', script], { reject: false })).exitCode === 0,
        ),
      },
    ],
    { perSecondPerCore: 500 },
  );
  await sandbox.close();
}

void main();
