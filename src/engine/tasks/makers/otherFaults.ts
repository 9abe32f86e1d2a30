import { taskHash } from '../../domain/hash';
import { programFor, type Judge } from '../../domain/ports';
import {
  hiddenTests,
  isCodeTest,
  isOurs,
  visibleTests,
  type Task,
  type Test,
} from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import type { Syntax } from '../../syntax/parser';
import { faultProblem } from '../gate/reference';
import { minFailingTests, splitTests } from '../splitTests';
import { weightedFaults, withFault, type Fault } from './chooseFaults';
import { issueText } from './issueText';
import type { FromMaker, Refused } from './maker';

/** Other faults in the reference of a task: new tasks of its family, and no model. */
export const otherFaults = 'other-faults@1';

export interface OtherFaultsOptions {
  readonly syntax: Syntax;
  readonly judge: Judge;
  readonly seed: number;
  /** Most tasks of one parent. */
  readonly count: number;
  /** `several`: faults of two and three edits alone; `single`: of one. */
  readonly edits: 'single' | 'several' | 'any';
  readonly signal: AbortSignal;
}

/** Faults tried for each task that is wanted. */
const triesPerTask = 6;

/**
 * Tasks that ask for the same function with other things wrong in it. Tests are those of the parent:
 * their roles are drawn anew where we drew them, and stay where they came with it. A fault must fail
 * a visible and a hidden test. Empty where the parent has no reference to put faults in.
 */
export async function faultsBeside(parent: Task, options: OtherFaultsOptions): Promise<FromMaker> {
  const { language, reference, entryPoint, tests } = parent;
  if (!isOurs(language) || reference === undefined || !tests.some(isCodeTest)) {
    return { tasks: [], refused: [], notes: [] };
  }
  const faults = weightedFaults({
    syntax: options.syntax,
    ...{ language, source: reference, name: entryPoint, seed: options.seed },
    key: `${parent.hash} ${options.edits}`,
    count: options.count * triesPerTask * (options.edits === 'any' ? 1 : 3),
  }).filter(({ length }) => wanted(length, options.edits));
  const tasks: Task[] = [];
  const refused: Refused[] = [];
  for (const fault of faults.slice(0, options.count * triesPerTask)) {
    if (tasks.length >= options.count) break;
    options.signal.throwIfAborted();
    const made = await childWith(fault, parent, reference, options);
    if ('reason' in made) refused.push(made);
    else if (made.starter !== parent.starter) tasks.push(made);
  }
  return { tasks, refused, notes: [] };
}

function wanted(edits: number, kind: OtherFaultsOptions['edits']): boolean {
  return kind === 'any' || (kind === 'single' ? edits === 1 : edits > 1);
}

async function childWith(
  fault: Fault,
  parent: Task,
  reference: string,
  { judge, signal }: OtherFaultsOptions,
): Promise<Task | Refused> {
  const starter = withFault(reference, fault);
  const written = parent.tests.filter(isCodeTest);
  const verdict = await judge.judge(programFor(parent, starter), written, parent.limits, signal);
  signal.throwIfAborted();
  const unsplit = { ...definingOf(parent), starter };
  const problem = faultProblem(verdict);
  const tests = problem === null ? testsOf(parent, unsplit, verdict) : null;
  if (problem !== null || tests === null) {
    const saw =
      verdict.message ?? `fewer than ${String(minFailingTests)} tests on both sides notice it`;
    const task = named({ ...unsplit, tests: parent.tests }, parent, fault);
    return { task, reason: problem ?? 'fewFailingTests', saw };
  }
  const issue = issueText(parent.entryPoint, visibleTests({ tests }), verdict);
  const prompt = `${issue}\n\n${aboutOf(parent)}`;
  return named({ ...unsplit, tests, prompt, promptKind: 'text' }, parent, fault);
}

/** What a program of the family is to do, without what a maker of ours said of the parent's fault. */
function aboutOf({ prompt, source }: Task): string {
  return source['template'] === true ? prompt.slice(prompt.indexOf('\n\n') + 2) : prompt;
}

function testsOf(
  parent: Task,
  unsplit: Parameters<typeof splitTests>[0],
  verdict: Verdict,
): readonly Test[] | null {
  const { template, rolesGiven } = parent.source;
  if (template === true && rolesGiven !== true) return splitTests(unsplit, verdict);
  const failing = new Set(
    verdict.tests
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'notRun')
      .map(({ id }) => id),
  );
  const fails = (tests: readonly Test[]): boolean => tests.some(({ id }) => failing.has(id));
  return fails(visibleTests(parent)) && fails(hiddenTests(parent)) ? parent.tests : null;
}

type Defining = Parameters<typeof taskHash>[0];

function definingOf(parent: Task): Defining {
  const { hash: _, id: _id, family: _family, source: _source, extra: _extra, ...defining } = parent;
  return defining;
}

function named(defining: Defining, parent: Task, fault: Fault): Task {
  const hash = taskHash(defining);
  const { template, rolesGiven } = parent.source;
  return {
    ...defining,
    hash,
    id: `${parent.id.replace(/~[0-9a-f]{6}$/, '')}~${hash.slice(0, 6)}`,
    family: parent.family,
    source: {
      ...{ name: parent.source.name, license: parent.source.license },
      maker: otherFaults,
      parent: parent.hash,
      // The first paragraph is ours whoever wrote the parent.
      template: true,
      ...(template === true && rolesGiven !== true ? {} : { rolesGiven: true }),
      faults: fault.map(({ operator, line, note }) => ({ operator, line, note })),
    },
  };
}
