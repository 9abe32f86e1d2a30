// The proof of the wheel: does search repair that learns from its own verified repairs mend more
// with the same number of verdicts? Rounds of every arm on faults put into published programs
// (`--humaneval FILE`), measured on families that were held out and on faults that nobody injected:
// the beginners' programs and one-line defects of bench/data, and `--tasks FILE` (any number).
// `--publish` writes docs/wheel.md and its picture. Verdicts are real and are found out once;
// `--cache FILE` keeps them, and `--parts DIR` what each arm and seed came to, so that it goes on
// where it was broken off and that arms may be run apart (`--arms`).
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Task } from '../src/engine/domain/task';
import { Engine } from '../src/engine/flywheel/engine';
import { States } from '../src/engine/solvers/search/policy/states';
import { SearchSolver } from '../src/engine/solvers/searchSolver';
import { readTasks } from '../src/engine/tasks/readTasks';
import { loadLine } from './support/load';
import { studentTasks } from './support/studentTasks';
import { arms, learn, orderOf, uniformOrder, type Learned, type World } from './wheel/arms';
import { documentOf, tableOf } from './wheel/document';
import { measure, type ArmOn, type Measured } from './wheel/measure';
import { Parts, type Cost } from './wheel/parts';
import { pictureOf } from './wheel/picture';
import { poolOf } from './wheel/pool';
import { settings, size } from './wheel/settings';
import { Verdicts } from './wheel/verdicts';

/** Of the judge. */
const workers = Number(process.env['FLYWHEEL_BENCH_WORKERS'] ?? 2);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      humaneval: { type: 'string', default: 'HumanEval.jsonl.gz' },
      tasks: { type: 'string', multiple: true },
      cache: { type: 'string' },
      parts: { type: 'string' },
      out: { type: 'string', default: 'out/bench/wheel' },
      publish: { type: 'boolean', default: false },
      seeds: { type: 'string', default: String(size.seeds) },
      arms: { type: 'string' },
    },
  });
  if (!existsSync(values.humaneval)) {
    throw new Error(
      `there is no ${values.humaneval}; name the published file with --humaneval FILE`,
    );
  }
  const engine = new Engine({
    ...{ assetsFolder: path.resolve('dist/assets'), samplesFolder: path.resolve('samples') },
    ...{ journalFile: path.resolve('out/bench/none.db'), version: 'bench', workers },
  });
  const began = performance.now();
  try {
    const syntax = await engine.syntax();
    const judge = await engine.judge();
    const verdicts = new Verdicts(judge, new SearchSolver({ judge, syntax }), values.cache ?? null);
    const { tasks } = await readTasks(values.humaneval, syntax, { skipBad: false });
    const pool = await poolOf(tasks, { verdicts, syntax, ...size.pool });
    const own = async (name: string): Promise<readonly Task[]> => [
      ...(await studentTasks(`bench/data/${name}-python.txt`, 'python')),
      ...(await studentTasks(`bench/data/${name}-javascript.txt`, 'javascript')),
    ];
    const sets: { name: string; tasks: readonly Task[] }[] = [
      { name: 'injected, families held out', tasks: pool.heldOut.map(({ task }) => task) },
      { name: 'real, beginners’ programs', tasks: await own('student') },
      { name: 'real, one-line defects', tasks: await own('defects') },
    ];
    for (const file of values.tasks ?? []) {
      const read = await readTasks(file, syntax, { skipBad: true });
      sets.push({ name: `real, ${path.basename(file)}`, tasks: read.tasks });
    }
    const world: World = {
      ...{ syntax, verdicts, states: new States(syntax, 50_000), training: pool.training },
      ...{ ...size.rounds, settings },
    };
    console.log(
      `${String(pool.training.length)} training tasks; ${sets.map((set) => `${set.name} ${String(set.tasks.length)}`).join('; ')}; ${loadLine()}`,
    );
    const parts = new Parts(values.parts ?? null, [
      ...[settings, size, pool.training.map(({ task }) => task.hash)],
      sets.map((set) => set.tasks.map(({ hash }) => hash)),
    ]);
    const asked = values.arms?.split(',');
    const chosen = arms.filter(({ name }) => asked?.includes(name) ?? true);
    const measured = sets.map(() => [] as ArmOn[]);
    const costs: Cost[] = [];
    const learned = new Map<string, readonly Learned[]>();
    // After every arm, so that what was measured stands though the rest is broken off.
    const tell = (): void => {
      const facts = {
        minutes: costs.reduce((sum, { minutes }) => sum + minutes, 0),
        load: loadLine(),
        asked: costs.reduce((sum, { asked }) => sum + asked, 0),
        judged: costs.reduce((sum, { judged }) => sum + judged, 0),
        training: pool.training.length,
        trainingFamilies: new Set(pool.training.map(({ task }) => task.family)).size,
      };
      const results = sets.map(({ name, tasks: list }, at) => ({
        ...{ name, arms: measured[at] ?? [] },
        families: list.map(({ family }) => family),
      }));
      for (const result of results) console.log(`\n${tableOf(result)}`);
      mkdirSync(values.out, { recursive: true });
      writeFileSync(
        path.join(values.out, 'wheel.json'),
        JSON.stringify({ facts, results, learned: [...learned] }, null, 1),
      );
      const policy = learned.get('learned')?.[0]?.policies.at(-1);
      if (policy) writeFileSync(path.join(values.out, 'policy.json'), JSON.stringify(policy));
      const folder = values.publish ? 'docs' : values.out;
      writeFileSync(path.join(folder, 'wheel.svg'), pictureOf(results));
      writeFileSync(path.join(folder, 'wheel.md'), documentOf(results, learned, facts));
    };
    for (const arm of chosen) {
      const seeds = Math.min(arm.seeds ?? Infinity, Number(values.seeds));
      const bySet: Measured[][] = sets.map(() => []);
      const all: Learned[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const part = await parts.once(`${arm.name} ${String(seed)}`, async () => {
          const [since, asked, judged] = [performance.now(), verdicts.asked, verdicts.judged];
          const one = await learn(arm, seed, world);
          const last = one.policies.at(-1);
          const order =
            arm.name === 'hand' ? null : last ? orderOf(last, syntax) : uniformOrder(seed);
          const results: Measured[] = [];
          for (const set of sets) results.push(await measure(set.tasks, order, world));
          verdicts.flush();
          const cost = {
            minutes: (performance.now() - since) / 60_000,
            asked: verdicts.asked - asked,
            judged: verdicts.judged - judged,
          };
          return { learned: one, results, cost };
        });
        all.push(part.learned);
        costs.push(part.cost);
        for (const [at, result] of part.results.entries()) bySet[at]?.push(result);
        const minutes = ((performance.now() - began) / 60_000).toFixed(1);
        console.log(`${arm.name}, seed ${String(seed)}: after ${minutes} min, ${loadLine()}`);
      }
      learned.set(arm.name, all);
      for (const [at, results] of bySet.entries()) {
        measured[at]?.push({ arm: arm.name, bySeed: results });
      }
      tell();
    }
  } finally {
    await engine.close();
  }
}

void main();
