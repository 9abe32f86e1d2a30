import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../domain/errors';
import { writeProblem } from '../files/atomicWrite';
import { nothing, type Spend } from './spend';

/** What one process holds of a budget that it has not told as spent. */
export interface Holder {
  readonly host: string;
  readonly process: number;
  readonly at: number;
  readonly held: Spend;
}

export interface SpendState {
  readonly spent: Spend;
  readonly holders: Readonly<Record<string, Holder>>;
}

/** Older states are kept so long: a process that read one of them still finds it. */
const statesKept = 64;
const mostTries = 400;

const amount = z.number().min(0);
const spendSchema = z.strictObject({
  nanoUsd: amount,
  tokens: amount,
  calls: amount,
  wallMs: amount,
  unpricedCalls: amount,
});
const stateSchema = z.strictObject({
  format: z.literal(1),
  /** Marks of the last changes, by which one that was made is known again. */
  recent: z.array(z.string()).max(2 * statesKept),
  spent: spendSchema,
  holders: z.record(
    z.string(),
    z.strictObject({ host: z.string(), process: z.number(), at: z.number(), held: spendSchema }),
  ),
});
type Stored = z.infer<typeof stateSchema>;

/**
 * A spend that processes share, as numbered files in a folder. A change writes the next number,
 * which only one process can; another reads again and tries again. So there is no lock that a
 * killed process could leave behind, and no change is lost or seen in half.
 */
export class SpendFile {
  constructor(readonly folder: string) {}

  read(): SpendState {
    return this.latest().state;
  }

  /** Applies a change, once, to the newest state. Throws a UserError where it cannot be kept. */
  change(next: (state: SpendState) => SpendState): SpendState {
    for (let tries = 0; tries < mostTries; tries++) {
      const { number, state } = this.latest();
      const changed = next(state);
      if (changed === state) return state;
      if (this.commit(number, state.recent, changed)) return changed;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + Math.random() * 4);
    }
    throw unusable(this.folder, 'it is changed by others all the time');
  }

  private commit(number: number, recent: readonly string[], changed: SpendState): boolean {
    const mark = randomUUID().slice(0, 8);
    const temporary = path.join(this.folder, `${mark}.tmp`);
    const stored: Stored = {
      format: 1,
      recent: [...recent, mark].slice(-2 * statesKept),
      spent: changed.spent,
      holders: { ...changed.holders },
    };
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, JSON.stringify(stored));
      linkSync(temporary, this.fileOf(number + 1));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw writeProblem(this.folder, error);
    } finally {
      rmSync(temporary, { force: true });
    }
    this.forget(number + 1 - statesKept);
    // Its number was free where others came meanwhile and were forgotten, so it counts only where
    // the newest state was built upon it. That the one before it is there tells nothing: another
    // process that was as late may have written it.
    return this.latest().state.recent.includes(mark);
  }

  private latest(): { number: number; state: Stored } {
    for (let tries = 0; tries < mostTries; tries++) {
      const numbers = this.numbers();
      if (numbers.length === 0) {
        return { number: 0, state: { format: 1, recent: [], spent: nothing, holders: {} } };
      }
      // A torn file is what a loss of power leaves; the one before it is whole.
      for (const number of numbers.slice(0, 8)) {
        const state = this.parse(number);
        if (state === 'gone') break;
        if (state !== 'torn') return { number: numbers[0] ?? number, state };
      }
    }
    throw unusable(this.folder, 'it cannot be read');
  }

  private parse(number: number): Stored | 'torn' | 'gone' {
    try {
      return stateSchema.parse(JSON.parse(readFileSync(this.fileOf(number), 'utf8')));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return 'torn';
      // Forgotten since the folder was read: there are newer ones.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'gone';
      throw unusable(this.folder, `it cannot be read (${messageOf(error)})`);
    }
  }

  /** Newest first. */
  private numbers(): number[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .map((name) => Number(/^(\d{9})\.json$/.exec(name)?.[1]))
      .filter((number) => !Number.isNaN(number))
      .sort((a, b) => b - a);
  }

  private forget(upTo: number): void {
    for (const number of this.numbers().reverse()) {
      if (number > upTo) return;
      rmSync(this.fileOf(number), { force: true });
    }
  }

  private fileOf(number: number): string {
    return path.join(this.folder, `${String(number).padStart(9, '0')}.json`);
  }
}

function unusable(folder: string, why: string): UserError {
  return new UserError({
    code: 'spendUnusable',
    message: `${folder}: what was spent is kept here, and ${why}`,
    mend: 'Close other windows and commands. If it stays so, remove the folder: the spend of its run or day begins at nothing again.',
    exitCode: 3,
  });
}
