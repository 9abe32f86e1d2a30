import type { Opened } from './attempt';

/** Attempts that give the same on every test: so many are gone on from, for diversity. */
const mostPerBehaviour = 3;
const maxOpened = 256;
const maxAside = 256;
/** One more edit must bring the tests at least so much nearer to be as welcome. */
const perEdit = 0.05;
/** An attempt that was gone on from so often without fruit counts as farther by 1. */
const patience = 800;

/**
 * Judged attempts that are worth another edit, the most promising first: by the distance of what
 * they give from what is expected, the number of their edits, and how much was tried already.
 */
export class Frontier {
  private opened: Opened[] = [];
  private aside: Opened[] = [];
  private readonly perBehaviour = new Map<string, number>();

  add(attempt: Opened): void {
    const { behaviour } = attempt.outcome;
    const known = this.perBehaviour.get(behaviour) ?? 0;
    if (known >= mostPerBehaviour) return this.setAside(attempt);
    this.perBehaviour.set(behaviour, known + 1);
    this.opened.push(attempt);
    if (this.opened.length > maxOpened) this.remove(this.worst());
  }

  /** Keeps one for when nothing better is left: as many as there is room for, the nearest first. */
  setAside(attempt: Opened): void {
    this.aside.push(attempt);
    if (this.aside.length < 2 * maxAside) return;
    this.aside = this.aside.sort((a, b) => costOf(a) - costOf(b)).slice(0, maxAside);
  }

  /** Takes up the nearest of what was set aside; false where there is none. */
  reopen(): boolean {
    const nearest = this.aside.reduce<Opened | undefined>(nearer, undefined);
    if (!nearest) return false;
    this.aside = this.aside.filter((one) => one !== nearest);
    this.opened.push(nearest);
    return true;
  }

  /** The one to go on from; undefined where there is none. */
  best(): Opened | undefined {
    return this.opened.reduce<Opened | undefined>(nearer, undefined);
  }

  remove(one: Opened | undefined): void {
    this.opened = this.opened.filter((other) => other !== one);
  }

  private worst(): Opened | undefined {
    return this.opened.reduce<Opened | undefined>(
      (worst, one) => (!worst || costOf(one) >= costOf(worst) ? one : worst),
      undefined,
    );
  }
}

function nearer(best: Opened | undefined, one: Opened): Opened {
  return !best || costOf(one) < costOf(best) ? one : best;
}

function costOf({ outcome, attempt, tried }: Opened): number {
  return outcome.distance + perEdit * attempt.edits.length + tried / patience;
}
