import type { Observation, Observed, Sandbox, SandboxOutcome } from '../../domain/ports';
import type { CodeTest, Limits } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import type { Syntax } from '../../syntax/parser';
import { watchPromises } from '../../syntax/watchPromises';
import { BoundedLoops } from '../boundedLoops';
import { composeVerdict, type Told } from '../compose';
import type { CallInput, Calls, CodeProgram, LanguageJudge } from '../languageJudge';
import { TestUses } from '../testUses';
import { EntryPointCalls } from './entryPointCalls';
import { globalNames } from './globalNames';
import { Jobs } from './jobs';
import { loader, type Loading } from './loading';
import { NodeNeeds, nodeGlobals, type NodeRunner, type Place } from './nodeNeeds';
import { Observer } from './observing';
import { done, tell } from './outcomes';
import { screenOne } from './javaScriptScreening';
import { buildTest } from './testScripts';

/** Judges JavaScript and TypeScript programs, in QuickJS or, where they need it, in Node. */
export class JavaScriptJudge implements LanguageJudge {
  private readonly needs: NodeNeeds;
  private readonly jobs: Jobs;
  private readonly load: (program: CodeProgram, source: string) => Loading;
  private readonly observer: Observer;
  private readonly calls: EntryPointCalls;
  private readonly uses: TestUses;
  private readonly nodeUses: TestUses;
  private readonly loops: BoundedLoops;

  constructor(
    quickjs: Sandbox,
    private readonly syntax: Syntax,
    assetsFolder: string,
    node?: NodeRunner,
  ) {
    this.needs = new NodeNeeds(syntax, node);
    this.jobs = new Jobs(quickjs, assetsFolder);
    this.load = loader(syntax, this.needs);
    this.observer = new Observer(syntax, this.needs, this.jobs, this.load);
    this.calls = new EntryPointCalls(syntax, this.needs, this.jobs, this.load);
    this.uses = new TestUses(syntax, 'typescript', globalNames);
    this.nodeUses = new TestUses(syntax, 'typescript', new Set([...globalNames, ...nodeGlobals]));
    this.loops = new BoundedLoops(syntax);
  }

  async judge(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const place = await this.needs.place(program, tests);
    const names = this.namesApart(place, program, tests);
    const isolation = names === null ? 'shared' : 'separate';
    const unjudged = (why: Pick<Told, 'unloaded' | 'unusable'>): Verdict =>
      composeVerdict(tests, { ended: new Map(), done: false, ...why }, nothingRan, isolation);
    const loading = this.load(program, this.sourceFor(place, program, names));
    if ('problem' in loading) {
      return unjudged({ unloaded: { status: 'notCompiled', message: loading.problem } });
    }
    if (place.kind === 'missing') return unjudged({ unusable: place.why });
    const setting = { place: place.kind, reach: names ?? ('scope' as const) };
    const built = tests.map((test) => buildTest(this.syntax, test, program, setting));
    const scripts = [...built.flatMap((test) => ('script' in test ? [test.script] : [])), done];
    const outcome = await (names === null
      ? this.jobs.together(place, 'judging', [...loading.scripts, ...scripts], limits, signal)
      : this.jobs.apart(place, loading.scripts, names, scripts, limits, signal));
    return composeVerdict(tests, tell(outcome, built), outcome, isolation);
  }

  screenAll(
    program: CodeProgram,
    sources: readonly string[],
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<readonly (Verdict | null)[]> {
    const { syntax, needs, jobs, load } = this;
    const to = { syntax, needs, jobs, load };
    return this.loops.screenAll(program.language, sources, tests, (bounded) =>
      Promise.all(
        bounded.map((source) => screenOne(to, { ...program, source }, tests, limits, signal)),
      ),
    );
  }

  observe(
    program: CodeProgram,
    tests: readonly CodeTest[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    return this.observer.observe(program, tests, what, limits, signal);
  }

  recordCalls(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]> {
    return this.calls.record(program, tests, limits, signal);
  }

  callAll(
    program: CodeProgram,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Calls> {
    return this.calls.callAll(program, inputs, limits, signal);
  }

  private namesApart(
    { kind }: Place,
    program: CodeProgram,
    tests: readonly CodeTest[],
  ): string[] | null {
    if (kind !== 'node') return this.uses.namesApart(program, tests);
    return this.needs.share(program, tests) ? null : this.nodeUses.namesApart(program, tests);
  }

  /** In QuickJS, a program that shares the runtime of its tests may look at promises of theirs. */
  private sourceFor(
    { kind }: Place,
    { source }: CodeProgram,
    names: readonly string[] | null,
  ): string {
    const isWatched = kind === 'quickjs' && names === null;
    return isWatched ? watchPromises(this.syntax, source, 'program') : source;
  }
}

const nothingRan: SandboxOutcome = { end: 'finished', messages: [], output: '', durationMs: 0 };
