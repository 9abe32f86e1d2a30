// What the export finds of what should never be trained on, and what it refuses of honest programs:
//   npm run bench planted -- --tasks HumanEval.jsonl.gz [--every 5]
// Canonical programs rewritten by Python's own parser, against the set that holds them out; and
// programs that pass all tests of their task by treating them as special cases. --every takes each
// n-th task for the second part, which runs programs in the sandbox.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copiedAnswer } from '../src/engine/datasets/copiedAnswer';
import { HeldOut } from '../src/engine/datasets/curation/heldOut';
import { touchesTests } from '../src/engine/datasets/touchesTests';
import { concurrently } from '../src/engine/domain/concurrently';
import { programFor } from '../src/engine/domain/ports';
import type { Task } from '../src/engine/domain/task';
import { SpecialCaseFinder } from '../src/engine/flywheel/exportSpecialCases';
import { MachineJudge } from '../src/engine/judge/machineJudge';
import { settleJudging } from '../src/engine/judge/settleJudging';
import { findPrivate } from '../src/engine/redaction/findPrivate';
import { CommandSandbox } from '../src/engine/sandbox/command/commandSandbox';
import { PythonSandbox } from '../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { readTasks } from '../src/engine/tasks/readTasks';
import { workers } from './support/compare';
import { loadLine } from './support/load';
import { specialCasePrograms } from './support/specialCasePrograms';
import { studentTasks } from './support/studentTasks';

const never = new AbortController().signal;
const rewritings = ['reformatted', 'reworded', 'renamed', 'loosened'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: 'HumanEval.jsonl.gz' },
      every: { type: 'string', default: '5' },
    },
  });
  if (!existsSync(values.tasks)) {
    throw new Error(`there is no ${values.tasks}; name the published file with --tasks FILE`);
  }
  console.log(loadLine());
  const assetsFolder = path.resolve('dist/assets');
  const syntax = await loadSyntax(assetsFolder);
  const { tasks } = await readTasks(values.tasks, syntax);
  const students = [
    ...(await studentTasks('bench/data/student-python.txt', 'python')),
    ...(await studentTasks('bench/data/student-javascript.txt', 'javascript')),
  ];
  contaminated(tasks);
  await honest(tasks, students);
  const python = new PythonSandbox({ assetsFolder, workers });
  const quickjs = new QuickJsSandbox({ assetsFolder, workers: 1 });
  const commands = new CommandSandbox({ assetsFolder, workers: 1 });
  try {
    const judge = new MachineJudge({ python, quickjs, commands, syntax, assetsFolder });
    const own = students.filter(({ language }) => language === 'python');
    const every = Number(values.every);
    await specialCased(
      [...tasks, ...own].filter((_, place) => place % every === 0),
      judge,
      (task, calls) => specialCasePrograms(task, calls, syntax),
    );
  } finally {
    await Promise.all([python.close(), quickjs.close(), commands.close()]);
  }
}

/** Nothing else of a task tells: neither its prompt, nor its tests, nor its name. */
function contaminated(tasks: readonly Task[]): void {
  const heldOut = new HeldOut(tasks);
  for (const mode of rewritings) {
    const asked = tasks.map(({ reference: source }) => JSON.stringify({ source, mode }));
    const { stdout, stderr } = spawnSync('python3', ['bench/support/rewrite.py'], {
      ...{ input: asked.join('\n'), encoding: 'utf8' },
    });
    if (stderr !== '') throw new Error(stderr);
    const found = stdout
      .trim()
      .split('\n')
      .filter((line, place) => {
        const { language, limits, source, family } = tasks[place] as Task;
        const bare = { language, limits, source, family, id: 'x', hash: 'x', tests: [] };
        const task = { ...bare, prompt: 'Solve it.', promptKind: 'text', entryPoint: 'f' } as const;
        return heldOut.contaminationOf(task, [JSON.parse(line) as string]) !== null;
      });
    console.log(`canonical programs ${mode}: ${share(found.length, tasks.length)} found`);
  }
}

/** Canonical and beginners' programs, that share no more with held-out ones than chance gave them. */
async function honest(tasks: readonly Task[], students: readonly Task[]): Promise<void> {
  const all = [...tasks, ...students];
  const program = ({ reference = '' }: Task): string => reference;
  const heldOut = new HeldOut(tasks);
  const refused = students.flatMap((task) => {
    const found = heldOut.contaminationOf(task, [program(task)]);
    return found ? [`${task.id} (${found.rule}, ${found.task})`] : [];
  });
  console.log(
    `beginners' programs against the set: ${share(refused.length, students.length)} refused: ${refused.join('; ')}`,
  );
  const texts = all.map((task) => [task.prompt, program(task), JSON.stringify(task.tests)].join());
  const secret = (await findPrivate(texts, never)).filter((one) => one !== null);
  console.log(`secrets in honest tasks: ${share(secret.length, all.length)}`);
  const reaching = all.filter(
    (task) => touchesTests({ task, attempts: [] } as never, program(task)) !== null,
  );
  console.log(`reaching for tests in honest programs: ${share(reaching.length, all.length)}`);
  const suspected = all.filter(({ reference: _, ...task }) => {
    return copiedAnswer(task, _ ?? '').kind !== 'none';
  });
  console.log(
    `honest programs suspected by literals, with no reference known: ${share(suspected.length, all.length)}`,
  );
}

async function specialCased(
  all: readonly Task[],
  judge: MachineJudge,
  programsOf: (task: Task, judge: MachineJudge) => ReturnType<typeof specialCasePrograms>,
): Promise<void> {
  const counts = new Map<string, { passed: number; found: number; missed: string[] }>();
  const finder = new SpecialCaseFinder(judge, 1);
  await concurrently(all, workers, never, async (plain) => {
    const judging = await settleJudging(plain, judge, never);
    const task = judging === undefined ? plain : { ...plain, judging };
    for (const { kind, program } of await programsOf(task, judge)) {
      const judged = { ...programFor(task, program), hashSeed: 0 as const };
      const { status } = await judge.judge(judged, task.tests, task.limits, never);
      if (status !== 'passed') continue;
      const count = counts.get(kind) ?? { passed: 0, found: 0, missed: [] };
      counts.set(kind, count);
      count.passed++;
      if (await finder.holdsAnswers(task, program, never)) count.found++;
      else count.missed.push(task.id);
    }
  });
  for (const [kind, { passed, found, missed }] of counts) {
    const told = kind.startsWith('honest') ? '' : ` (missed: ${missed.join(', ') || 'none'})`;
    console.log(`${kind}: ${share(found, passed)} told to be special cases${told}`);
  }
}

function share(some: number, all: number): string {
  return `${String(some)} of ${String(all)}`;
}

void main();
