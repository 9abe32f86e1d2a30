import { concurrently } from '../../domain/concurrently';
import type { DifferentialTest, Test } from '../../domain/task';
import type { CodeProgram, LanguageJudge } from '../../judge/languageJudge';
import type { MutationSummary, Survivor } from './gateReport';
import { mutantsOf, type Mutant, type MutantOptions } from './mutants';
import { runMutants, type RunMutantsOptions } from './runMutants';
import { probesOf, type Telling } from './tellApart';
import { howMany } from '../../domain/howMany';

export interface StrengthOptions extends RunMutantsOptions, MutantOptions {
  readonly languageJudge: LanguageJudge;
}

export interface Strength extends MutationSummary {
  /** Ids of tests that killed a mutant, of those that were run on it. */
  readonly killers: ReadonlySet<string>;
  /** Mutants that tests killed. */
  readonly killedMutants: readonly Mutant[];
  /** In the order of `survivors`, with the call that tells each apart where one was found. */
  readonly surviving: readonly { readonly mutant: Mutant; readonly telling?: Telling }[];
}

/**
 * The mutation score of tests: the share of mutants of the reference that they kill. What survives
 * and gives on 200 generated calls what the reference gives is likely to be equal to it and does
 * not count.
 */
export async function strengthOf(
  reference: CodeProgram,
  tests: readonly Test[],
  options: StrengthOptions,
): Promise<Strength> {
  const { syntax, languageJudge: judge, limits, signal, concurrency } = options;
  const mutants = mutantsOf(syntax, reference, options);
  const written = tests.filter(({ kind }) => kind !== 'differential');
  const generated = tests.filter((test): test is DifferentialTest => test.kind === 'differential');
  const first = await runMutants(reference, mutants, written, options);
  const escaped = first.flatMap(({ mutant, end }) => (end === 'survived' ? [mutant] : []));
  const second =
    generated.length > 0 && escaped.length > 0
      ? await runMutants(reference, escaped, generated, options)
      : [];
  const caught = new Set(second.flatMap(({ mutant, end }) => (end === 'killed' ? [mutant] : [])));
  const left = escaped.filter((mutant) => !caught.has(mutant));
  const probes =
    left.length > 0 ? await probesOf(reference, tests, { judge, limits, signal }) : null;
  const told = await concurrently(left, concurrency, signal, async (mutant) =>
    probes === null ? undefined : await probes.tell(mutant.source, signal),
  );
  const surviving = left.flatMap((mutant, place) => {
    const telling = told[place];
    if (telling === null) return [];
    return [{ mutant, ...(telling === undefined ? {} : { telling }) }];
  });
  const survivors = surviving.map(({ mutant, telling }): Survivor => {
    const { line, operator, note } = mutant.edit;
    if (!telling) return { line, operator, note };
    const { call, expected, actual } = telling;
    return { line, operator, note, told: { call, expected, actual } };
  });
  const ended = [...first, ...second].filter((one) => one.end === 'killed');
  const killedByWritten = first.filter(({ end }) => end === 'killed').length;
  const killed = ended.length;
  const all = killed + survivors.length;
  return {
    mutants: all,
    killed,
    killedByWritten,
    likelyEquivalent: left.length - survivors.length,
    score: all === 0 ? 0 : killed / all,
    survivors,
    surviving,
    killers: new Set(ended.flatMap(({ by }) => by)),
    killedMutants: ended.map(({ mutant }) => mutant),
  };
}

/** `41 of 48 mutants killed (36 by written tests), 2 likely equal to the reference`. */
export function strengthText(of: MutationSummary): string {
  const { killed, mutants, killedByWritten, likelyEquivalent, survivors } = of;
  const generated =
    killed > killedByWritten ? ` (${String(killedByWritten)} by written tests)` : '';
  const equal =
    likelyEquivalent > 0 ? `, ${String(likelyEquivalent)} likely equal to the reference` : '';
  const shown = survivors
    .slice(0, 3)
    .map(({ line, note }) => `line ${String(line)}: ${note}`)
    .join('; ');
  const left = shown === '' ? '' : `; not noticed: ${shown}`;
  return `${String(killed)} of ${howMany(mutants, 'mutant')} killed${generated}${equal}${left}`;
}
