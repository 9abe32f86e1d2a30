import type { CodeTest, Language } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import { boundLoops, loopNeverEnds } from '../syntax/boundLoops';
import type { Syntax } from '../syntax/parser';

/** Turns of loops that one test may take. A small function takes a few hundred. */
const mostTurns = 20_000;

type Screen = (sources: readonly string[]) => Promise<readonly (Verdict | null)[]>;

/**
 * Screening with the loops of programs bounded, so that what runs away in one test costs little and
 * shows what it does in the others. Where the first program that is screened with some tests needs
 * more turns and then ends, the tests do: theirs are not bounded.
 */
export class BoundedLoops {
  private readonly unbounded = new WeakSet<readonly CodeTest[]>();
  private readonly known = new WeakSet<readonly CodeTest[]>();

  constructor(private readonly syntax: Syntax) {}

  async screenAll(
    language: Language,
    sources: readonly string[],
    tests: readonly CodeTest[],
    screen: Screen,
  ): Promise<readonly (Verdict | null)[]> {
    if (this.unbounded.has(tests)) return screen(sources);
    const bounded = sources.map((source) =>
      mayLoop.test(source) ? boundLoops(this.syntax, language, source, mostTurns) : source,
    );
    const told = await screen(bounded);
    const [first] = told;
    const [source] = sources;
    if (!this.known.has(tests) && first && source !== undefined) {
      this.known.add(tests);
      if (!first.tests.some(isRunaway)) return told.map(asTimedOut);
      const [alone] = await screen([source]);
      if (alone === null || alone?.tests.every(({ outcome }) => outcome !== 'timedOut')) {
        this.unbounded.add(tests);
        return screen(sources);
      }
    }
    return told.map(asTimedOut);
  }
}

const mayLoop = /\b(?:while|for)\b/;

function isRunaway({ outcome, message }: Verdict['tests'][number]): boolean {
  return outcome === 'errored' && message?.includes(loopNeverEnds) === true;
}

/**
 * A test whose loop had all its turns ran out of time, whatever ended it; and so did the program
 * where no test failed otherwise, or where it came no further than its own beginning.
 */
function asTimedOut(verdict: Verdict | null): Verdict | null {
  if (verdict === null) return null;
  if (verdict.status === 'crashed' && verdict.message?.includes(loopNeverEnds)) {
    return { ...verdict, status: 'timedOut', message: loopNeverEnds };
  }
  if (!verdict.tests.some(isRunaway)) return verdict;
  const tests = verdict.tests.map((test) =>
    isRunaway(test) ? { ...test, outcome: 'timedOut' as const, message: loopNeverEnds } : test,
  );
  const isAll = tests.every(({ outcome }) => outcome === 'passed' || outcome === 'timedOut');
  return { ...verdict, ...(isAll ? { status: 'timedOut', message: loopNeverEnds } : {}), tests };
}
