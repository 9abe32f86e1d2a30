import path from 'node:path';
import { readdir, rm, stat } from 'node:fs/promises';
import { budgetStopText, type BudgetStop } from '../domain/budgetStop';
import { UserError } from '../domain/errors';
import { sha256 } from '../domain/hash';
import { Account } from './account';
import { type Price, nanoPerUsd } from './prices';
import { nothing, type Spend } from './spend';
import { SpendFile } from './spendFile';

/** Hard bounds. What is left out has none. */
export interface BudgetLimits {
  readonly maxUsd?: number;
  /** Of prompts and replies together. */
  readonly maxTokens?: number;
  readonly maxCalls?: number;
  /** Time in which at least one call is in flight. */
  readonly maxWallMs?: number;
}

export interface BudgetOptions {
  /** The person's own folder for state, shared by all workspaces. */
  readonly stateFolder: string;
  /** Names the run whose spend is kept across restarts; without it, it is kept in memory. */
  readonly run?: string;
  readonly perRun?: BudgetLimits;
  readonly perDay?: BudgetLimits;
  readonly now?: () => number;
}

/** What was spent, by all processes that share the budget. */
export interface Spent {
  /** Null where the price of some call was not known. */
  readonly usd: number | null;
  readonly tokens: number;
  readonly calls: number;
  readonly wallMs: number;
}

export type Reservation =
  | {
      readonly kind: 'reserved';
      /** The call must have ended by then; infinite where no limit stands. */
      readonly wallMsLeft: number;
      /** What to say where a call was ended because that time was over. */
      wallOver(): string;
      /** Ends the reservation, once; more calls of it do nothing. */
      settle(spent: Spend): void;
    }
  | { readonly kind: 'budget'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/**
 * What a run has spent by its file, calls that were in flight in a killed process at the most that
 * they could use. Null where nothing is known of it.
 */
export function spentInRun(stateFolder: string, run: string): Spent | null {
  try {
    return told(new Account(spendFileOf(path.join(stateFolder, 'spend'), run), limitsOf({})).spent);
  } catch {
    // Told by the next reservation, which needs to know.
    return null;
  }
}

/** What a killed process held too much counts as spent, so it is not kept for long. */
const tellMs = 250;
/** How often a call that waits for others looks again; they may be of another process. */
const lookAgainMs = 250;
const dayFoldersKeptMs = 40 * 24 * 3600 * 1000;
const runFoldersKeptMs = 400 * 24 * 3600 * 1000;

/**
 * The budgets of a run and of a day, hard: what a call can use at most is reserved in both
 * before it is made and settled after. Several models may share one. Call `close` at the end.
 * Fails with a UserError where the folder cannot be used.
 */
export async function openBudgets(options: BudgetOptions): Promise<Budgets> {
  const folder = path.join(options.stateFolder, 'spend');
  await forgetOld(path.join(folder, 'days'), dayFoldersKeptMs);
  await forgetOld(path.join(folder, 'runs'), runFoldersKeptMs);
  return new Budgets(folder, options);
}

export class Budgets {
  private readonly perRun: Account;
  private readonly days = new Map<string, Account>();
  private readonly now: () => number;
  private readonly timer: NodeJS.Timeout;
  /** Waiting calls, in order: the first is served first. */
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly folder: string,
    private readonly options: BudgetOptions,
  ) {
    this.now = options.now ?? Date.now;
    const { run } = options;
    const file = run === undefined ? null : spendFileOf(folder, run);
    this.perRun = new Account(file, limitsOf(options.perRun), this.now);
    this.timer = setInterval(() => this.tellQuietly(), tellMs);
    this.timer.unref();
  }

  /** A bound in money needs a price: without one this is a UserError, before anything is sent. */
  checkPrice(price: Price | null, model: string): void {
    const { perRun, perDay } = this.options;
    if (price !== null || (perRun?.maxUsd === undefined && perDay?.maxUsd === undefined)) return;
    throw new UserError({
      code: 'unknownPrice',
      message: `A budget in dollars was given, and the price of ${model} is not known`,
      mend: 'Add its price to your price file, or give the budget in tokens.',
    });
  }

  /** Whether any bound is in tokens or money: what only an endpoint can tell. */
  get boundsUsage(): boolean {
    const { perRun, perDay } = this.options;
    return [perRun, perDay].some(
      (limits) => limits?.maxUsd !== undefined || limits?.maxTokens !== undefined,
    );
  }

  /**
   * Reserves what a call can use at most, waiting for calls in flight where they hold what it
   * needs; `need` is asked again after each wait, for what was learned meanwhile. `budget` where
   * it would not fit even without them.
   */
  async reserve(need: () => Spend, signal: AbortSignal): Promise<Reservation> {
    if (signal.aborted) return { kind: 'cancelled' };
    if (this.waiting === 0) {
      const answer = this.tryBoth(need);
      if (answer !== 'wait') return answer;
    }
    this.waiting++;
    const before = this.queue;
    const served = (async () => {
      await before;
      return await this.serve(need, signal);
    })();
    this.queue = served.catch(() => undefined);
    // What was cancelled while others are served before it takes nothing when its turn comes.
    try {
      return await Promise.race([served, cancelledBy(signal)]);
    } finally {
      this.waiting--;
    }
  }

  /**
   * Reserves more for a call in flight that takes more than was expected, without waiting; null
   * where it does not fit now. To be settled with `nothing` after the call itself.
   */
  more(need: Spend): { settle(): void } | null {
    const answer = this.tryBoth(() => need);
    if (answer === 'wait' || answer.kind !== 'reserved') return null;
    return { settle: () => answer.settle(nothing) };
  }

  spentByRun(): Spent {
    return told(this.perRun.spent);
  }

  spentToday(): Spent {
    return told(this.today().spent);
  }

  /** Writes down what was spent and gives back what was held. */
  close(): void {
    clearInterval(this.timer);
    this.tell();
  }

  private async serve(need: () => Spend, signal: AbortSignal): Promise<Reservation> {
    for (;;) {
      if (signal.aborted) return { kind: 'cancelled' };
      const answer = this.tryBoth(need);
      if (answer !== 'wait') return answer;
      await this.somethingSettled(signal);
    }
  }

  private tryBoth(ask: () => Spend): Reservation | 'wait' {
    const need = ask();
    const { perRun } = this;
    const perDay = this.today();
    const ofRun = perRun.reserve(need);
    if (ofRun.kind === 'exhausted') return exhausted(ofRun.key, 'run', this.options.perRun);
    if (ofRun.kind === 'wait') return 'wait';
    const ofDay = perDay.reserve(need);
    if (ofDay.kind !== 'reserved') {
      perRun.settle(need, nothing);
      return ofDay.kind === 'wait' ? 'wait' : exhausted(ofDay.key, 'day', this.options.perDay);
    }
    let isSettled = false;
    return {
      kind: 'reserved',
      wallMsLeft: Math.min(perRun.wallMsLeft, perDay.wallMsLeft),
      wallOver: () => this.wallOver(perRun.wallMsLeft <= perDay.wallMsLeft ? 'run' : 'day'),
      settle: (spent) => {
        if (isSettled) return;
        isSettled = true;
        perRun.settle(need, spent);
        perDay.settle(need, spent);
        this.wake();
      },
    };
  }

  private wallOver(scope: 'run' | 'day'): string {
    const { perRun, perDay } = this.options;
    const limit = boundOf('wallMs', scope === 'run' ? perRun : perDay);
    return budgetStopText({ scope, ...limit, isCut: true });
  }

  private today(): Account {
    const day = dayOf(this.now());
    let account = this.days.get(day);
    if (!account) {
      const file = new SpendFile(path.join(this.folder, 'days', day));
      account = new Account(file, limitsOf(this.options.perDay), this.now);
      this.days.set(day, account);
    }
    return account;
  }

  private async somethingSettled(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', go);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(go, lookAgainMs);
      signal.addEventListener('abort', go, { once: true });
      this.wake = go;
    });
  }

  private tell(): void {
    this.perRun.tell();
    for (const account of this.days.values()) account.tell();
  }

  private tellQuietly(): void {
    try {
      this.tell();
    } catch {
      // A full disk is told by the next reservation, and by `close`; nothing is forgotten.
    }
  }
}

function spendFileOf(folder: string, run: string): SpendFile {
  return new SpendFile(path.join(folder, 'runs', sha256(run).slice(0, 32)));
}

function cancelledBy(signal: AbortSignal): Promise<Reservation> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }), { once: true });
  });
}

function limitsOf(limits: BudgetLimits | undefined): Spend {
  const { maxUsd, maxTokens, maxCalls, maxWallMs } = limits ?? {};
  const each = { maxUsd, maxTokens, maxCalls, maxWallMs };
  for (const [name, limit] of Object.entries(each)) {
    if (limit === undefined || (limit >= 0 && !Number.isNaN(limit))) continue;
    throw new UserError({
      code: 'badBudget',
      message: `${name} must be 0 or more, not ${String(limit)}`,
    });
  }
  return {
    nanoUsd: Math.floor((maxUsd ?? Infinity) * nanoPerUsd),
    tokens: maxTokens ?? Infinity,
    calls: maxCalls ?? Infinity,
    wallMs: maxWallMs ?? Infinity,
    unpricedCalls: Infinity,
  };
}

function exhausted(
  key: keyof Spend,
  scope: 'run' | 'day',
  limits: BudgetLimits | undefined,
): Reservation {
  if (key === 'unpricedCalls') {
    const reason = `the next call could pass the bound of the ${scope}: calls without a price`;
    return { kind: 'budget', reason };
  }
  const limit = boundOf(key, limits);
  return { kind: 'budget', reason: budgetStopText({ scope, ...limit, isCut: false }) };
}

function boundOf(
  key: Exclude<keyof Spend, 'unpricedCalls'>,
  limits: BudgetLimits | undefined,
): Pick<BudgetStop, 'bound' | 'limit'> {
  switch (key) {
    case 'nanoUsd':
      return { bound: 'dollars', limit: limits?.maxUsd ?? 0 };
    case 'tokens':
      return { bound: 'tokens', limit: limits?.maxTokens ?? 0 };
    case 'calls':
      return { bound: 'calls', limit: limits?.maxCalls ?? 0 };
    case 'wallMs':
      return { bound: 'minutes', limit: minutesOf(limits?.maxWallMs ?? 0) };
  }
}

function minutesOf(ms: number): number {
  return Number((ms / 60_000).toPrecision(3));
}

function told(spend: Spend): Spent {
  const { nanoUsd, tokens, calls, wallMs, unpricedCalls } = spend;
  return { usd: unpricedCalls > 0 ? null : nanoUsd / nanoPerUsd, tokens, calls, wallMs };
}

/** The day where the person is: `2026-11-20`. */
function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

async function forgetOld(folder: string, keptMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const place = path.join(folder, name);
    const age = Date.now() - ((await stat(place).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > keptMs) await rm(place, { recursive: true, force: true });
  }
}
