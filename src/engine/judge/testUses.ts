import type { Program } from '../domain/ports';
import type { Language, CodeTest } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import type { CodeProgram } from './languageJudge';
import { reachIntoProcess } from '../syntax/ownProcess';
import { testUse, type TestUse } from '../syntax/testUse';

const maxReaches = 10_000;

/** How tests use their programs, read once for each test: thousands of candidates meet the same. */
export class TestUses {
  private readonly known = new WeakMap<
    CodeTest,
    { readonly support: string; readonly use: TestUse }
  >();

  private readonly reaches = new Map<string, string | null>();

  constructor(
    private readonly syntax: Syntax,
    private readonly language: Language,
    private readonly names: ReadonlySet<string>,
  ) {}

  of(test: CodeTest, { support = '' }: Program): TestUse {
    const known = this.known.get(test);
    if (known?.support === support) return known.use;
    const code = { support, test: test.source, isCheck: test.kind === 'check' };
    const use = testUse(this.syntax, this.language, code, (name) => this.names.has(name));
    this.known.set(test, { support, use });
    return use;
  }

  /** Why tests may see or leave something in their process; null where each may follow another. */
  reach(program: CodeProgram, tests: readonly CodeTest[]): string | null {
    if (this.language !== 'python') return null;
    const sources = [program.support ?? '', ...tests.map(({ source }) => source)];
    for (const source of sources) {
      let reach = this.reaches.get(source);
      if (reach === undefined) {
        reach = reachIntoProcess(this.syntax, source);
        if (this.reaches.size >= maxReaches) this.reaches.clear();
        this.reaches.set(source, reach);
      }
      if (reach !== null) return reach;
    }
    return null;
  }

  /** Whether support code by itself asks anything of the program. */
  supportUses({ support = '' }: Program): boolean {
    if (support.trim() === '') return false;
    const code = { support, test: '', isCheck: false };
    return (
      testUse(this.syntax, this.language, code, (name) => this.names.has(name)).names.length > 0
    );
  }

  /** The names that tests take from a program; null where they need it in their own process. */
  namesApart(program: CodeProgram, tests: readonly CodeTest[]): string[] | null {
    if (program.judging === 'together') return null;
    // What they see of their process is not what the program sees of its own.
    if (program.judging !== 'apart' && this.reach(program, tests) !== null) return null;
    const names = new Set([program.entryPoint]);
    for (const test of tests) {
      const use = this.of(test, program);
      if (use.together !== null) return null;
      if (program.judging !== 'apart' && use.unproven !== null) return null;
      for (const name of use.names) names.add(name);
    }
    return [...names];
  }
}
