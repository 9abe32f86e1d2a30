import { structureOf } from '../../similarity/structure';

/** Fewer runs stand in programs of many authors; so few must all be there, more in part. */
const fewRuns = 2;
const manyRuns = 12;
const nearlyAll = 0.8;
const half = 0.5;

interface Held {
  readonly task: string;
  readonly runs: number;
}

/**
 * Programs by their structure: found again whatever their names, comments and layout, and with some
 * statements changed or other code around them. What a program shares is measured against the held
 * one: half of a long one, nearly all of a short one. Programs of less than about fourteen tokens
 * are not told apart by structure.
 */
export class StructureIndex {
  private readonly held: Held[] = [];
  private readonly byRun = new Map<number, number[]>();

  add(task: string, program: string, language: string): void {
    const runs = structureOf(program, language);
    if (runs.size < fewRuns) return;
    const place = this.held.push({ task, runs: runs.size }) - 1;
    for (const run of runs) {
      const places = this.byRun.get(run);
      if (places) places.push(place);
      else this.byRun.set(run, [place]);
    }
  }

  /** The task of the first held program whose structure stands in this one, and the share of it. */
  find(
    program: string,
    language: string,
  ): { readonly task: string; readonly share: number } | null {
    if (this.held.length === 0) return null;
    const shared = new Map<number, number>();
    for (const run of structureOf(program, language)) {
      for (const place of this.byRun.get(run) ?? []) {
        shared.set(place, (shared.get(place) ?? 0) + 1);
      }
    }
    for (const [place, both] of shared) {
      const held = this.held[place];
      if (!held) continue;
      const share = both / held.runs;
      if (share >= (held.runs < manyRuns ? nearlyAll : half)) return { task: held.task, share };
    }
    return null;
  }
}
