import { z } from 'zod';
import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import { readJson } from '../files/json';
import { badLine, readLines } from '../files/lines';
import { mbppId } from './formats/mbpp';

/** One program that somebody else wrote for a task. */
export interface Sample {
  readonly task: Task;
  readonly program: string;
  readonly sample?: number | string;
  readonly turn?: number;
}

const schema = z.looseObject({
  task_id: z.union([z.string(), z.number()]),
  solution: z.string().optional(),
  completion: z.string().optional(),
  sample: z.union([z.number(), z.string()]).optional(),
  turn: z.number().optional(),
});

/**
 * Sample lines as EvalPlus (`solution`, a whole program) and HumanEval (`completion`, appended
 * to the prompt or the starter) write them. A bad line is an error with its place.
 */
export async function readSamples(
  file: string,
  tasks: ReadonlyMap<string, Task>,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const { number, text } of readLines(file)) {
    const read = readSample(text, tasks);
    if ('problem' in read) throw badLine(file, number, read.problem);
    samples.push(read.sample);
  }
  if (samples.length === 0) {
    throw new UserError({ code: 'noSamples', message: `${file}: there is no sample in it` });
  }
  return samples;
}

function readSample(
  text: string,
  tasks: ReadonlyMap<string, Task>,
): { readonly sample: Sample } | { readonly problem: string } {
  const line = readJson(schema, text);
  if ('problem' in line) return line;
  const { task_id, solution, completion, sample, turn } = line.value;
  const id = String(task_id);
  // MBPP itself has numbers.
  const task = tasks.get(id) ?? (typeof task_id === 'number' ? tasks.get(mbppId(id)) : undefined);
  if (!task) return { problem: `task_id: ${id} is not among the tasks` };
  const program = solution ?? appended(task, completion);
  if (program === null) {
    return { problem: 'solution is missing, and there is nothing that a completion completes' };
  }
  return {
    sample: {
      task,
      program,
      ...(sample === undefined ? {} : { sample }),
      ...(turn === undefined ? {} : { turn }),
    },
  };
}

function appended(task: Task, completion: string | undefined): string | null {
  if (completion === undefined) return null;
  if (task.promptKind === 'code') return task.prompt + completion;
  return task.starter === undefined ? null : task.starter + completion;
}
