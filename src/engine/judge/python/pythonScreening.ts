import type { Sandbox, SandboxOutcome } from '../../domain/ports';
import type { CodeTest, Limits } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import { composeVerdict } from '../compose';
import type { CodeProgram } from '../languageJudge';
import type { TestUses } from '../testUses';
import { newNonce, readHarnessMessages, strayWrites } from './harnessMessages';
import { tell } from './tell';

/** How the kernel ends what no exception could end: see screening.py. */
const endedByClock = 'signal SIGVTALRM';

/**
 * Verdicts of programs that were judged one after another in one process, by place; null for one
 * that must be judged by itself: because it passed, because it ended the process, or because its
 * tests may leave something behind.
 */
export async function screenAll(
  to: { readonly sandbox: Sandbox; readonly uses: TestUses },
  program: CodeProgram,
  sources: readonly string[],
  tests: readonly CodeTest[],
  limits: Limits,
  signal: AbortSignal,
): Promise<readonly (Verdict | null)[]> {
  const verdicts = sources.map((): Verdict | null => null);
  if (to.uses.reach(program, tests) !== null) return verdicts;
  const supportUsesProgram = to.uses.supportUses(program);
  let left = [...sources.keys()];
  while (left.length > 0 && !signal.aborted) {
    const nonce = newNonce();
    const outcome = await to.sandbox.run(
      {
        payload: {
          ...{ mode: 'screen', nonce, programs: left.map((place) => sources[place]) },
          entryPoint: program.entryPoint,
          support: program.support ?? '',
          supportUsesProgram,
          tests: tests.map(({ id, kind, source }) => ({ id, kind, source })),
          seconds: limits.timeoutMs / 1000,
          cpuMs: limits.cpuMs ?? limits.timeoutMs,
        },
        limits: { timeoutMs: limits.timeoutMs * left.length, memoryMb: limits.memoryMb },
        ...(program.hashSeed === undefined ? {} : { hashSeed: program.hashSeed }),
      },
      signal,
    );
    if (outcome.end === 'infrastructure' || outcome.end === 'cancelled') return verdicts;
    if (strayWrites(outcome.messages, nonce) !== undefined) return verdicts;
    const told = readHarnessMessages(outcome.messages, nonce).flatMap((message) =>
      message.kind === 'screened' ? [message] : [],
    );
    for (const { index, end, durationMs, told: messages } of told) {
      const place = left[index];
      if (place === undefined) return verdicts;
      const ended: SandboxOutcome = { end, durationMs, messages: [], output: '' };
      verdicts[place] = unlessPassed(composeVerdict(tests, tell(messages), ended, 'shared'));
    }
    const isStopped = outcome.end === 'finished' && told.length > 0;
    const guilty = left[told.length];
    if (!isStopped && guilty !== undefined && outcome.detail === endedByClock) {
      const ended: SandboxOutcome = { ...outcome, end: 'timedOut', output: '' };
      verdicts[guilty] = composeVerdict(tests, tell([]), ended, 'shared');
    }
    left = left.slice(told.length + (isStopped ? 0 : 1));
  }
  return verdicts;
}

/** What passes is to be judged apart from its tests; and what is not about the program, again. */
function unlessPassed(verdict: Verdict): Verdict | null {
  return verdict.status === 'passed' || verdict.status === 'infrastructure' ? null : verdict;
}
