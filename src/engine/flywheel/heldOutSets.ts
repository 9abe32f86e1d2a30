import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import { looked, setHash, type HeldOutSet } from '../evaluation/heldOut';
import { writeWhole } from '../files/atomicWrite';
import { jsonOf } from '../files/json';

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
