import { taskHash } from '../../domain/hash';
import type { Program } from '../../domain/ports';
import { randomOf, shuffled } from '../../domain/random';
import type { Judging, Limits, Task, Test } from '../../domain/task';
import { applyEdit, editsOf, type Edit } from '../../syntax/edits';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import {
  faultProblem,
  proveReference,
  recordedVerdict,
  type GateOptions,
  type ReferenceProof,
} from '../gate/reference';
import type { TestedFunction } from '../source/testedFunctions';
import { splitTests } from '../splitTests';

export const faultInjection = 'fault-injection@1';

export interface InjectionOptions extends GateOptions {
  readonly syntax: Syntax;
  readonly seed: number;
  /** Most tasks of one function. */
  readonly perFunction: number;
  /** Name and licence of the code, as recorded on each task. */
  readonly origin: { readonly name: string; readonly license: string | null };
}

export interface Injected {
  readonly tasks: readonly Task[];
  readonly rejected: Readonly<Record<string, number>>;
  /** What a person should know of the function. */
  readonly notes: readonly string[];
}

/** While a program is looked at for the first time. */
const firstLimits: Limits = { timeoutMs: 5000, memoryMb: 256 };
const quickMs = 50;
/** For quick references: generous in wall clock, tight in processor time. */
const quickLimits: Limits = { timeoutMs: 2000, memoryMb: 256, cpuMs: 300 };
/** Faults tried per task that is wanted. */
const triesPerTask = 6;

/**
 * Tasks from one function: one small edit of its syntax tree each, of different kinds as far as
 * they can be had, let in only if the original passes every test three times and the faulty
 * version fails at least two.
 */
export async function injectFaults(
  from: TestedFunction,
  options: InjectionOptions,
): Promise<Injected> {
  const rejected: Record<string, number> = {};
  const reject = (reason: string): void => {
    rejected[reason] = (rejected[reason] ?? 0) + 1;
  };
  const tests = from.tests.map(({ id, source }): Test => ({
    id,
    source,
    kind: 'assert',
    role: 'hidden',
  }));
  const proven = await proveSomewhere(from, tests, options);
  const { judging, proof } = proven;
  if (!proof.passed) {
    reject(proof.reason);
    const failing = proof.verdict.tests.find(({ outcome }) => outcome !== 'passed');
    const why = [failing?.id, proof.verdict.message].filter(Boolean).join(': ');
    const notes = [
      `${from.module}/${from.name} is left out, ${reasonWords[proof.reason] ?? proof.reason}: ${why}`,
    ];
    return { tasks: [], rejected, notes };
  }
  const limits = limitsFor(proof.fastestMs);
  const tasks: Task[] = [];
  for (const edit of chooseEdits(from, options)) {
    if (tasks.length >= options.perFunction) break;
    const starter = applyEdit(from.program, edit);
    const verdict = await recordedVerdict(programOf(from, starter, judging), tests, limits, {
      ...options,
      ordinal: 0,
    });
    const problem = faultProblem(verdict);
    const unsplit = {
      language: from.language,
      prompt: promptFor(from),
      promptKind: 'text' as const,
      entryPoint: from.name,
      starter,
      support: from.support,
      reference: from.program,
      judging,
      tests,
      limits,
    };
    const split = problem === null ? splitTests(unsplit, verdict) : null;
    if (problem !== null || split === null) reject(problem ?? 'fewFailingTests');
    else tasks.push(taskOf(from, edit, { ...unsplit, tests: split }, options));
  }
  return { tasks, rejected, notes: [] };
}

const reasonWords: Readonly<Record<string, string>> = {
  referenceFails: 'because it fails its own tests',
  flaky: 'because it passes its own tests only sometimes',
  infrastructure: 'because it could not be judged',
};

/** Edits of the function in an order drawn by the seed, one of each kind before the next. */
function chooseEdits(from: TestedFunction, options: InjectionOptions): Edit[] {
  const place = functionsOf(options.syntax, from.language, from.program).find(
    ({ name }) => name === from.name,
  );
  if (!place) return [];
  const within = { start: place.bodyStart, end: place.bodyEnd };
  const edits = editsOf(options.syntax, from.language, from.program, within);
  const random = randomOf(options.seed, `${from.module}/${from.name}`);
  const byOperator = Map.groupBy(shuffled(edits, random), ({ operator }) => operator);
  const queues = shuffled([...byOperator.values()], random);
  const chosen: Edit[] = [];
  for (let round = 0; queues.some((queue) => queue.length > round); round++) {
    chosen.push(...queues.flatMap((queue) => queue.slice(round, round + 1)));
  }
  return chosen.slice(0, options.perFunction * triesPerTask);
}

function taskOf(
  from: TestedFunction,
  edit: Edit,
  defining: Parameters<typeof taskHash>[0],
  options: InjectionOptions,
): Task {
  const hash = taskHash(defining);
  const family = `${options.origin.name}/${from.module}/${from.name}`;
  return {
    ...defining,
    hash,
    // Without the kind of fault: the id is part of what a solver sees.
    id: `${from.module}/${from.name}/${hash.slice(0, 6)}`,
    family,
    source: {
      name: options.origin.name,
      license: options.origin.license,
      maker: faultInjection,
      parent: null,
      fault: { operator: edit.operator, line: edit.line, note: edit.note },
    },
  };
}

function promptFor(from: TestedFunction): string {
  const about = from.documentation ? `\n\n${from.documentation.trim()}` : '';
  return `The function \`${from.name}\` does not do what it should: some of its tests fail. Find the fault and mend it.\n\n${from.signature.trim()}${about}`;
}

function programOf(from: TestedFunction, source: string, judging: Judging): Program {
  const { language, name: entryPoint, support } = from;
  return { language, source, entryPoint, support, judging };
}

/** Proves the reference with its tests apart, and where it does not pass so, together with them. */
async function proveSomewhere(
  from: TestedFunction,
  tests: readonly Test[],
  options: InjectionOptions,
): Promise<{ readonly judging: Judging; readonly proof: ReferenceProof }> {
  const prove = (judging: Judging): Promise<ReferenceProof> =>
    proveReference(programOf(from, from.program, judging), tests, firstLimits, options);
  const apart = await prove('apart');
  if (apart.passed) return { judging: 'apart', proof: apart };
  return { judging: 'together', proof: await prove('together') };
}

/**
 * Limits of the tasks of a reference, by the fastest of its runs and in two steps far apart: they
 * are part of a task's hash, which must not change with how busy the machine is.
 */
function limitsFor(fastestMs: number): Limits {
  return fastestMs <= quickMs ? quickLimits : firstLimits;
}
