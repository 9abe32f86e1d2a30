import type { Language } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import { textRepairs } from '../../syntax/operators/notation';
import type { Syntax } from '../../syntax/parser';
import { syntaxProblem } from '../../syntax/problem';
import { starterAttempt, type Attempt } from './attempt';

const mostSteps = 3;
const mostKept = 24;
const mostRepairs = 96;

/**
 * Programs that parse, a few one-line repairs away from one that does not. A repair that moves the
 * first fault further down is gone on from. The interpreter's own line is believed before the parser's.
 */
export function notationRepairs(
  syntax: Syntax,
  language: Language,
  starter: string,
  verdict: Verdict,
): readonly Attempt[] {
  const told = /line (\d+)\)?$/.exec(verdict.message ?? '')?.[1];
  const found: Attempt[] = [];
  let open = [{ attempt: starterAttempt(starter), line: lineOf(starter) }];
  function lineOf(source: string): number {
    const problem = syntaxProblem(syntax, language, source);
    if (problem === null) return Infinity;
    return source === starter && told !== undefined
      ? Math.min(Number(told), problem.line)
      : problem.line;
  }
  for (let step = 0; step < mostSteps && open.length > 0 && found.length < mostRepairs; step++) {
    const next: typeof open = [];
    for (const { attempt, line } of open) {
      const at = Number.isFinite(line) ? line : Number(told ?? 1);
      for (const { source, note, line: mended } of textRepairs(language, attempt.program, at)) {
        const now = lineOf(source);
        const one = { operator: 'notation' as const, note, line: mended, added: '', removed: '' };
        const made: Attempt = {
          ...attempt,
          program: source,
          edits: [...attempt.edits, one],
          parent: attempt,
          places: null,
        };
        if (now === Infinity) found.push(made);
        else if (now > line || (now === line && step === 0))
          next.push({ attempt: made, line: now });
      }
    }
    open = next.sort((a, b) => b.line - a.line).slice(0, mostKept);
  }
  return found.slice(0, mostRepairs);
}
