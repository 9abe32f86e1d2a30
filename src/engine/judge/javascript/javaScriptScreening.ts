import type { CodeTest, Limits } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import { resetScriptTurns } from '../../syntax/boundLoops';
import type { Syntax } from '../../syntax/parser';
import { composeVerdict } from '../compose';
import type { CodeProgram } from '../languageJudge';
import type { Jobs } from './jobs';
import type { Loading } from './loading';
import type { NodeNeeds } from './nodeNeeds';
import { done, tell } from './outcomes';
import { script } from './scripts';
import { buildTest } from './testScripts';

/**
 * What a program does on tests in one runtime with them, which costs half of what two do; null for
 * one that must be judged by itself: because it passed, or because it belongs to Node.
 */
export async function screenOne(
  to: {
    readonly syntax: Syntax;
    readonly needs: NodeNeeds;
    readonly jobs: Jobs;
    readonly load: (program: CodeProgram, source: string) => Loading;
  },
  program: CodeProgram,
  tests: readonly CodeTest[],
  limits: Limits,
  signal: AbortSignal,
): Promise<Verdict | null> {
  const place = await to.needs.place(program, tests);
  if (place.kind !== 'quickjs') return null;
  const loading = to.load(program, program.source);
  if ('problem' in loading) {
    const unloaded = { status: 'notCompiled' as const, message: loading.problem };
    const nothing = { end: 'finished' as const, messages: [], output: '', durationMs: 0 };
    return composeVerdict(tests, { ended: new Map(), done: false, unloaded }, nothing, 'shared');
  }
  const setting = { place: place.kind, reach: 'scope' as const };
  const built = tests.map((test) => buildTest(to.syntax, test, program, setting));
  const scripts = built.flatMap((test) => ('script' in test ? [allTurns, test.script] : []));
  const all = [...loading.scripts, ...scripts, done];
  const outcome = await to.jobs.together(place, 'judging', all, limits, signal);
  const verdict = composeVerdict(tests, tell(outcome, built), outcome, 'shared');
  return verdict.status === 'passed' || verdict.status === 'infrastructure' ? null : verdict;
}

/** Before each test, for a program whose loops are bounded. */
const allTurns = script(
  'turns',
  `if (typeof _flywheel_turn === 'function') { ${resetScriptTurns}; }`,
);
