import type { Program } from '../domain/ports';
import type { Language, Test } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { testUse, type TestUse } from '../syntax/testUse';

/** How tests use their programs, read once for each test: thousands of candidates meet the same. */
export class TestUses {
  private readonly known = new WeakMap<Test, { readonly support: string; readonly use: TestUse }>();

  constructor(
    private readonly syntax: Syntax,
    private readonly language: Language,
    private readonly names: ReadonlySet<string>,
  ) {}

  of(test: Test, { support = '' }: Program): TestUse {
    const known = this.known.get(test);
    if (known?.support === support) return known.use;
    const code = { support, test: test.source, isCheck: test.kind === 'check' };
    const use = testUse(this.syntax, this.language, code, (name) => this.names.has(name));
    this.known.set(test, { support, use });
    return use;
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
  namesApart(program: Program, tests: readonly Test[]): string[] | null {
    if (program.judging === 'together') return null;
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
