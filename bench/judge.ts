// Python programs judged per second: our fork servers, tests apart, against a fresh
// `bwrap python` for each program.
import path from 'node:path';
import { execa } from 'execa';
import { PythonJudge } from '../src/engine/judge/python/pythonJudge';
import { findPython } from '../src/engine/sandbox/python/findPython';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { compare, workers } from './support/compare';

const source = 'def double(x):\n    return x * 2\n';
const test = { id: 't', role: 'visible', kind: 'assert', source: 'assert double(2) == 4' } as const;

async function main(): Promise<void> {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  const assetsFolder = path.resolve('dist/assets');
  const sandbox = new PythonSandbox({ assetsFolder, workers });
  const judge = new PythonJudge(sandbox, await loadSyntax(assetsFolder));
  const program = { language: 'python', source, entryPoint: 'double' } as const;
  const limits = { timeoutMs: 5000, memoryMb: 256 };
  const never = new AbortController().signal;
  const bound = ['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
  const args = ['--unshare-all', '--die-with-parent', '--clearenv', ...bound, python.executable];
  await compare(
    {
      name: 'fork servers, tests apart',
      count: 600,
      judge: async () => (await judge.judge(program, [test], limits, never)).status === 'passed',
    },
    {
      name: 'bwrap python, each new',
      count: 100,
      judge: async () => {
        const command = [...args, '-I', '-S', '-B', '-c', `${source}${test.source}`];
        return (await execa('bwrap', command, { reject: false })).exitCode === 0;
      },
    },
  );
  await sandbox.close();
}

void main();
