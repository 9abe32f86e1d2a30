import { z } from 'zod';
import { UserError } from '../../domain/errors';
import type { Task } from '../../domain/task';
import { readJson } from '../../files/json';
import { badLine, readLines } from '../../files/lines';

/** A trajectory that another tool made: its programs in order, nothing judged yet. */
export interface ForeignTrajectory {
  readonly task: Task;
  readonly sample: number;
  readonly programs: readonly string[];
  /** Index of the answer; null where the tool does not say. */
  readonly answer: number | null;
  /** Of each turn, in and out together; null where the tool does not say. */
  readonly tokens: readonly number[] | null;
  readonly usd: readonly number[] | null;
}

const maxPrograms = 1000;

const amounts = z.array(z.number().nonnegative()).optional();
const schema = z.looseObject({
  task_id: z.string(),
  programs: z.array(z.string()).min(1).max(maxPrograms),
  answer: z.number().int().nonnegative().optional(),
  tokens: amounts,
  usd: amounts,
});

/**
 * Lines `{"task_id", "programs": [first, …, last], "answer"?, "tokens"?, "usd"?}`: one trajectory
 * each, the next of its task. A bad line is an error with its place.
 */
export async function readTrajectories(
  file: string,
  tasks: ReadonlyMap<string, Task>,
): Promise<ForeignTrajectory[]> {
  const read: ForeignTrajectory[] = [];
  const samples = new Map<string, number>();
  for await (const { number, text } of readLines(file)) {
    const line = readJson(schema, text);
    if ('problem' in line) throw badLine(file, number, line.problem);
    const { task_id: id, programs, answer, tokens, usd } = line.value;
    const task = tasks.get(id);
    if (!task) throw badLine(file, number, `task_id: ${id} is not among the tasks`);
    if (answer !== undefined && answer >= programs.length) {
      throw badLine(file, number, `answer: ${String(answer)} is not the index of a program`);
    }
    for (const [name, values] of Object.entries({ tokens, usd })) {
      if (values && values.length !== programs.length) {
        throw badLine(file, number, `${name}: must have one number for each program`);
      }
    }
    const sample = samples.get(task.hash) ?? 0;
    samples.set(task.hash, sample + 1);
    const told = { answer: answer ?? null, tokens: tokens ?? null, usd: usd ?? null };
    read.push({ task, sample, programs, ...told });
  }
  if (read.length === 0) {
    throw new UserError({ code: 'noTrajectories', message: `${file}: there is none in it` });
  }
  return read;
}

/** Told by its first line: trajectories hold programs, results do not. */
export async function holdsTrajectories(file: string): Promise<boolean> {
  for await (const { text } of readLines(file)) {
    return !('problem' in readJson(z.looseObject({ programs: z.array(z.unknown()) }), text));
  }
  return false;
}
