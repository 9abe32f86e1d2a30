import { taskHash } from '../../domain/hash';
import type { Program } from '../../domain/ports';
import type { DifferentialTest, Judging, Limits, Task, Test } from '../../domain/task';
import type { RejectReason } from '../gate/gateReport';
import { proveReference, type ReferenceProof } from '../gate/reference';
import { exampleCalls } from '../gate/tellApart';
import type { TestedFunction } from '../source/testedFunctions';
import { minFailingTests } from '../splitTests';
import { reasonWords, type FromMaker, type MakerOptions } from './maker';

/** A function that passes its own tests three times, and where they run. */
export interface ProvenFunction {
  readonly from: TestedFunction;
  readonly judging: Judging;
  /** All hidden: whoever makes a task gives roles. */
  readonly tests: readonly Test[];
  readonly limits: Limits;
}

/** While a program is looked at for the first time. */
const firstLimits: Limits = { timeoutMs: 5000, memoryMb: 256 };
const quickMs = 50;
/** For quick references: generous in wall clock, tight in processor time. */
const quickLimits: Limits = { timeoutMs: 2000, memoryMb: 256, cpuMs: 300 };

const proofs = new WeakMap<TestedFunction, Promise<ProvenFunction | Unproven>>();

interface Unproven extends ProvenFunction {
  readonly reason: RejectReason;
  readonly saw: string;
}

/**
 * Proves the function with its tests apart, and where it does not pass so, together with them; once
 * for all makers. Tests that it does not pass are left out, as long as two stay and not all are asked
 * for. A function that does not pass is refused under the name of the one that asks.
 */
export async function provenFunction(
  from: TestedFunction,
  maker: string,
  options: MakerOptions,
): Promise<ProvenFunction | { readonly failed: FromMaker }> {
  const known = proofs.get(from) ?? prove(from, options);
  proofs.set(from, known);
  known.catch(() => proofs.delete(from));
  const proven = await known;
  if (!('reason' in proven)) return proven;
  const { reason, saw } = proven;
  const task = namedTask(proven, definingOf(proven, aboutFunction(from)), maker, options);
  const words = reasonWords[reason] ?? reason;
  const note = `${from.module}/${from.name} is left out, ${words}: ${saw}`;
  return { failed: { tasks: [], refused: [{ task, reason, saw }], notes: [note] } };
}

async function prove(
  from: TestedFunction,
  options: MakerOptions,
): Promise<ProvenFunction | Unproven> {
  let tests = from.tests.map(({ id, source }): Test => ({
    id,
    source,
    kind: 'assert',
    role: 'hidden',
  }));
  for (;;) {
    const proveIn = (judging: Judging): Promise<ReferenceProof> =>
      proveReference(programOf(from, from.program, judging), tests, firstLimits, options);
    let judging: Judging = 'apart';
    let proof = await proveIn(judging);
    if (!proof.passed) {
      judging = 'together';
      proof = await proveIn(judging);
    }
    if (proof.passed) return { from, judging, tests, limits: limitsFor(proof.fastestMs) };
    const { verdict, reason } = proof;
    const failing = verdict.tests.filter(({ outcome }) => !/^(?:passed|notRun)$/.test(outcome));
    const ids = new Set(failing.map(({ id }) => id));
    const left = tests.filter(({ id }) => !ids.has(id));
    // What one test asks of its surroundings is no reason to do without the others.
    if (options.allTests !== true && ids.size > 0 && left.length >= minFailingTests) {
      tests = left;
      continue;
    }
    const saw = [failing[0]?.id, verdict.message].filter(Boolean).join(': ');
    return { from, judging, tests, limits: firstLimits, reason, saw };
  }
}

export function programOf(from: TestedFunction, source: string, judging: Judging): Program {
  const { language, name: entryPoint, support } = from;
  return { language, source, entryPoint, support, judging };
}

/** What defines a task of the function, whose program is the reference. */
export function definingOf({ from, judging, tests, limits }: ProvenFunction, prompt: string) {
  return {
    language: from.language,
    prompt,
    promptKind: 'text' as const,
    entryPoint: from.name,
    support: from.support,
    reference: from.program,
    judging,
    tests,
    limits,
  };
}

/** A task of the function under the id and the family of its maker. */
export function namedTask(
  { from }: ProvenFunction,
  defining: Parameters<typeof taskHash>[0],
  maker: string,
  options: Pick<MakerOptions, 'origin'>,
  note: Readonly<Record<string, boolean | string | object>> = {},
): Task {
  const hash = taskHash(defining);
  const { name, license } = options.origin;
  return {
    ...defining,
    hash,
    // Without what was done to it: the id is part of what a solver sees.
    id: `${from.module}/${from.name}/${hash.slice(0, 6)}`,
    family: `${name}/${from.module}/${from.name}`,
    source: { name, license, maker, parent: null, ...note },
  };
}

const oracleInputs = 100;

/**
 * A hidden test by the function itself: programs must agree with it on calls made from those of
 * its tests. Null where its tests make no call with plain data, or it does not agree with itself.
 */
export async function oracleTest(
  { from, judging, tests, limits }: ProvenFunction,
  options: MakerOptions,
): Promise<DifferentialTest | null> {
  const { languageJudge, judge, seed, signal } = options;
  const program = { ...programOf(from, from.program, judging), language: from.language };
  const how = { judge: languageJudge(from.language), limits, signal };
  const examples = await exampleCalls(program, tests, how);
  if (examples.length === 0) return null;
  const test: DifferentialTest = {
    kind: 'differential',
    id: 'agrees with the original',
    role: 'hidden',
    seed,
    inputs: oracleInputs,
    examples,
  };
  const itself = { ...program, reference: from.program };
  const verdict = await judge.judge(itself, [test], limits, signal);
  signal.throwIfAborted();
  return verdict.status === 'passed' ? test : null;
}

/** Signature and documentation, as all prompts of a function end. */
export function aboutFunction({ signature, documentation }: TestedFunction): string {
  const about = documentation ? `\n\n${documentation.trim()}` : '';
  return `${signature.trim()}${about}`;
}

/**
 * Limits of the tasks of a reference, by the fastest of its runs and in two steps far apart: they
 * are part of a task's hash, which must not change with how busy the machine is.
 */
function limitsFor(fastestMs: number): Limits {
  return fastestMs <= quickMs ? quickLimits : firstLimits;
}
