import { z } from 'zod';
import type { Observation, Observed } from '../../domain/ports';
import type { CodeTest, Limits } from '../../domain/task';
import type { Script } from '../../sandbox/quickjs/protocol';
import { instrumentLines } from '../../syntax/instrument';
import { instrumentTrace } from '../../syntax/instrumentTrace';
import type { Syntax } from '../../syntax/parser';
import type { CodeProgram } from '../languageJudge';
import type { FoundPlace, Jobs } from './jobs';
import type { Loading } from './loading';
import type { NodeNeeds } from './nodeNeeds';
import { results, script, telling } from './scripts';
import { buildTest } from './testScripts';
import { traceOf, tracesOf, type TracedTest } from './traces';

const lineCall = '__line';
/** Lines that one test may run while it is watched which ones do. */
const maxLinesRun = 20_000;
/** Jobs in which the tests of one program are traced: each that never ends costs one. */
const maxTraceJobs = 4;

/** One question about what a program does under tests, with where it is answered. */
interface Asked {
  readonly program: CodeProgram;
  readonly tests: readonly CodeTest[];
  readonly place: FoundPlace;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/**
 * Watches programs while their tests run, in one runtime with them: what is told here decides no
 * verdict.
 */
export class Observer {
  constructor(
    private readonly syntax: Syntax,
    private readonly needs: NodeNeeds,
    private readonly jobs: Jobs,
    private readonly load: (program: CodeProgram, source: string) => Loading,
  ) {}

  async observe(
    program: CodeProgram,
    tests: readonly CodeTest[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    const place = await this.needs.place(program, tests);
    if (place.kind === 'missing') return { kind: 'unavailable', reason: place.why };
    const asked = { program, tests, place, limits, signal };
    return what === 'trace' ? this.trace(asked) : this.coverage(asked);
  }

  /** The lines that each test ran. */
  private async coverage({ program, tests, place, limits, signal }: Asked): Promise<Observation> {
    const source = instrumentLines(this.syntax, program.language, program.source, lineCall);
    const loading = this.load(program, source);
    if ('problem' in loading) return { kind: 'unavailable', reason: loading.problem };
    const watched = this.around(program, tests, place, (test) => [
      // What never ends has shown its lines by then; those of the other tests come yet.
      script('reset', `__lines.clear(); __linesLeft = ${String(maxLinesRun)}`),
      telling(`lines:${test.id}`, 'JSON.stringify([...__lines])'),
    ]);
    const scripts = [lineCounter, ...loading.scripts, ...watched];
    const outcome = await this.jobs.together(place, 'judging', scripts, limits, signal);
    const lines = results(outcome).flatMap(({ id, value }) =>
      id.startsWith('lines:') && value !== undefined
        ? [[id.slice('lines:'.length), z.array(z.number()).parse(JSON.parse(value))] as const]
        : [],
    );
    if (lines.length === 0) return { kind: 'unavailable', reason: outcome.detail ?? outcome.end };
    return { kind: 'coverage', lines: Object.fromEntries(lines) };
  }

  /** Traces of the tests, each with the program and the tests before it in one runtime. */
  private async trace({ program, tests, place, limits, signal }: Asked): Promise<Observation> {
    const language = program.language === 'javascript' ? 'javascript' : 'typescript';
    const source = instrumentTrace(this.syntax, language, program.source);
    const loading = this.load(program, source);
    if ('problem' in loading) return { kind: 'unavailable', reason: loading.problem };
    const traced = new Map<string, TracedTest>();
    let left: readonly CodeTest[] = tests;
    let end: string = 'there is no test';
    for (let job = 0; job < maxTraceJobs && left.length > 0; job++) {
      const watched = this.around(program, left, place, (test) => [
        script('reset', '__traceReset()'),
        { ...telling(`trace:${test.id}`, '__traceTold()'), evenLate: true },
      ]);
      const scripts = [...loading.scripts, ...watched];
      const outcome = await this.jobs.together(place, 'tracing', scripts, limits, signal);
      end = outcome.detail ?? outcome.end;
      const before = traced.size;
      for (const [id, told] of tracesOf(results(outcome))) traced.set(id, told);
      // What was told of a test that never ended is the last of its job: the next one goes on behind.
      if (traced.size === before || outcome.end !== 'timedOut') break;
      left = left.filter(({ id }) => !traced.has(id));
    }
    return traced.size === 0 ? { kind: 'unavailable', reason: end } : traceOf(traced);
  }

  /** Each test between a script that begins its watch and one that tells of it. */
  private around(
    program: CodeProgram,
    tests: readonly CodeTest[],
    place: FoundPlace,
    watch: (test: CodeTest) => [before: Script, after: Script],
  ): Script[] {
    return tests.flatMap((test) => {
      const built = buildTest(this.syntax, test, program, { place: place.kind, reach: 'scope' });
      if (!('script' in built)) return [];
      const [before, after] = watch(test);
      return [before, built.script, after];
    });
  }
}

const lineCounter = script(
  'counter',
  `const __lines = new Set(); let __linesLeft = ${String(maxLinesRun)};
const ${lineCall} = (line) => {
  __lines.add(line);
  __linesLeft -= 1;
  if (__linesLeft < 0) throw new Error('enough was seen');
};`,
);
