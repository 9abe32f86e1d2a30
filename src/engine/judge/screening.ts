import type { Limits, CodeTest } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { CodeProgram, LanguageJudge } from './languageJudge';

/** Programs that one process judges, one after another: what starting it costs is shared by these. */
const mostTogether = 16;

interface Asked {
  readonly source: string;
  readonly tell: (verdict: Verdict | null) => void;
}

interface Group {
  readonly program: CodeProgram;
  readonly tests: readonly CodeTest[];
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly asked: Asked[];
}

/** Programs that are asked about at the same time, put together by their tests and bounds. */
export class Screening {
  private groups = new Map<string, Group[]>();

  constructor(private readonly judge: LanguageJudge) {}

  /** What `LanguageJudge.screenAll` tells of one program. */
  ask(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict | null> {
    const { source, ...same } = program;
    return new Promise((tell) => {
      if (this.groups.size === 0) setImmediate(() => this.begin());
      const key = JSON.stringify([same, limits]);
      const alike = this.groups.get(key) ?? [];
      this.groups.set(key, alike);
      const joins = (one: Group): boolean => one.tests === tests && one.signal === signal;
      const known = alike.find((one) => joins(one) && one.asked.length < mostTogether);
      const group = known ?? { program, tests, limits, signal, asked: [] };
      if (!known) alike.push(group);
      group.asked.push({ source, tell });
    });
  }

  private begin(): void {
    const groups = [...this.groups.values()].flat();
    this.groups = new Map();
    for (const group of groups) void this.run(group);
  }

  private async run({ program, tests, limits, signal, asked }: Group): Promise<void> {
    const sources = asked.map(({ source }) => source);
    const told = await this.judge
      .screenAll?.(program, sources, tests, limits, signal)
      // What went wrong here goes wrong again where each is judged by itself, and is told there.
      .catch((): readonly null[] => []);
    for (const [place, { tell }] of asked.entries()) tell(told?.[place] ?? null);
  }
}
