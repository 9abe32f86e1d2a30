import type { Choice } from '../../domain/trajectory';
import { maxAlternatives } from '../../domain/trajectory';
import { withoutExamples } from '../../syntax/operators/wordsOfTask';
import type { Step } from './attempt';
import { measuredOn } from './measured';
import { precision } from './precision';
import type { Search, Tried } from './search';

/** What programs gave on the same calls, by program; null for a program that gave too little. */
export interface Behaviours {
  /** The calls, as a test would hold them; null for one that no test could. */
  readonly calls: readonly (string | null)[];
  /** Expressions, `raises` with the name of an error, or `?` with what has no expression. */
  readonly answers: readonly (readonly string[] | null)[];
}

export const maxCompared = 24;
const perFurtherEdit = 0.5;
const copied = 0.2;

/**
 * The one of all that pass which is most likely right: in the behaviour that most evidence stands
 * for, the one of the most trusted operator with the fewest edits that copies nothing from the
 * tests. Hidden tests are no part of it. Null where nothing passed.
 */
export async function choose(
  search: Search,
  testSources: readonly string[],
  prompt: string,
  behavioursOf: (programs: readonly string[]) => Promise<Behaviours | null>,
): Promise<(Tried & { readonly choice: Choice }) | null> {
  const tests = testSources.join('\n');
  const said = withoutExamples(prompt);
  const ranked = search.passing
    .map((one) => ({ one, trust: trustOf(one.attempt.edits, tests, said) }))
    .sort((a, b) => b.trust - a.trust || sizeOf(a.one) - sizeOf(b.one));
  const compared = ranked.slice(0, maxCompared);
  if (compared.length === 0) return null;
  const programs = compared.map(({ one }) => one.candidate.program);
  const seen = programs.length > 1 ? await behavioursOf(programs) : null;
  const groups = new Map<string, (typeof compared)[number][]>();
  for (const [place, one] of compared.entries()) {
    const key = seen === null ? String(place) : JSON.stringify(seen.answers[place] ?? null);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const standing = [...groups.values()].sort((a, b) => weightOf(b) - weightOf(a));
  const [best] = standing[0] ?? compared;
  if (!best) return null;
  const others = standing.slice(1).flatMap(([first]) => first ?? []);
  const same = compared.filter((one) => one !== best && !others.includes(one));
  const telling = search.sawPassed.filter(
    (passed, place) => passed && search.sawFailed[place],
  ).length;
  const deciding =
    seen &&
    decidingTest(
      seen,
      compared.indexOf(best),
      others.map((one) => compared.indexOf(one)),
      tests,
    );
  return {
    ...best.one,
    choice: {
      passing: search.passing.length,
      behaviours: seen === null ? null : groups.size,
      tellingTests: telling,
      measured: measuredOn({
        tellingTests: telling,
        trust: best.trust,
        behaviours: seen === null ? null : groups.size,
      }),
      ...(deciding ? { decidingTest: deciding } : {}),
      alternatives: [...others, ...same].slice(0, maxAlternatives).map(({ one }) => ({
        program: one.candidate.program,
        note: one.candidate.note ?? '',
      })),
    },
  };
}

/** The best counts in full, others of the same behaviour a little: they are often one edit in disguise. */
function weightOf(group: readonly { readonly trust: number }[]): number {
  const [first, ...rest] = group;
  return (first?.trust ?? 0) + 0.1 * rest.reduce((sum, { trust }) => sum + trust, 0);
}

function trustOf(edits: readonly Step[], tests: string, prompt: string): number {
  return edits.reduce(
    (trust, edit, at) =>
      trust *
      precision[edit.operator] *
      (narrows(edit) ? narrowed : 1) *
      (at === 0 ? 1 : perFurtherEdit) *
      (copiesLiteral(edit, tests, prompt) ? copied : 1),
    1,
  );
}

/** `==` for an order: it makes one case of many, as tests with one case each like to see. */
function narrows({ added, removed }: Step): boolean {
  return /^[<>]=?$/.test(removed) && /^[=!]==?$/.test(added);
}

const narrowed = 0.6;

const ordinary = /^(?:[0-2]|10|100|''|""|' '|" ")$/;

/** True where an edit puts in a literal that stands in the tests and not in the prompt. */
export function copiesLiteral(
  { added, removed }: Pick<Step, 'added' | 'removed'>,
  tests: string,
  prompt: string,
): boolean {
  const literals = added.match(/'[^']*'|"[^"]*"|\b\d+(?:\.\d+)?\b/g) ?? [];
  return literals.some(
    (literal) =>
      !ordinary.test(literal) &&
      !removed.includes(literal) &&
      tests.includes(literal.replace(/^['"]|['"]$/g, '')) &&
      !prompt.includes(literal.replace(/^['"]|['"]$/g, '')),
  );
}

/** In steps: of edits that are about as long, the one that was tried earlier stands first. */
function sizeOf({ attempt }: Tried): number {
  const length = attempt.edits.reduce((sum, { added, removed }) => {
    return sum + Math.max(added.length, removed.length);
  }, 0);
  return Math.round(length / sizeStep);
}

const sizeStep = 8;

const mostAnswers = 3;
const longestCall = 160;
const longestAnswer = 80;

/** The call that a person can answer and on which programs that pass differ most; of several, the shortest. */
function decidingTest(
  { calls, answers }: Behaviours,
  best: number,
  others: readonly number[],
  tests: string,
): Choice['decidingTest'] | null {
  const mine = answers[best];
  if (!mine) return null;
  let found: { call: string; answers: string[]; differ: number } | null = null;
  for (const [at, call] of calls.entries()) {
    // What a test asks already does not decide: `1` and `True` pass the same.
    if (call === null || call.length > longestCall || tests.includes(call)) continue;
    const given = [best, ...others].flatMap((place) => answers[place]?.[at] ?? []);
    const told = [...new Set(given)].filter((answer) => {
      return !answer.startsWith('?') && answer.length <= longestAnswer;
    });
    const isTold = told.length > 1 && !mine[at]?.startsWith('raises');
    if (!isTold) continue;
    const isBetter =
      !found ||
      told.length > found.differ ||
      (told.length === found.differ && call.length < found.call.length);
    if (isBetter) found = { call, answers: told.slice(0, mostAnswers), differ: told.length };
  }
  return found && { call: found.call, answers: found.answers };
}
