import { visibleTests, type Task } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import { faultProblem, recordedVerdict } from '../gate/reference';
import type { TestedFunction } from '../source/testedFunctions';
import { minFailingTests, splitTests } from '../splitTests';
import { singleFaults, weightedFaults, withFault, type Fault } from './chooseFaults';
import { issueText } from './issueText';
import type { FromMaker, MakerOptions, Refused } from './maker';
import {
  aboutFunction,
  definingOf,
  namedTask,
  oracleTest,
  programOf,
  provenFunction,
  type ProvenFunction,
} from './provenFunction';
import { howMany } from '../../domain/howMany';

/** One edit, tests as they are. What the demo makes, so that its tasks stay what they were. */
export const singleFaultInjection = 'fault-injection@1';
/** One to three edits, a hidden differential test, and a text written from the failure. */
export const faultInjection = 'fault-injection@2';

/** Faults tried per task that is wanted. */
const triesPerTask = 6;

/**
 * Tasks from one function: one to three small edits of its syntax tree each, let through only if
 * the original passes every test three times, the faulty version fails at least two, and every
 * edit is needed for that.
 */
export async function injectFaults(
  from: TestedFunction,
  options: MakerOptions & { readonly single?: boolean },
): Promise<FromMaker> {
  const { perFunction, single, seed, syntax } = options;
  const maker = single === true ? singleFaultInjection : faultInjection;
  const proven = await provenFunction(from, maker, options);
  if ('failed' in proven) return proven.failed;
  const oracle = single === true ? null : await oracleTest(proven, options);
  const whole = oracle === null ? proven : { ...proven, tests: [...proven.tests, oracle] };
  const asked = {
    syntax,
    seed,
    language: from.language,
    source: from.program,
    name: from.name,
    key: `${from.module}/${from.name}`,
    count: perFunction * triesPerTask,
  };
  const faults = single === true ? singleFaults(asked) : weightedFaults(asked);
  const tasks: Task[] = [];
  const refused: Refused[] = [];
  for (const fault of faults) {
    if (tasks.length >= perFunction) break;
    const made = await taskWith(fault, whole, proven.tests, options);
    if ('reason' in made) refused.push(made);
    else tasks.push(made);
  }
  return { tasks, refused, notes: [] };
}

async function taskWith(
  drawn: Fault,
  whole: ProvenFunction,
  written: ProvenFunction['tests'],
  options: MakerOptions & { readonly single?: boolean },
): Promise<Task | Refused> {
  const { from, judging } = whole;
  const judge = (fault: Fault): Promise<Verdict> =>
    recordedVerdict(
      programOf(from, withFault(from.program, fault), judging),
      written,
      whole.limits,
      { ...options, ordinal: 0 },
    );
  const fault = await needed(drawn, judge);
  const verdict = await judge(fault);
  const unsplit = {
    ...definingOf(whole, firstPrompt(from)),
    starter: withFault(from.program, fault),
  };
  const problem = faultProblem(verdict);
  const split = problem === null ? splitTests(unsplit, verdict) : null;
  if (problem !== null || split === null) {
    const failing = verdict.tests.filter(({ outcome }) => outcome !== 'passed').length;
    const saw =
      problem === null
        ? `${String(failing)} of ${howMany(written.length, 'test')} ${failing === 1 ? 'fails' : 'fail'}, ${String(minFailingTests)} are needed`
        : (verdict.message ?? 'every test passes');
    const task = taskOf(whole, fault, unsplit, options);
    return { task, reason: problem ?? 'fewFailingTests', saw };
  }
  const defining = { ...unsplit, tests: split };
  if (options.single === true) return taskOf(whole, fault, defining, options);
  const issue = issueText(from.name, visibleTests(defining), verdict);
  const prompt = `${issue}\n\n${aboutFunction(from)}`;
  return taskOf(whole, fault, { ...defining, prompt }, options);
}

/** The edits without those that could be taken back with nothing gained: they are no part of the fault. */
async function needed(fault: Fault, judge: (fault: Fault) => Promise<Verdict>): Promise<Fault> {
  let left = fault;
  for (const edit of fault) {
    const others = left.filter((other) => other !== edit);
    if (others.length === 0 || others.length === left.length) continue;
    const [all, without] = [await judge(left), await judge(others)];
    const failing = ({ tests }: Verdict): number =>
      tests.filter(({ outcome }) => outcome !== 'passed').length;
    if (without.status !== 'passed' && failing(without) >= failing(all)) left = others;
  }
  return left;
}

function taskOf(
  whole: ProvenFunction,
  fault: Fault,
  defining: Parameters<typeof namedTask>[1],
  options: MakerOptions & { readonly single?: boolean },
): Task {
  const told = fault.map(({ operator, line, note }) => ({ operator, line, note }));
  const [first] = told;
  if (options.single === true && first) {
    return namedTask(whole, defining, singleFaultInjection, options, { fault: first });
  }
  return namedTask(whole, defining, faultInjection, options, { template: true, faults: told });
}

/** What the roles of tests are drawn by; the text of the failure depends on them. */
function firstPrompt(from: TestedFunction): string {
  return `The function \`${from.name}\` does not do what it should: some of its tests fail. Find the fault and mend it.\n\n${aboutFunction(from)}`;
}
