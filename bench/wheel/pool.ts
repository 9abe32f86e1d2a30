import { concurrently } from '../../src/engine/domain/concurrently';
import { sha256, taskHash } from '../../src/engine/domain/hash';
import { programFor } from '../../src/engine/domain/ports';
import { randomOf } from '../../src/engine/domain/random';
import type { Task } from '../../src/engine/domain/task';
import type { Syntax } from '../../src/engine/syntax/parser';
import { splitTests } from '../../src/engine/tasks/splitTests';
import { assertionsOf } from '../support/injectedTasks';
import { faultsOf } from './faults';
import type { Verdicts } from './verdicts';

const limits = { timeoutMs: 2000, memoryMb: 256, cpuMs: 1000 };
const fewestTests = 4;
const never = new AbortController().signal;
const atATime = 4;
/** Of so many families one is held out. */
const oneIn = 3;

export interface Injected {
  readonly task: Task;
  /** The kinds of its faults, joined by `+`. */
  readonly kind: string;
  /** From the faulty program to the right one, a fault less at each step. */
  readonly undone: readonly string[];
}

export interface Pool {
  readonly training: readonly Injected[];
  readonly heldOut: readonly Injected[];
}

/**
 * Faults put into published programs (HumanEval), each task proved: the reference passes, at least
 * two tests fail. A family is one function, and by the hash of its name either for training or held
 * out, before any of it was seen.
 */
export async function poolOf(
  from: readonly Task[],
  options: {
    readonly verdicts: Verdicts;
    readonly syntax: Syntax;
    readonly seed: number;
    readonly perFamily: number;
    readonly heldOutPerFamily: number;
  },
): Promise<Pool> {
  const made = await concurrently(from, atATime, never, async (task) => {
    const isHeldOut = parseInt(sha256(`wheel ${task.id}`).slice(0, 8), 16) % oneIn === 0;
    const most = isHeldOut ? options.heldOutPerFamily : options.perFamily;
    return { isHeldOut, injected: await injectedInto(task, most, options) };
  });
  const of = (isHeldOut: boolean): Injected[] =>
    made.flatMap((one) => (one?.isHeldOut === isHeldOut ? one.injected : []));
  return { training: of(false), heldOut: of(true) };
}

async function injectedInto(
  task: Task,
  most: number,
  { verdicts, syntax, seed }: Parameters<typeof poolOf>[1],
): Promise<Injected[]> {
  const { reference = '', entryPoint } = task;
  const tests = assertionsOf(task);
  if (task.language !== 'python' || tests.length < fewestTests) return [];
  const verdictOf = (source: string) => {
    const program = programFor({ ...task, judging: 'apart' }, source);
    return verdicts.whole(program, tests, limits);
  };
  if ((await verdictOf(reference)).status !== 'passed') return [];
  const random = randomOf(seed, task.id);
  const singles = faultsOf(syntax, reference, entryPoint, 3 * most, random);
  const made: Injected[] = [];
  for (const [at, { kind, source }] of singles.entries()) {
    if (made.length >= most) break;
    const second =
      at % 3 === 2 ? faultsOf(syntax, source, entryPoint, 6, random)[at % 6] : undefined;
    const starter = second?.source ?? source;
    const undone = second ? [starter, source, reference] : [starter, reference];
    const verdict = await verdictOf(starter);
    if (verdict.status !== 'failed' && verdict.status !== 'crashed') continue;
    const unsplit = {
      ...{ language: task.language, prompt: task.prompt, promptKind: 'text' as const },
      ...{ entryPoint, starter, reference, limits, tests, judging: 'apart' as const },
    };
    const split = splitTests(unsplit, verdict);
    if (!split) continue;
    const defining = { ...unsplit, tests: split };
    const source_ = { name: 'HumanEval', license: 'MIT', maker: 'wheel@1', parent: task.id };
    const id = `${task.id}/${String(at)}`;
    made.push({
      task: { ...defining, id, hash: taskHash(defining), family: task.id, source: source_ },
      kind: second ? `${kind}+${second.kind}` : kind,
      undone,
    });
  }
  return made;
}
