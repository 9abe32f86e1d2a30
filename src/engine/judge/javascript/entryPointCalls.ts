import { z } from 'zod';
import type { CodeTest, Limits } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';
import type { CallInput, Calls, CodeProgram } from '../languageJudge';
import type { Jobs } from './jobs';
import type { Loading } from './loading';
import type { NodeNeeds } from './nodeNeeds';
import { unloadedIn } from './outcomes';
import { results, telling } from './scripts';
import { buildTest } from './testScripts';

/** Calls of a program's entry point: those that tests make, and what comes of given ones. */
export class EntryPointCalls {
  constructor(
    private readonly syntax: Syntax,
    private readonly needs: NodeNeeds,
    private readonly jobs: Jobs,
    private readonly load: (program: CodeProgram, source: string) => Loading,
  ) {}

  async record(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]> {
    const loading = this.load(program, program.source);
    const place = await this.needs.place(program, tests);
    if ('problem' in loading || place.kind === 'missing') return [];
    const setting = { place: place.kind, reach: 'recording' as const };
    const watched = tests.flatMap((test) => {
      const built = buildTest(this.syntax, test, program, setting);
      return 'script' in built ? [built.script] : [];
    });
    const scripts = [...loading.scripts, ...watched, telling('calls', '__recorded()')];
    const outcome = await this.jobs.together(place, 'recording', scripts, limits, signal);
    const value = results(outcome).find(({ id }) => id === 'calls')?.value;
    return value === undefined ? [] : callsSchema.parse(JSON.parse(value));
  }

  async callAll(
    program: CodeProgram,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Calls> {
    const loading = this.load(program, program.source);
    const place = await this.needs.place(program, []);
    const unmade = { outputs: [], end: 'finished', output: '', durationMs: 0 } as const;
    if ('problem' in loading) {
      return { ...unmade, unloaded: { status: 'notCompiled', message: loading.problem } };
    }
    if (place.kind === 'missing') {
      return { ...unmade, end: 'infrastructure', detail: place.why };
    }
    const calls = inputs.map(({ args }, index) =>
      telling(`call:${String(index)}`, `__call(${program.entryPoint}, ${JSON.stringify(args)})`),
    );
    const scripts = [...loading.scripts, ...calls];
    const outcome = await this.jobs.together(place, 'recording', scripts, limits, signal);
    const outputs = results(outcome).flatMap(({ id, value }) =>
      id.startsWith('call:') && value !== undefined
        ? [{ index: Number(id.slice('call:'.length)), ...outputSchema.parse(JSON.parse(value)) }]
        : [],
    );
    const { end, detail, output, durationMs } = outcome;
    return {
      ...{ outputs, end, output, durationMs },
      ...(detail === undefined ? {} : { detail }),
      ...unloadedIn(outcome),
    };
  }
}

const callsSchema = z.array(z.object({ args: z.unknown(), kwargs: z.unknown() }));
const outputSchema = z.object({
  value: z.unknown().optional(),
  after: z.unknown().optional(),
  raised: z.string().optional(),
  opaque: z.boolean().optional(),
});
