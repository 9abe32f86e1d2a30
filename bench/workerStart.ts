// From nothing to the first Python verdict of a worker, tests apart, and the memory it then holds.
import path from 'node:path';
import type { Sandbox } from '../src/engine/domain/ports';
import type { LanguageJudge } from '../src/engine/judge/languageJudge';
import { JavaScriptJudge } from '../src/engine/judge/javascript/javaScriptJudge';
import { PythonJudge } from '../src/engine/judge/python/pythonJudge';
import { selfTested } from '../src/engine/judge/selfTest';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { median } from '../src/engine/statistics/median';
import { loadSyntax } from '../src/engine/syntax/parser';
import { isBusy, loadLine } from './support/load';
import { descendants, memoryOf } from './support/processes';

const rounds = 9;
const bounds = { startMs: 80, memoryMb: 50, selfTestMs: 30 };
const limits = { timeoutMs: 5000, memoryMb: 256 };
const never = new AbortController().signal;
const about = { id: 't', role: 'visible', kind: 'assert' } as const;
const python = { language: 'python', entryPoint: 'double', judging: 'apart' } as const;
const source = 'def double(x):\n    return x * 2\n';
const test = { ...about, source: 'assert double(2) == 4' };

async function main(): Promise<void> {
  const assetsFolder = path.resolve('dist/assets');
  const syntax = await loadSyntax(assetsFolder);
  const starts: number[] = [];
  const memory: { privateMb: number; sharesMb: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const sandbox = new PythonSandbox({ assetsFolder, workers: 1 });
    const judge = new PythonJudge(sandbox, syntax);
    // Which Python there is and what bubblewrap can do is asked once a process, not once a worker.
    await sandbox.prepare();
    const began = performance.now();
    const { status } = await judge.judge({ ...python, source }, [test], limits, never);
    starts.push(performance.now() - began);
    if (status !== 'passed') throw new Error(`a right program was judged ${status}`);
    const held = descendants().map(memoryOf);
    memory.push({
      privateMb: held.reduce((sum, { privateMb }) => sum + privateMb, 0),
      sharesMb: held.reduce((sum, { sharesMb }) => sum + sharesMb, 0),
    });
    await sandbox.close();
  }
  console.log(`${String(rounds)} workers, one after another, Node ${process.version}`);
  console.log(loadLine());
  tell('first verdict from worker start', starts, 'ms', bounds.startMs);
  const heldPrivately = memory.map(({ privateMb }) => privateMb);
  tell('private memory, tests included', heldPrivately, 'MB', bounds.memoryMb);
  const shares = memory.map(({ sharesMb }) => sharesMb);
  tell('its share of all memory', shares, 'MB', null);
  const shared = { assetsFolder, workers: 2 };
  await tellSelfTest('Python', new PythonSandbox(shared), (sandbox) =>
    selfTested(new PythonJudge(sandbox, syntax), 'python'),
  );
  await tellSelfTest('QuickJS', new QuickJsSandbox(shared), (sandbox) =>
    selfTested(new JavaScriptJudge(sandbox, syntax, assetsFolder), 'javascript'),
  );
}

/** The self-test on workers that are there, so without the time in which they start. */
async function tellSelfTest(
  name: string,
  sandbox: Sandbox,
  judgeOn: (sandbox: Sandbox) => LanguageJudge & { selfTest(): Promise<{ durationMs: number }> },
): Promise<void> {
  await judgeOn(sandbox).selfTest();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push((await judgeOn(sandbox).selfTest()).durationMs);
  }
  tell(`self-test, ${name}`, times, 'ms', bounds.selfTestMs);
  await sandbox.close();
}

function tell(name: string, values: readonly number[], unit: string, most: number | null): void {
  const middle = median(values) ?? 0;
  const range = `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
  const isTime = unit === 'ms';
  const verdict =
    most === null
      ? ''
      : isTime && isBusy()
        ? `; at most ${String(most)} asked, not measurable`
        : `; at most ${String(most)} asked, ${middle <= most ? 'held' : 'missed'}`;
  console.log(`${name.padEnd(32)}  ${middle.toFixed(1)} ${unit} (${range})${verdict}`);
}

void main();
