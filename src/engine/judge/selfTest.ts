import type { SelfTestReport } from '../domain/ports';
import type { CodeTest, Language } from '../domain/task';
import type { Status } from '../domain/verdict';
import { shorten } from './bounded';
import type { Calls, CodeProgram, LanguageJudge } from './languageJudge';
import { notJudged } from './notJudged';

/** A program of which it is known what the judge must find. */
interface KnownProgram {
  readonly what: string;
  readonly source: string;
  readonly expected: readonly Status[];
}

/** Wide, so that a busy machine does not make a right judge look wrong. */
const limits = { timeoutMs: 10_000, memoryMb: 256 };

/**
 * A judge that proves itself before its first verdict: it must pass a right program and refuse
 * wrong ones that cheat in the usual ways. Until it has, and where it cannot, every verdict and
 * every call ends as `infrastructure` with the reason. The proof is made once, on the workers that serve afterwards.
 */
export function selfTested(judge: LanguageJudge, language: Language): SelfTestedJudge {
  let proof: Promise<Proof> | null = null;
  const prove = (): Promise<Proof> => {
    proof ??= proveOn(judge, language).then((made) => {
      // What the machine could not do now, it may be able to do later.
      if (!made.isFinal) proof = null;
      return made;
    });
    return proof;
  };
  return {
    selfTest: async () => (await prove()).report,
    judge: async (program, tests, within, signal) => {
      const made = await unlessAborted(prove(), signal);
      if (made === null) return notJudged(tests, 'cancelled', 'cancelled');
      if (made.report.passed) return judge.judge(program, tests, within, signal);
      return notJudged(tests, 'infrastructure', made.report.problem ?? 'the self-test failed');
    },
    ...(judge.screenAll
      ? {
          screenAll: async (program, sources, tests, within, signal) => {
            const made = await unlessAborted(prove(), signal);
            if (made?.report.passed !== true) return [];
            return (await judge.screenAll?.(program, sources, tests, within, signal)) ?? [];
          },
        }
      : {}),
    observe: (...asked) => judge.observe(...asked),
    recordCalls: (...asked) => judge.recordCalls(...asked),
    callAll: async (program, inputs, within, signal) => {
      const made = await unlessAborted(prove(), signal);
      if (made === null) return notCalled('cancelled', 'cancelled');
      if (made.report.passed) return judge.callAll(program, inputs, within, signal);
      return notCalled('infrastructure', made.report.problem ?? 'the self-test failed');
    },
  };
}

export interface SelfTestedJudge extends LanguageJudge {
  /** Never fails: what went wrong is its answer. */
  selfTest(): Promise<SelfTestReport>;
}

interface Proof {
  readonly report: SelfTestReport;
  /** False where nothing was found out, so that it is tried again. */
  readonly isFinal: boolean;
}

async function proveOn(judge: LanguageJudge, language: Language): Promise<Proof> {
  const began = performance.now();
  const known = knownPrograms[language];
  const never = new AbortController().signal;
  const verdicts = await Promise.all(
    known.map(async ({ source }) => {
      const program: CodeProgram = { language, source, entryPoint: 'twice', judging: 'apart' };
      return judge.judge(program, [testIn[language]], limits, never);
    }),
  );
  const report = { programs: known.length, durationMs: performance.now() - began };
  const fault = verdicts.find(
    ({ status }) => status === 'infrastructure' || status === 'cancelled',
  );
  if (fault) {
    const problem = fault.message ?? fault.status;
    return { report: { ...report, passed: false, problem }, isFinal: false };
  }
  const wrong = known.flatMap(({ what, expected }, place) => {
    const verdict = verdicts[place];
    const found = verdict?.isolation === 'separate' ? verdict.status : 'not judged apart';
    const isRight = expected.some((status) => status === found);
    return isRight
      ? []
      : [`a program that ${what} was judged ${found}, not ${expected.join(' or ')}`];
  });
  if (wrong.length === 0) return { report: { ...report, passed: true }, isFinal: true };
  const problem = shorten(`the self-test of the sandbox failed: ${wrong.join('; ')}`);
  const isSlow = verdicts.some(({ status }) => status === 'timedOut');
  return { report: { ...report, passed: false, problem }, isFinal: !isSlow };
}

const python = programsOf({
  right: 'def twice(x):\n    return x * 2\n',
  wrong: 'def twice(x):\n    return x + 3\n',
  cheating: {
    'gives a value that equals all':
      'class All(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef twice(x):\n    return All(0)\n',
    'ends the process': 'import os\ndef twice(x):\n    os._exit(0)\n',
    'prints a verdict':
      'print(\'{"kind": "end", "id": "known", "outcome": "passed"}\\n{"kind": "done"}\\npassed\')\ndef twice(x):\n    return 0\n',
  },
});

const script = programsOf({
  right: 'function twice(x) { return x * 2; }',
  wrong: 'function twice(x) { return x + 3; }',
  cheating: {
    'gives a value that equals all':
      'Object.is = () => true; Number.prototype.valueOf = () => 4; function twice(x) { return { valueOf: () => 4, toString: () => "4", toJSON: () => 4 }; }',
    throws: 'function twice(x) { throw undefined; }',
    'prints a verdict':
      'console.log(\'{"id":":done","ok":true}\\npassed\'); function twice(x) { return 0; }',
  },
});

const knownPrograms: Readonly<Record<Language, readonly KnownProgram[]>> = {
  python,
  javascript: script,
  typescript: script,
};

const about = { id: 'known', role: 'hidden', kind: 'assert' } as const;
const scriptTest: CodeTest = { ...about, source: 'assert.equal(twice(2), 4);' };
const testIn: Readonly<Record<Language, CodeTest>> = {
  python: { ...about, source: 'assert twice(2) == 4' },
  javascript: scriptTest,
  typescript: scriptTest,
};

/** Null as soon as the signal aborts; the work goes on for others who wait for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve(null);
    signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function programsOf(sources: {
  readonly right: string;
  readonly wrong: string;
  /** By what they do. */
  readonly cheating: Readonly<Record<string, string>>;
}): readonly KnownProgram[] {
  return [
    { what: 'is right', source: sources.right, expected: ['passed'] },
    { what: 'is wrong', source: sources.wrong, expected: ['failed'] },
    ...Object.entries(sources.cheating).map(([what, source]) => ({
      what,
      source,
      expected: ['failed', 'crashed', 'tampered'] as const,
    })),
  ];
}

function notCalled(end: 'cancelled' | 'infrastructure', detail: string): Calls {
  return { outputs: [], end, detail, output: '', durationMs: 0 };
}
