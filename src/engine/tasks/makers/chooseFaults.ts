import { randomOf, shuffled } from '../../domain/random';
import type { Language } from '../../domain/task';
import { applyEdit, editsOf, type Edit, type Operator } from '../../syntax/edits';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';

/** Edits of one program that are made together. */
export type Fault = readonly Edit[];

/**
 * How often each kind is drawn. Our own weights, by what fixes of real defects mostly change (Pan
 * et al. 2009; Sobreira et al. 2018 on Defects4J): conditions, missing statements, calls and their
 * arguments, and variables. Signs and constants, which are the easiest to undo, come last.
 */
const weights: Readonly<Record<Operator, number>> = {
  condition: 4,
  statement: 4,
  call: 3,
  argument: 3,
  variable: 3,
  unwrap: 2,
  offByOne: 2,
  comparison: 2,
  boolean: 2,
  negation: 1,
  constant: 1,
  arithmetic: 1,
};
/** Share of faults of one edit, and of at most two. */
const ofOne = 0.6;
const ofTwo = 0.85;

interface Asked {
  readonly syntax: Syntax;
  readonly language: Language;
  readonly source: string;
  readonly name: string;
  readonly seed: number;
  /** Draws for one function, the same for the same seed. */
  readonly key: string;
  readonly count: number;
}

/** Faults of one edit, in an order drawn by the seed, one of each kind before the next. */
export function singleFaults(asked: Asked): Fault[] {
  const random = randomOf(asked.seed, asked.key);
  const byOperator = Map.groupBy(shuffled(editsIn(asked), random), ({ operator }) => operator);
  const queues = shuffled([...byOperator.values()], random);
  const chosen: Edit[] = [];
  for (let round = 0; queues.some((queue) => queue.length > round); round++) {
    chosen.push(...queues.flatMap((queue) => queue.slice(round, round + 1)));
  }
  return chosen.slice(0, asked.count).map((edit) => [edit]);
}

/** Faults of one to three edits at places of their own, drawn by kind. */
export function weightedFaults(asked: Asked): Fault[] {
  const random = randomOf(asked.seed, `${asked.key} faults`);
  const queue = weighted(editsIn(asked), random);
  const faults: Fault[] = [];
  while (queue.length > 0 && faults.length < asked.count) {
    const draw = random();
    const wanted = draw < ofOne ? 1 : draw < ofTwo ? 2 : 3;
    const fault: Edit[] = [];
    for (let at = 0; at < queue.length && fault.length < wanted;) {
      const edit = queue[at];
      if (edit && fault.every((other) => isApart(edit, other))) {
        fault.push(edit);
        queue.splice(at, 1);
      } else at++;
    }
    faults.push(fault.sort((a, b) => a.start - b.start));
  }
  return faults;
}

export function withFault(source: string, fault: Fault): string {
  return fault.reduceRight((text, edit) => applyEdit(text, edit), source);
}

function editsIn({ syntax, language, source, name }: Asked): readonly Edit[] {
  const place = functionsOf(syntax, language, source).find((one) => one.name === name);
  if (!place) return [];
  return editsOf(syntax, language, source, { start: place.bodyStart, end: place.bodyEnd });
}

/** On lines of their own: two edits of one line are mostly one that is harder to read. */
function isApart(edit: Edit, other: Edit): boolean {
  return edit.line !== other.line && (edit.end <= other.start || other.end <= edit.start);
}

/** A weighted order without replacement (Efraimidis and Spirakis 2006). */
function weighted(edits: readonly Edit[], random: () => number): Edit[] {
  const counts = new Map<Operator, number>();
  for (const { operator } of edits) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return edits
    .map((edit) => {
      const weight = weights[edit.operator] / (counts.get(edit.operator) ?? 1);
      return { edit, rank: random() ** (1 / weight) };
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ edit }) => edit);
}
