import { sha256 } from '../../../domain/hash';
import { programFor, type Judge } from '../../../domain/ports';
import { isCodeTest, isOurs, type Language, type Problem } from '../../../domain/task';
import type { Candidate, ScreenedOutcome } from '../../../domain/trajectory';
import { applyEdit } from '../../../syntax/edits';
import { mendsOf, type Mend } from '../../../syntax/mends';
import { wordsOf } from '../../../syntax/operators/wordsOfTask';
import type { Syntax } from '../../../syntax/parser';
import { syntaxProblem } from '../../../syntax/problem';
import { structureOf } from '../../../syntax/structure';
import { ochiai } from '../../suspicion';
import { edited, starterAttempt, type Attempt } from '../attempt';
import { outcomeOf } from '../outcome';
import type { PolicyExample } from './example';

/** Why a way from a wrong to a right program teaches nothing, or not all that it might. */
export type NoExample = 'notOurLanguage' | 'doesNotParse' | 'notJudged' | 'notOneEdit';

export interface FromPath {
  readonly problem: Problem;
  readonly family: string;
  /** The wrong program first, then each program one edit further, the verified one last. */
  readonly path: readonly string[];
  readonly judge: Judge;
  readonly syntax: Syntax;
  readonly signal: AbortSignal;
}

/**
 * The decisions of one verified way. It is for the caller to have verified its last program, hidden
 * tests included. Each program of the way is judged on visible tests, and the wrong one watched, as
 * the search does. `left` says why the way ends early where it does.
 */
export async function examplesOf(
  from: FromPath,
): Promise<{ readonly examples: readonly PolicyExample[]; readonly left: NoExample | null }> {
  const { problem, family, path, judge, syntax, signal } = from;
  const { language, tests, limits } = problem;
  const [starter] = path;
  if (!isOurs(language) || starter === undefined) return { examples: [], left: 'notOurLanguage' };
  if (syntaxProblem(syntax, language, starter) !== null) {
    return { examples: [], left: 'doesNotParse' };
  }
  const judged = (source: string) =>
    (judge.screen ?? judge.judge).call(judge, programFor(problem, source), tests, limits, signal);
  const [verdict, observation] = await Promise.all([
    judged(starter),
    judge.observe(
      programFor(problem, starter),
      ...([tests.filter(isCodeTest), 'coverage', limits, signal] as const),
    ),
  ]);
  signal.throwIfAborted();
  const suspicion = observation.kind === 'coverage' ? ochiai(observation, verdict) : null;
  const outcomes = [outcomeOf(verdict, tests)];
  for (const program of path.slice(1, -1)) {
    outcomes.push(outcomeOf(await judged(program), tests));
    signal.throwIfAborted();
  }
  return examplesAlong({ problem, family, path, syntax, outcomes, suspicion });
}

/**
 * The same where it is known already what judging showed of each program but the last, and which
 * lines of the first are suspicious (null where it could not be watched).
 */
export function examplesAlong(
  from: Pick<FromPath, 'problem' | 'family' | 'path' | 'syntax'> & {
    readonly outcomes: readonly (Pick<ScreenedOutcome, 'status' | 'passed' | 'symptom'> | null)[];
    readonly suspicion: ReadonlyMap<number, number> | null;
  },
): { readonly examples: readonly PolicyExample[]; readonly left: NoExample | null } {
  const { problem, family, path, syntax, outcomes, suspicion } = from;
  const { language, entryPoint, prompt } = problem;
  const [starter] = path;
  if (!isOurs(language) || starter === undefined) return { examples: [], left: 'notOurLanguage' };
  let attempt = starterAttempt(starter);
  const examples: PolicyExample[] = [];
  for (const [at, becomes] of path.slice(1).entries()) {
    const outcome = outcomes[at];
    if (!outcome) return { examples, left: 'notJudged' };
    const { program, edits } = attempt;
    if (syntaxProblem(syntax, language, program) !== null)
      return { examples, left: 'doesNotParse' };
    const edit = editTo(syntax, { language, prompt, program, becomes });
    if (edit === null) return { examples, left: 'notOneEdit' };
    const { status, passed, symptom } = outcome;
    examples.push({
      ...({ kind: 'code-flywheel-edit-example', version: 1, verified: true } as const),
      ...{ task: problem.hash, family, language, entryPoint, prompt, program, becomes },
      outcome: { status, passed, symptom },
      steps: edits.map(({ operator, line }) => ({ operator, line })),
      suspicion: suspicion && suspicionIn(attempt, suspicion),
      reward: at === path.length - 2 ? 1 : shareOf(outcomes[at + 1]?.passed ?? ''),
    });
    attempt = edited(attempt, edit);
  }
  return { examples, left: null };
}

/** The edit of a program whose result has the structure of another; null where there is none. */
export function editTo(
  syntax: Syntax,
  of: {
    readonly language: Language;
    readonly prompt: string;
    readonly program: string;
    readonly becomes: string;
  },
): Mend | null {
  const { language, prompt, program, becomes } = of;
  const edits = mendsOf(syntax, language, program, wordsOf(prompt, language));
  const same = edits.find((edit) => applyEdit(program, edit) === becomes);
  if (same) return same;
  const wanted = structureOf(syntax, language, becomes);
  if (wanted === null) return null;
  return (
    edits.find((edit) => structureOf(syntax, language, applyEdit(program, edit)) === wanted) ?? null
  );
}

/**
 * The way to a program by the parents that its proposer named: the starter first. Null where a
 * program on the way is not among the candidates.
 */
export function pathTo(
  starter: string,
  candidates: readonly Candidate[],
  verified: Pick<Candidate, 'program' | 'parent'>,
): readonly string[] | null {
  const byHash = new Map(candidates.map((candidate) => [sha256(candidate.program), candidate]));
  const path = [verified.program];
  const root = sha256(starter);
  let { parent } = verified;
  while (parent !== undefined && parent !== root) {
    const before = byHash.get(parent);
    if (!before || path.length > candidates.length) return null;
    path.unshift(before.program);
    parent = before.parent;
  }
  return parent === undefined ? null : [starter, ...path];
}

function suspicionIn(
  { program, lineInStarter }: Attempt,
  suspicion: ReadonlyMap<number, number>,
): [number, number][] {
  return program.split('\n').flatMap((_, at): [number, number][] => {
    const share = suspicion.get(lineInStarter(at + 1));
    return share === undefined ? [] : [[at + 1, share]];
  });
}

function shareOf(passed: string): number {
  return passed === '' ? 0 : (passed.split('1').length - 1) / passed.length;
}
