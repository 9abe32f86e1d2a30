import type {
  Judge,
  Observation,
  Observed,
  Program,
  Sandbox,
  SelfTestReport,
} from '../domain/ports';
import {
  isCodeTest,
  isOurs,
  type DifferentialTest,
  type IoTest,
  type Language,
  type Limits,
  type Test,
} from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { CommandSandbox } from '../sandbox/command/commandSandbox';
import type { PythonSandbox } from '../sandbox/python/pythonSandbox';
import type { Syntax } from '../syntax/parser';
import { DifferentialJudge } from './differential/differentialJudge';
import { IoJudge } from './io/ioJudge';
import { ProgramStarter } from './io/programStarter';
import { JavaScriptJudge } from './javascript/javaScriptJudge';
import { joinVerdicts, mayGoOn } from './joinVerdicts';
import type { NodeRunner } from './javascript/nodeNeeds';
import type { CodeProgram, LanguageJudge } from './languageJudge';
import { notJudged } from './notJudged';
import { PythonJudge } from './python/pythonJudge';
import { Screening } from './screening';
import { selfTested, type SelfTestedJudge } from './selfTest';

export interface JudgeOptions {
  readonly python: PythonSandbox;
  readonly quickjs: Sandbox;
  readonly commands: CommandSandbox;
  /** For programs that need Node's own API. */
  readonly node?: NodeRunner;
  readonly syntax: Syntax;
  readonly assetsFolder: string;
}

/** One judge for all languages and kinds of tests: each goes to the judge of its own. */
export class MachineJudge implements Judge {
  private readonly byLanguage: Readonly<Record<Language, SelfTestedJudge>>;
  private readonly screenings = new Map<LanguageJudge, Screening>();
  private readonly io: IoJudge;
  private readonly differential = new DifferentialJudge();

  constructor(options: JudgeOptions) {
    const javascript = selfTested(
      new JavaScriptJudge(options.quickjs, options.syntax, options.assetsFolder, options.node),
      'javascript',
    );
    this.byLanguage = {
      python: selfTested(new PythonJudge(options.python, options.syntax), 'python'),
      javascript,
      typescript: javascript,
    };
    this.io = new IoJudge(new ProgramStarter(options));
  }

  for(language: Language): LanguageJudge {
    return this.byLanguage[language];
  }

  /** Whether the judge of a language tells known programs apart; judged now if not before. */
  selfTest(language: Language): Promise<SelfTestReport> {
    return this.byLanguage[language].selfTest();
  }

  async judge(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    if (tests.some(({ kind }) => kind === 'command')) {
      return notJudged(tests, 'infrastructure', 'command tests are not judged by this version');
    }
    const code = tests.filter(isCodeTest);
    const io = tests.filter((test): test is IoTest => test.kind === 'io');
    const differential = tests.filter(
      (test): test is DifferentialTest => test.kind === 'differential',
    );
    if (!isCode(program)) {
      if (io.length < tests.length) {
        const why = `programs in ${program.language} are judged by io tests alone`;
        return notJudged(tests, 'infrastructure', why);
      }
      if (tests.length === 0) return notJudged(tests, 'noTests', 'there is no test to run');
      return this.io.judge(program, io, limits, signal);
    }
    const judge = this.for(program.language);
    const kinds: ((left: Limits) => Promise<Verdict>)[] = [];
    if (code.length > 0 || tests.length === 0) {
      kinds.push((left) => judge.judge(program, code, left, signal));
    }
    if (io.length > 0) kinds.push((left) => this.io.judge(program, io, left, signal));
    if (differential.length > 0) {
      kinds.push((left) => this.differential.judge(judge, program, differential, left, signal));
    }
    return judgeInTurn(kinds, tests, limits);
  }

  async screen(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const isAllCode = tests.length > 0 && tests.every(isCodeTest);
    const judge = isCode(program) && isAllCode ? this.for(program.language) : null;
    if (isCode(program) && judge?.screenAll && isAllCode) {
      const screening = this.screenings.get(judge) ?? new Screening(judge);
      this.screenings.set(judge, screening);
      const verdict = await screening.ask(program, tests, limits, signal);
      if (verdict) return verdict;
    }
    return this.judge(program, tests, limits, signal);
  }

  async observe(
    program: Program,
    tests: readonly Test[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    if (!isCode(program)) return { kind: 'unavailable', reason: 'the language is not read' };
    const code = tests.filter(isCodeTest);
    // A program that reads its input would wait for it while it is loaded.
    if (code.length === 0) return { kind: 'unavailable', reason: 'no test calls the program' };
    return this.for(program.language).observe(program, code, what, limits, signal);
  }
}

/**
 * Kinds of tests one after another, within the time of one judging: each has what those before it
 * left, and after one that says that the program cannot go on the rest is not run.
 */
async function judgeInTurn(
  kinds: readonly ((left: Limits) => Promise<Verdict>)[],
  tests: readonly Test[],
  limits: Limits,
): Promise<Verdict> {
  const parts: Verdict[] = [];
  let left = limits.timeoutMs;
  for (const judge of kinds) {
    const verdict = await judge({ ...limits, timeoutMs: Math.max(1, Math.ceil(left)) });
    if (kinds.length === 1) return verdict;
    parts.push(verdict);
    left -= verdict.durationMs;
    if (!mayGoOn(verdict)) break;
  }
  return joinVerdicts(tests, parts);
}

function isCode(program: Program): program is CodeProgram {
  return isOurs(program.language);
}
