import type { BuildProblem } from './build';
import type { BuiltFolder } from './builtFiles';

const maxBuilds = 24;

interface Kept {
  readonly made: Promise<BuiltFolder | BuildProblem>;
  users: number;
}

/**
 * What was built of programs, for as long as one is used and a while after: a program is judged on
 * visible and on hidden tests one after the other. At most `maxBuilds` unused ones are kept.
 */
export class BuildStore {
  private readonly kept = new Map<string, Kept>();

  /** What is kept under the key, else what `make` gives. A folder must be given back. */
  async take(
    key: string,
    make: () => Promise<BuiltFolder | BuildProblem>,
  ): Promise<BuiltFolder | BuildProblem> {
    const known = this.kept.get(key) ?? { made: make(), users: 0 };
    // The one used last is the last to go.
    this.kept.delete(key);
    this.kept.set(key, known);
    known.users++;
    try {
      const built = await known.made;
      if ('end' in built) this.forget(key, known);
      return built;
    } catch (error) {
      this.forget(key, known);
      throw error;
    }
  }

  async giveBack(key: string): Promise<void> {
    const kept = this.kept.get(key);
    if (kept) kept.users--;
    for (const [oldest, { users, made }] of this.kept) {
      if (this.kept.size <= maxBuilds) return;
      if (users > 0) continue;
      this.kept.delete(oldest);
      await removed(made);
    }
  }

  async close(): Promise<void> {
    const all = [...this.kept.values()];
    this.kept.clear();
    await Promise.all(all.map(({ made }) => removed(made)));
  }

  private forget(key: string, kept: Kept): void {
    if (this.kept.get(key) === kept) this.kept.delete(key);
  }
}

async function removed(made: Promise<BuiltFolder | BuildProblem>): Promise<void> {
  const built = await made.catch(() => null);
  if (built && 'path' in built) await built.remove();
}
