import type { Sandbox, SandboxOutcome } from '../../domain/ports';
import type { Limits } from '../../domain/task';
import type { Script } from '../../sandbox/quickjs/protocol';
import type { Place } from './nodeNeeds';
import { ownScripts, script } from './scripts';

/** A place that is there: where tests need Node and there is none, nothing runs. */
export type FoundPlace = Exclude<Place, { kind: 'missing' }>;

/** What a job with program and tests in one global scope is for. */
export type Purpose = 'judging' | 'recording' | 'tracing';

/** Runs programs and tests where they belong, with what each place must be given beforehand. */
export class Jobs {
  /** What stands in a runtime of QuickJS before tests, and before a program that is judged apart. */
  private readonly preludes: Readonly<Record<Purpose | 'program' | 'apart', readonly Script[]>>;
  /** Node has assertions, timers and rejections of its own: only what watches is put before. */
  private readonly inNode: Readonly<Record<Purpose, readonly Script[]>>;

  constructor(
    private readonly quickjs: Sandbox,
    assetsFolder: string,
  ) {
    const read = (...names: string[]): Script[] => ownScripts(assetsFolder, names);
    const crossing = read('encoding', 'decoding', 'crossing');
    const [timers, codec, tracing] = [read('timers'), read('codec'), read('tracing')];
    const together = [...timers, ...read('rejections', 'comparing', 'prelude')];
    this.preludes = {
      program: [...timers, ...crossing, ...read('answering')],
      apart: [...together, ...crossing, ...read('asking')],
      judging: together,
      recording: [...together, ...codec],
      tracing: [...together, ...tracing],
    };
    this.inNode = { judging: [], recording: codec, tracing };
  }

  /** Scripts of program and tests in one global scope. */
  together(
    place: FoundPlace,
    purpose: Purpose,
    scripts: readonly Script[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<SandboxOutcome> {
    if (place.kind === 'node') {
      const payload = { scripts: [...this.inNode[purpose], ...scripts] };
      return place.sandbox.run({ payload, limits }, signal);
    }
    const payload = { prelude: this.preludes[purpose], scripts };
    return this.quickjs.run({ payload, limits }, signal);
  }

  /** Tests that find what the program has under `names` as `__names`, and reach no more of it. */
  apart(
    place: FoundPlace,
    program: readonly Script[],
    names: readonly string[],
    tests: readonly Script[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<SandboxOutcome> {
    const lookup = lookupOf(names);
    if (place.kind === 'node') {
      const payload = { apart: { prelude: [], scripts: program, lookup }, scripts: tests };
      return place.sandbox.run({ payload, limits }, signal);
    }
    const apart = { prelude: this.preludes.program, scripts: program, lookup };
    const payload = { apart, prelude: this.preludes.apart, scripts: [meeting, ...tests] };
    return this.quickjs.run({ payload, limits }, signal);
  }
}

/** The program is loaded: its names are asked for. */
const meeting: Script = { ...script('meeting', '__meet()'), required: true };

/** Evaluates to an object of those of the names that are there. */
export function lookupOf(names: readonly string[]): string {
  const fields = names.map((name) => `...(typeof ${name} === 'undefined' ? {} : { ${name} })`);
  return `({ ${fields.join(', ')} })`;
}
