import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { minus, nothing, passed, plus, type Spend, spendOf } from './spend';
import type { Holder, SpendFile, SpendState } from './spendFile';

/** What a process takes ahead of need, of what it has reserved and of a limit: most reservations touch no file. */
const ahead = { ofReserved: 1 / 4, ofLimit: 1 / 64 } as const;
/** A holder that has told nothing for so long is taken for gone; one that is there tells in time. */
const goneMs = 60_000;
const refreshMs = 20_000;

export type Reserved =
  | { readonly kind: 'reserved' }
  /** Calls in flight, here or elsewhere, hold what is left: it may come back. */
  | { readonly kind: 'wait' }
  /** Even if nothing were in flight it would not fit. */
  | { readonly kind: 'exhausted'; readonly key: keyof Spend };

/**
 * One budget, shared by all processes that use the same file. What is reserved here never
 * exceeds what the file says that this process holds, limit or not, and the file never gives out
 * more than the limit. What a killed process held counts as spent.
 */
export class Account {
  private readonly id = randomUUID();
  /** What the file says that this process holds. */
  private held = nothing;
  /** Reserved by calls in flight. */
  private reserved = nothing;
  /** Spent since the file was last told. */
  private untold = nothing;
  private told = nothing;
  private inFlight = 0;
  private busySince = 0;
  private toldAt = 0;

  constructor(
    private readonly file: SpendFile | null,
    private readonly limits: Spend,
    private readonly now: () => number = Date.now,
  ) {
    if (file) this.told = this.settled(file.read()).spent;
  }

  /** All that was spent, by every process, as far as it is known here. */
  get spent(): Spend {
    return plus(this.told, plus(this.untold, this.busy()));
  }

  /** Milliseconds of work that are left; infinite where there is no limit. */
  get wallMsLeft(): number {
    return this.limits.wallMs - this.spent.wallMs;
  }

  reserve(need: Spend): Reserved {
    if (this.wallMsLeft <= 0) return { kind: 'exhausted', key: 'wallMs' };
    const wanted = plus(this.reserved, need);
    if (passed(callsOf(plus(wanted, this.untold)), this.held) !== null) {
      const answer = this.file ? this.takeFrom(this.file, need) : this.compare(need);
      if (answer.kind !== 'reserved') return answer;
    }
    this.reserved = wanted;
    if (this.inFlight++ === 0) this.busySince = this.now();
    return { kind: 'reserved' };
  }

  /** A call has ended: what was reserved for it is free but for what it spent. */
  settle(need: Spend, spent: Spend): void {
    if (--this.inFlight === 0) {
      this.untold = plus(this.untold, { ...nothing, wallMs: this.now() - this.busySince });
    }
    this.reserved = minus(this.reserved, need);
    this.untold = plus(this.untold, spent);
  }

  /** Tells the file what was spent, and gives back what is not needed now. */
  tell(): void {
    if (this.inFlight > 0) {
      this.untold = plus(this.untold, this.busy());
      this.busySince = this.now();
    }
    if (!this.file) {
      this.told = plus(this.told, this.untold);
      this.untold = nothing;
      return;
    }
    const isOld = this.now() - this.toldAt > refreshMs && passed(this.held, nothing) !== null;
    const isTold =
      passed(this.untold, nothing) === null && passed(this.held, this.reserved) === null;
    if (!isTold || isOld) this.update(this.file, this.reserved);
  }

  private compare(need: Spend): Reserved {
    const spent = plus(this.told, this.untold);
    const exhausted = passed(plus(spent, need), this.limits);
    if (exhausted) return { kind: 'exhausted', key: exhausted };
    const waits = passed(plus(spent, plus(this.reserved, need)), this.limits);
    return waits ? { kind: 'wait' } : { kind: 'reserved' };
  }

  private takeFrom(file: SpendFile, need: Spend): Reserved {
    let answer: Reserved = { kind: 'wait' };
    const wanted = plus(this.reserved, need);
    this.update(file, (spent, others) => {
      // Asked again where another process was quicker: what was found before holds no more.
      answer = { kind: 'wait' };
      const exhausted = passed(plus(spent, need), this.limits);
      if (exhausted) answer = { kind: 'exhausted', key: exhausted };
      const taken = plus(spent, others);
      if (exhausted || passed(plus(taken, wanted), this.limits)) return this.reserved;
      answer = { kind: 'reserved' };
      const left = minus(this.limits, plus(taken, wanted));
      return plus(wanted, takenAhead(wanted, this.limits, left));
    });
    return answer;
  }

  private update(file: SpendFile, hold: Spend | ((spent: Spend, others: Spend) => Spend)): void {
    let held = nothing;
    const state = file.change((before) => {
      const { spent, holders } = this.settled(before);
      const others = Object.values(holders).reduce(
        (sum, holder) => plus(sum, holder.held),
        nothing,
      );
      held = typeof hold === 'function' ? hold(spent, others) : hold;
      if (passed(held, nothing) === null) return { spent, holders };
      const mine: Holder = { host: hostname(), process: process.pid, at: this.now(), held };
      return { spent, holders: { ...holders, [this.id]: mine } };
    });
    this.held = held;
    this.untold = nothing;
    this.told = state.spent;
    this.toldAt = this.now();
  }

  /** A state with what was spent here, without this process, and what the gone ones held as spent. */
  private settled(before: SpendState): SpendState {
    let spent = plus(before.spent, this.untold);
    const holders: Record<string, Holder> = {};
    for (const [id, holder] of Object.entries(before.holders)) {
      if (id === this.id) continue;
      if (isThere(holder, this.now())) holders[id] = holder;
      else spent = plus(spent, holder.held);
    }
    return { spent, holders };
  }

  private busy(): Spend {
    return this.inFlight === 0 ? nothing : { ...nothing, wallMs: this.now() - this.busySince };
  }
}

/** A part of what is reserved for reservations to come, and no more than a small part of a limit. */
function takenAhead(reserved: Spend, limits: Spend, left: Spend): Spend {
  return spendOf((key) =>
    Math.floor(
      Math.min(left[key], limits[key] * ahead.ofLimit, callsOf(reserved)[key] * ahead.ofReserved),
    ),
  );
}

/** Without the time, which is counted as it passes and reserved by no call. */
function callsOf(spend: Spend): Spend {
  return { ...spend, wallMs: 0 };
}

function isThere(holder: Holder, now: number): boolean {
  if (Math.abs(now - holder.at) > goneMs) return false;
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.process, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
