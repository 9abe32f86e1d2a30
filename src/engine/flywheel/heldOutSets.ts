import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import { isAboutProgram, type Verdict } from '../domain/verdict';
import { looked, setHash, type HeldOutSet, type Trained } from '../evaluation/heldOut';
import { writeWhole } from '../files/atomicWrite';
import { jsonOf } from '../files/json';
import type { Journal } from '../journal/journal';

const format = 'flywheel-held-out-1';

const schema = z.object({
  format: z.literal(format),
  sets: z.array(
    z.object({
      name: z.string(),
      hash: z.string(),
      tasks: z.array(z.string()),
      frozenAt: z.string(),
      looks: z.array(z.object({ of: z.string(), at: z.string() })),
    }),
  ),
});

/** The held-out sets of a workspace: `held-out.json` beside its journal. */
export class HeldOutSets {
  private constructor(
    private readonly file: string,
    private sets: readonly HeldOutSet[],
  ) {}

  /** No file is no set. A file that is none of ours is an error, never written over. */
  static async open(journalFile: string): Promise<HeldOutSets> {
    const file = path.join(path.dirname(journalFile), 'held-out.json');
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return new HeldOutSets(file, []);
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success && parsed.data.sets.every(({ tasks, hash }) => setHash(tasks) === hash)) {
      return new HeldOutSets(file, parsed.data.sets);
    }
    throw new UserError({
      code: 'badHeldOut',
      message: parsed.success
        ? `${file}: the hash of a set does not fit its tasks; it was changed after it was frozen`
        : `${file}: is not a list of held-out sets`,
      mend: 'Put the file back as it was, or move it away and freeze anew.',
    });
  }

  all(): readonly HeldOutSet[] {
    return this.sets;
  }

  /** Freezes tasks under a name. The same tasks again are no change; others are refused. */
  async freeze(name: string, tasks: readonly Task[], now: Date): Promise<void> {
    const hashes = [...new Set(tasks.map((task) => task.hash))].sort();
    const hash = setHash(hashes);
    const known = this.sets.find((set) => set.name === name);
    if (known?.hash === hash) return;
    if (known) {
      throw new UserError({
        code: 'frozen',
        message: `The held-out set ${name} is frozen with other tasks`,
        mend: 'Use another name.',
      });
    }
    const set = { name, hash, tasks: hashes, frozenAt: now.toISOString(), looks: [] };
    await this.write([...this.sets, set]);
  }

  /** Notes that something was measured on these tasks; the set that they are, if they are one. */
  async look(tasks: readonly Task[], of: string, now: Date): Promise<HeldOutSet | null> {
    const hash = setHash(tasks.map((task) => task.hash));
    const next = this.sets.map((set) =>
      set.hash === hash ? looked(set, of, now.toISOString()) : set,
    );
    if (next.some((set, place) => set !== this.sets[place])) await this.write(next);
    return next.find((set) => set.hash === hash) ?? null;
  }

  private async write(sets: readonly HeldOutSet[]): Promise<void> {
    this.sets = sets;
    await writeWhole(this.file, `${JSON.stringify({ format, sets }, null, 2)}\n`);
  }
}

const maxDatasets = 1000;

const manifestSchema = z.looseObject({
  pairs: z.array(
    z.looseObject({
      task: z.string(),
      family: z.string().optional(),
      evidence: z.looseObject({ verificationRun: z.string().optional() }).optional(),
    }),
  ),
});

/**
 * What was exported for training before a time: by the manifests in `datasets/` beside the journal
 * and of runs, and by the verifications that every export leaves in the journal, wherever it went.
 */
export async function trainedBefore(journal: Journal, before: number): Promise<Trained[]> {
  const own = path.join(path.dirname(journal.file), 'datasets');
  const names = await readdir(own, { recursive: true }).catch(() => []);
  const inOwn = names
    .filter((name) => path.basename(name) === 'manifest.json')
    .map((name) => path.dirname(path.join(own, name)));
  const runs = journal.runs();
  const ofRuns = runs.flatMap(({ facts }) => facts.dataset ?? []);
  const folders = [...new Set([...inOwn, ...ofRuns].map((one) => path.resolve(one)))];
  const verified = new Set<string>();
  const trained: Trained[] = [];
  for (const folder of folders.slice(0, maxDatasets)) {
    const manifest = await readManifest(folder);
    if (!manifest) continue;
    for (const { evidence } of manifest.pairs) {
      if (evidence?.verificationRun !== undefined) verified.add(evidence.verificationRun);
    }
    if (manifest.writtenAt >= before) continue;
    trained.push({
      dataset: path.relative(process.cwd(), folder) || folder,
      tasks: new Set(manifest.pairs.map(({ task }) => task)),
      families: new Set(manifest.pairs.flatMap(({ family }) => family ?? [])),
    });
  }
  for (const { id, startedAt, title } of runs.filter(({ kind }) => kind === 'verify')) {
    if (startedAt >= before || verified.has(id)) continue;
    const passed = journal
      .effects(id, ['verify'])
      .filter(
        ({ value }) => isAboutProgram(value as Verdict) && (value as Verdict).status === 'passed',
      );
    if (passed.length === 0) continue;
    const tasks = new Set(passed.map(({ task }) => task));
    const families = new Set([...tasks].flatMap((hash) => journal.task(hash)?.family ?? []));
    trained.push({ dataset: title.replace('verification', 'export'), tasks, families });
  }
  return trained;
}

async function readManifest(folder: string) {
  const file = path.join(folder, 'manifest.json');
  try {
    const { mtimeMs } = await stat(file);
    const parsed = manifestSchema.safeParse(jsonOf(await readFile(file, 'utf8')));
    return parsed.success ? { ...parsed.data, writtenAt: mtimeMs } : null;
  } catch {
    return null;
  }
}
