import { UserError } from '../domain/errors';
import { HeldOut } from '../datasets/curation/heldOut';
import { usualCuration } from '../datasets/curation/settings';
import { formats } from '../datasets/formats/formats';
import { rowKinds, type RowKind } from '../datasets/row';
import { usualRows } from '../datasets/rows';
import { readVersion } from '../datasets/version';
import { hashFile } from '../files/hashFile';
import { loadTokenCounter } from '../models/tokens';
import { readTasks } from '../tasks/readTasks';
import type { Engine } from './engine';
import { exportRun } from './exportRun';
import { refuseMissingLayers } from './refuseUnjudged';
import { sandboxesFor } from './sandboxesFor';
import type { ConfirmExport, ExportRequest, ExportResult, ProgressListener } from './workbench';

/** A dialogue is the last of the rows that RISE makes of a trajectory: only where it is asked for. */
const usualKinds: readonly RowKind[] = rowKinds.filter((kind) => kind !== 'dialogue');

/** Reads what a request names, and makes the dataset. Throws UserError for what cannot be. */
export async function exportDataset(
  engine: Engine,
  request: ExportRequest,
  progress: ProgressListener,
  signal: AbortSignal,
  confirm?: ConfirmExport,
): Promise<ExportResult> {
  const { journal, options } = engine;
  const format = formats.find(({ name }) => name === (request.format ?? 'trl'));
  if (!format) {
    const known = formats.map(({ name }) => name).join(', ');
    throw badRequest(`there is no format ${String(request.format)}; there are ${known}`);
  }
  if (request.runs.length === 0) throw badRequest('no run is named');
  const runs = [...new Set(request.runs)];
  for (const run of runs) journal.run(run);
  const syntax = await engine.syntax();
  const heldOutFiles = await Promise.all(
    (request.heldOut ?? []).map(async (file) => {
      const { tasks } = await readTasks(file, syntax);
      const { sha256 } = await hashFile(file);
      return { file, sha256, tasks };
    }),
  );
  const parent = request.parent === undefined ? null : await readVersion(request.parent);
  if (format.takes !== 'answers') {
    await refuseMissingLayers(
      engine,
      runs.flatMap((run) => journal.tasksOf(run).flatMap(sandboxesFor)),
    );
  }
  return exportRun({
    ...{ journal, syntax, runs, format, parent, progress, signal },
    ...(confirm ? { confirm } : {}),
    judge: await engine.judge(),
    countTokens: (text) => loadTokenCounter(options.assetsFolder).text(text),
    folder: request.out,
    version: options.version,
    concurrency: engine.workers,
    isolation: request.isolation ?? engine.exportIsolation,
    heldOut: new HeldOut(heldOutFiles.flatMap(({ tasks }) => tasks)),
    heldOutFiles: heldOutFiles.map(({ tasks, ...file }) => ({ ...file, tasks: tasks.length })),
    editorModels: request.editorModels === true,
    curation: {
      seed: request.seed ?? usualCuration.seed,
      perTask: request.perTask ?? usualCuration.perTask,
      similarity: request.similarity ?? usualCuration.similarity,
      difficulty: request.difficulty ?? usualCuration.difficulty,
      licences: request.licences?.map((name) => name.toLowerCase()) ?? null,
      sources: request.sources ?? null,
      replayShare: request.replay ?? usualCuration.replayShare,
    },
    rows: {
      ...usualRows,
      kinds: request.rowKinds ?? usualKinds,
      riseCriterion: request.riseCriterion ?? usualRows.riseCriterion,
    },
  });
}

function badRequest(message: string): UserError {
  return new UserError({ code: 'badUsage', message, mend: 'npx flywheel export --list-formats' });
}
