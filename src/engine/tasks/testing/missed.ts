import type { Language, Limits } from '../../domain/task';
import type { LiteralNames } from '../../judge/differential/literalOf';
import type { CodeProgram, LanguageJudge } from '../../judge/languageJudge';
import { functionsOf, type FunctionPlace } from '../../syntax/functions';
import type { Mutant } from '../gate/mutants';
import { proveReference } from '../gate/reference';
import type { RunMutantsOptions } from '../gate/runMutants';
import { strengthOf, type Strength } from '../gate/strength';
import type { MakerOptions } from '../makers/maker';
import { programOf, provenFunction } from '../makers/provenFunction';
import type { TestedFunction } from '../source/testedFunctions';
import { judgedTest, newTest, type NewTest } from './newTest';
import { unrecorded } from '../../domain/unrecorded';

/** Mutants of one function that a person is told of the survivors of. */
const mostMutants = 100;
const mostNewTests = 10;
const maker = 'own-tests@1';

/** A change of the function that its tests do not notice, with its place in the file. */
export interface Missed {
  /** UTF-16 offsets into the file, and the line from 1. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly operator: string;
  readonly note: string;
  readonly told?: { readonly call: string; readonly expected: string; readonly actual: string };
  /** Place among the new tests of the first that notices it. */
  readonly noticedBy?: number;
}

export interface MissedByTests {
  readonly mutants: number;
  readonly killed: number;
  readonly likelyEquivalent: number;
  readonly missed: readonly Missed[];
  /** Tests that notice some of them, each proven on the function; none unless asked for. */
  readonly tests: readonly NewTest[];
}

export interface MissedOptions extends MakerOptions {
  readonly concurrency: number;
  /** How the test file names dates, where tests are to be proposed. */
  readonly propose?: LiteralNames;
}

/**
 * What the tests of a function do not notice: mutants that survive them and are not likely equal to
 * it, with the shortest call that tells each apart. With `propose`, tests made from such calls with
 * the function as the oracle (EvalPlus, 2305.01210), each for a mutant that those before it miss.
 * A text says why it cannot be done.
 */
export async function missedByTests(
  from: TestedFunction,
  place: FunctionPlace,
  options: MissedOptions,
): Promise<MissedByTests | string> {
  const proven = await provenFunction(from, maker, { ...options, allTests: true });
  if ('failed' in proven) return proven.failed.refused[0]?.saw ?? 'it fails its own tests';
  const { judging, tests, limits } = proven;
  const { language } = from;
  const reference = { ...programOf(from, from.program, judging), language };
  const how = runOptions(language, limits, options);
  const strength = await strengthOf(reference, tests, { ...how, alone: true, most: mostMutants });
  const { mutants, killed, likelyEquivalent, surviving } = strength;
  const added =
    options.propose === undefined
      ? { tests: [], noticedBy: new Map<Mutant, number>() }
      : await addedTests(reference, surviving, how, options.propose);
  const slice = functionsOf(options.syntax, language, from.program).find(
    ({ name }) => name === from.name,
  );
  const shift = place.start - (slice?.start ?? 0);
  const lines = place.startLine - (slice?.startLine ?? 1);
  const missed = surviving.map(({ mutant, telling }): Missed => {
    const { start, end, line, operator, note } = mutant.edit;
    const noticedBy = added.noticedBy.get(mutant);
    return {
      // A deleted line is taken away with the line break above it, which is not what is shown.
      start: start + shift + (from.program[start] === '\n' ? 1 : 0),
      end: end + shift,
      line: line + lines,
      operator,
      note,
      ...(telling === undefined
        ? {}
        : { told: { call: telling.call, expected: telling.expected, actual: telling.actual } }),
      ...(noticedBy === undefined ? {} : { noticedBy }),
    };
  });
  missed.sort((a, b) => a.start - b.start);
  return { mutants, killed, likelyEquivalent, missed, tests: added.tests };
}

interface RunOptions extends RunMutantsOptions {
  readonly seed: number;
  readonly languageJudge: LanguageJudge;
}

function runOptions(language: Language, limits: Limits, options: MissedOptions): RunOptions {
  const { judge, syntax, signal, seed, concurrency } = options;
  const languageJudge = options.languageJudge(language);
  return { judge, syntax, signal, seed, concurrency, limits, languageJudge, referenceMs: 0 };
}

/** One test after another, each for a survivor that none before it kills. */
async function addedTests(
  reference: CodeProgram,
  surviving: Strength['surviving'],
  how: RunOptions,
  names: LiteralNames,
): Promise<{
  readonly tests: readonly NewTest[];
  readonly noticedBy: ReadonlyMap<Mutant, number>;
}> {
  const { language, entryPoint } = reference;
  const { judge, limits, signal } = how;
  const tests: NewTest[] = [];
  const noticedBy = new Map<Mutant, number>();
  for (const { mutant, telling } of surviving) {
    if (tests.length >= mostNewTests) break;
    if (noticedBy.has(mutant) || telling === undefined) continue;
    const test = newTest(telling, entryPoint, language, names);
    // Judged with names that it brings along; those of its file are a matter of its imports.
    const judged = newTest(telling, entryPoint, language, ownNames);
    if (test === null || judged === null) continue;
    const asked = [judgedTest(judged, 'new', language)];
    const prove = { judge, signal, effects: unrecorded };
    if (!(await proveReference(reference, asked, limits, prove)).passed) continue;
    const before = noticedBy.size;
    for (const { mutant: other } of surviving) {
      if (noticedBy.has(other)) continue;
      const program = { ...reference, source: other.source };
      const { status } = await judge.judge(program, asked, limits, signal);
      signal.throwIfAborted();
      if (status !== 'passed' && status !== 'infrastructure') noticedBy.set(other, tests.length);
    }
    if (noticedBy.size > before) tests.push(test);
  }
  return { tests, noticedBy };
}

const ownNames: LiteralNames = { datetime: (kind) => `datetime.${kind}` };
