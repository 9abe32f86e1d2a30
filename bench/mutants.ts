// Mutants judged per second: up to 50 of each canonical program of HumanEval, on its own tests, as the
// gate runs them (bounded loops, bounded processor time, failing tests first), against the same
// mutants judged with the limits of their tasks alone.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { concurrently } from '../src/engine/domain/concurrently';
import { programFor } from '../src/engine/domain/ports';
import type { Language, Task } from '../src/engine/domain/task';
import { MachineJudge } from '../src/engine/judge/machineJudge';
import { settleJudging } from '../src/engine/judge/settleJudging';
import { CommandSandbox } from '../src/engine/sandbox/command/commandSandbox';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { mutantsOf } from '../src/engine/tasks/gate/mutants';
import { runMutants } from '../src/engine/tasks/gate/runMutants';
import { readTasks } from '../src/engine/tasks/readTasks';
import { compare, workers } from './support/compare';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: 'HumanEval.jsonl.gz' },
      most: { type: 'string', default: '40' },
    },
  });
  if (!existsSync(values.tasks)) {
    throw new Error(`there is no ${values.tasks}; name the published file with --tasks FILE`);
  }
  const assetsFolder = path.resolve('dist/assets');
  const syntax = await loadSyntax(assetsFolder);
  const python = new PythonSandbox({ assetsFolder, workers });
  const quickjs = new QuickJsSandbox({ assetsFolder, workers: 1 });
  const commands = new CommandSandbox({ assetsFolder, workers: 1 });
  const judge = new MachineJudge({ python, quickjs, commands, syntax, assetsFolder });
  const { signal } = new AbortController();
  const { tasks } = await readTasks(values.tasks, syntax);
  const used: { task: Task; mutants: ReturnType<typeof mutantsOf> }[] = [];
  for (const task of tasks.slice(0, Number(values.most))) {
    const judging = await settleJudging(task, judge, signal);
    if (judging === undefined) continue;
    used.push({
      task: { ...task, judging },
      mutants: mutantsOf(syntax, codeOf(task), { seed: 1 }),
    });
  }
  const count = used.reduce((sum, { mutants }) => sum + mutants.length, 0);
  console.log(`${String(count)} mutants of ${String(used.length)} programs`);
  const concurrency = workers * 2;
  try {
    await compare(
      {
        name: 'as the gate runs them',
        count,
        round: async () => {
          for (const { task, mutants } of used) {
            const how = {
              judge,
              syntax,
              signal,
              concurrency,
              limits: task.limits,
              referenceMs: 10,
            };
            await runMutants(codeOf(task), mutants, task.tests, how);
          }
        },
      },
      [
        {
          name: 'with the limits of their tasks alone',
          count,
          round: async () => {
            for (const { task, mutants } of used) {
              await concurrently(mutants, concurrency, signal, ({ source }) =>
                judge.judge({ ...codeOf(task), source }, task.tests, task.limits, signal),
              );
            }
          },
          atLeastRatio: 1,
        },
      ],
      { perSecondPerCore: 75 },
    );
  } finally {
    await Promise.all([python.close(), quickjs.close(), commands.close()]);
  }
}

function codeOf(task: Task) {
  const program = programFor(task, task.reference ?? '');
  return { ...program, language: task.language as Language };
}

void main();
