import { HeldOut } from '../../datasets/curation/heldOut';
import { usualCuration } from '../../datasets/curation/settings';
import { formats } from '../../datasets/formats/formats';
import { rowKinds } from '../../datasets/row';
import { usualRows } from '../../datasets/rows';
import { readVersion } from '../../datasets/version';
import { UserError } from '../../domain/errors';
import { loadTokenCounter } from '../../models/tokens';
import { exportRun } from '../exportRun';
import { artefact } from './artefacts';
import { stepKey, type RoundContext } from './context';
import { drawLessons } from './drawLessons';
import { generationHash, type Generation } from './generation';
import { asInFile, lessonsFileOf, writeLessons } from './lessonsFile';
import { learnedFrom, type Learner, type UpdateAbout, type Updated } from './update';

/**
 * A chat model learns here by lessons, and elsewhere by training: what was verified is written as a
 * dataset with recipes, and once somebody has trained on it the new endpoint is the next generation
 * of the same solver.
 */
export const updateChat: Learner = async (context, about, pairs) => {
  const { goals } = context;
  const { round, generation } = about;
  if (goals.solver.kind !== 'chat') return { generation, replayed: 0, examples: [] };
  const drawn = goals.solver.lessons ? await drawLessons(context, about) : generation.lessons;
  const dataset = pairs.length === 0 ? null : await datasetOf(context, about);
  const endpoint =
    goals.solver.training && dataset !== null
      ? await trainedEndpoint(context, about, dataset.folder)
      : generation.endpoint;
  // What a person changed while the round ran is kept.
  const file = lessonsFileOf(context.engine.journal.file, context.run.id);
  const lessons = await asInFile(file, drawn, generation.lessons);
  await writeLessons(file, lessons);
  const learned = { ...generation, lessons, endpoint };
  const isSame = generationHash(learned) === generationHash(generation);
  return {
    // The number of the round: generations that were rolled back keep theirs.
    generation: isSame ? learned : { ...learned, number: round },
    ...{ replayed: dataset?.replayed ?? 0, examples: [] },
    ...(dataset ? { dataset: dataset.folder } : {}),
  };
};

interface RoundDataset {
  readonly folder: string;
  readonly replayed: number;
}

/** Written once for each round; earlier pairs are mixed in, after they passed again. */
async function datasetOf(context: RoundContext, about: UpdateAbout): Promise<RoundDataset> {
  const { engine, goals, run, signal } = context;
  const { round, heldOut } = about;
  const { options } = engine;
  return run.once(stepKey(round, 'dataset'), {}, async () => {
    const earlier = earlierDataset(context, round) ?? goals.replay.from;
    const folder = artefact(context, `round-${String(round)}.dataset`);
    const format = formats.find(({ name }) => name === 'trl');
    if (!format) throw new Error('there is no format trl');
    const written = await exportRun({
      ...{ journal: engine.journal, syntax: await engine.syntax(), judge: await engine.judge() },
      ...{ runs: learnedFrom(about), folder, format, signal, version: options.version },
      countTokens: (text) => loadTokenCounter(options.assetsFolder).text(text),
      parent: earlier === undefined ? null : await readVersion(earlier),
      ...{ isolation: engine.exportIsolation, concurrency: engine.workers, editorModels: false },
      heldOut: new HeldOut(heldOut),
      heldOutFiles: [],
      curation: {
        ...usualCuration,
        ...{ seed: goals.seed, perTask: goals.perTask, replayShare: goals.replay.share },
      },
      rows: { ...usualRows, kinds: rowKinds.filter((kind) => kind !== 'dialogue') },
      progress: ({ done, total }) => run.note({ done, total }),
    });
    const { records } = await readVersion(folder);
    return { folder: written.out, replayed: records.filter(({ isReplay }) => isReplay).length };
  });
}

function earlierDataset({ engine, run }: RoundContext, round: number): string | undefined {
  return engine.journal
    .effects(run.id, [stepKey(0, 'update').kind])
    .filter(({ sample }) => sample < round)
    .map(({ value }) => (value as Updated).dataset)
    .findLast((folder) => folder !== undefined);
}

/** The endpoint that somebody named after training on the data of the round, kept from then on. */
async function trainedEndpoint(
  { run, next }: RoundContext,
  { round, generation }: UpdateAbout,
  dataset: string,
): Promise<Generation['endpoint']> {
  return run.once(stepKey(round, 'endpoint'), {}, () => {
    const isNew =
      next !== undefined &&
      (next.model !== generation.endpoint?.model || next.baseUrl !== generation.endpoint.baseUrl);
    if (!isNew) throw awaitsTraining(round, dataset);
    return Promise.resolve(next);
  });
}

function awaitsTraining(round: number, dataset: string): UserError {
  return new UserError({
    code: 'awaitsTraining',
    message: `Round ${String(round)} waits for the next generation: train on ${dataset}, whose recipes folder tells how, and serve the result`,
    mend: 'The same command with --next-model NAME, and --next-base-url URL where it answers elsewhere, goes on.',
    exitCode: 4,
  });
}
