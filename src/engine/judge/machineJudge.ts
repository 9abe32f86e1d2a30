import type { Judge, Program, Sandbox } from '../domain/ports';
import type { Language } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { JavaScriptJudge } from './javascript/javaScriptJudge';
import type { LanguageJudge } from './languageJudge';
import { PythonJudge } from './python/pythonJudge';

export interface JudgeOptions {
  readonly python: Sandbox;
  readonly quickjs: Sandbox;
  readonly syntax: Syntax;
  readonly assetsFolder: string;
}

/** One judge for all languages: each program goes to the judge of its own. */
export class MachineJudge implements Judge {
  private readonly byLanguage: Readonly<Record<Language, LanguageJudge>>;

  constructor(options: JudgeOptions) {
    const javascript = new JavaScriptJudge(options.quickjs, options.syntax, options.assetsFolder);
    this.byLanguage = {
      python: new PythonJudge(options.python, options.syntax),
      javascript,
      typescript: javascript,
    };
  }

  for(language: Language): LanguageJudge {
    return this.byLanguage[language];
  }

  judge(program: Program, ...rest: Rest<Judge['judge']>): ReturnType<Judge['judge']> {
    return this.for(program.language).judge(program, ...rest);
  }

  observe(program: Program, ...rest: Rest<Judge['observe']>): ReturnType<Judge['observe']> {
    return this.for(program.language).observe(program, ...rest);
  }
}

type Rest<F> = F extends (first: Program, ...rest: infer R) => unknown ? R : never;
