import { randomOf, shuffled } from '../../domain/random';
import type { Language } from '../../domain/task';
import { applyEdit, editsOf, type Edit } from '../../syntax/edits';
import { functionsOf, type FunctionPlace } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';

/** Most mutants that a score is made from. */
export const mostMutants = 50;

export interface MutantOptions {
  readonly seed: number;
  readonly most?: number;
  /** Only the function that is called, and none that it reaches. */
  readonly alone?: boolean;
}

export interface Mutant {
  readonly edit: Edit;
  readonly source: string;
}

/**
 * Mutants of a program, one edit each, of the function that is called and of those of its module
 * that it reaches by name: one of each kind of edit before the next, drawn by the seed.
 */
export function mutantsOf(
  syntax: Syntax,
  program: { readonly language: Language; readonly source: string; readonly entryPoint: string },
  options: MutantOptions,
): Mutant[] {
  const { language, source, entryPoint } = program;
  const random = randomOf(options.seed, `mutants ${entryPoint}`);
  const edits = rangesOf(syntax, program, options).flatMap((range) =>
    editsOf(syntax, language, source, range),
  );
  const byOperator = Map.groupBy(shuffled(edits, random), ({ operator }) => operator);
  const queues = shuffled([...byOperator.values()], random);
  const chosen: Edit[] = [];
  const most = options.most ?? mostMutants;
  for (let round = 0; chosen.length < most && queues.some((one) => one.length > round); round++) {
    chosen.push(...queues.flatMap((queue) => queue.slice(round, round + 1)));
  }
  return chosen.slice(0, most).map((edit) => ({ edit, source: applyEdit(source, edit) }));
}

/** The bodies that are mutated; the whole module where the entry point is no plain function. */
function rangesOf(
  syntax: Syntax,
  { language, source, entryPoint }: Parameters<typeof mutantsOf>[1],
  { alone }: MutantOptions,
): { readonly start: number; readonly end: number }[] {
  const functions = functionsOf(syntax, language, source);
  const entry = functions.filter(({ name }) => name === entryPoint);
  if (entry.length === 0) return [{ start: 0, end: source.length }];
  const reached = new Set(entry);
  if (alone === true) return bodies(reached);
  for (const from of reached) {
    const body = source.slice(from.bodyStart, from.bodyEnd);
    const words = new Set(body.match(/[\p{L}\p{N}_$]+/gu));
    for (const other of functions) if (words.has(other.name)) reached.add(other);
  }
  return bodies(reached);
}

function bodies(functions: Iterable<FunctionPlace>) {
  return [...functions].map(({ bodyStart, bodyEnd }) => ({ start: bodyStart, end: bodyEnd }));
}
