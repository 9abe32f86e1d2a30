// Programs judged per second: our fork server against a fresh `bwrap python` for each program.
// Both judge the same small program with the same test, with the same number of workers, in
// alternating rounds of one run. Prints the median of each and the median ratio within rounds.
import path from 'node:path';
import { execa } from 'execa';
import { concurrently } from '../src/engine/domain/concurrently';
import { PythonJudge } from '../src/engine/judge/python/pythonJudge';
import { findPython } from '../src/engine/sandbox/python/findPython';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { median } from '../src/engine/statistics/median';

const rounds = 5;
const workers = 2;
const ours = 600;
const theirs = 100;
const source = 'def double(x):\n    return x * 2\n';
const test = { id: 't', role: 'visible', kind: 'assert', source: 'assert double(2) == 4' } as const;
const never = new AbortController().signal;

async function perSecond(count: number, judge: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  const items = Array.from({ length: count }, (_, index) => index);
  const right = await concurrently(items, workers, never, judge);
  if (right.includes(false)) throw new Error('a right program was not judged right');
  return count / ((performance.now() - began) / 1000);
}

async function main(): Promise<void> {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  const assetsFolder = path.resolve('dist/assets');
  const sandbox = new PythonSandbox({ assetsFolder, workers });
  const judge = new PythonJudge(sandbox, await loadSyntax(assetsFolder));
  const program = { language: 'python', source, entryPoint: 'double' } as const;
  const limits = { timeoutMs: 5000, memoryMb: 256 };
  const byUs = async (): Promise<boolean> =>
    (await judge.judge(program, [test], limits, never)).status === 'passed';
  const bound = ['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
  const bySpawning = async (): Promise<boolean> => {
    const args = ['--unshare-all', '--die-with-parent', '--clearenv', ...bound];
    const command = [...args, python.executable, '-I', '-S', '-B', '-c', `${source}${test.source}`];
    return (await execa('bwrap', command, { reject: false })).exitCode === 0;
  };
  await byUs();
  const rates: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    rates.push({ ours: await perSecond(ours, byUs), theirs: await perSecond(theirs, bySpawning) });
  }
  await sandbox.close();
  const middle = (values: readonly number[]): string => (median(values) ?? 0).toFixed(1);
  console.log(
    `${String(rounds)} rounds, ${String(workers)} workers, Python ${python.version.join('.')}`,
  );
  console.log(
    `fork server            ${middle(rates.map((rate) => rate.ours))} programs per second`,
  );
  console.log(
    `bwrap python, each new ${middle(rates.map((rate) => rate.theirs))} programs per second`,
  );
  console.log(`ratio                  ${middle(rates.map((rate) => rate.ours / rate.theirs))}`);
}

void main();
