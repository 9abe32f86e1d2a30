import { Places } from '../places';

/** What a stock holds: started for one kind of work, used once. */
export interface StockItem<K> {
  readonly kind: K;
  readonly ready: Promise<unknown>;
  readonly gone: Promise<unknown>;
  readonly isUsable: boolean;
  kill(): void;
}

/** How long started processes wait for work before they are ended. */
const idleMs = 10_000;

/**
 * Items started before they are needed. Each goes out once; another of the same kind is started
 * when no work is under way, or when the work that was under way ends, so that starting takes
 * nothing from what is waited for. With no work for `idleMs` it ends what it holds.
 */
export class NodeStock<K, T extends StockItem<K>> {
  private readonly held: T[] = [];
  private readonly all = new Set<T>();
  private readonly loans: Places;
  private lastKind: K | null = null;
  private idle: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(
    size: number,
    private readonly isSame: (a: K, b: K) => boolean,
    private readonly start: (kind: K) => T,
  ) {
    this.loans = new Places(size);
  }

  /**
   * Runs `use` with an item of its own; at most `size` at a time. `fresh`: with one that is started
   * for this, and not with one that was started together with what broke.
   */
  async lend<R>(
    kind: K,
    use: (item: T) => Promise<R>,
    signal: AbortSignal,
    fresh = false,
  ): Promise<R | 'cancelled'> {
    if (!(await this.loans.take(signal))) return 'cancelled';
    if (this.idle) clearTimeout(this.idle);
    this.lastKind = kind;
    const item = fresh ? this.create(kind) : this.take(kind);
    try {
      return await use(item);
    } finally {
      this.loans.free();
      // Whoever waits for the result goes first.
      setImmediate(() => {
        item.kill();
        this.refill();
      });
    }
  }

  /** Ends everything, and waits until it is gone. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.idle) clearTimeout(this.idle);
    this.loans.close();
    for (const item of this.all) item.kill();
    await Promise.all([...this.all].map(({ gone }) => gone));
  }

  private take(kind: K): T {
    const place = this.held.findIndex((item) => item.isUsable && this.isSame(item.kind, kind));
    const [found] = place < 0 ? [] : this.held.splice(place, 1);
    return found ?? this.create(kind);
  }

  private create(kind: K): T {
    const item = this.start(kind);
    this.all.add(item);
    void item.gone.then(() => {
      this.all.delete(item);
      const place = this.held.indexOf(item);
      if (place >= 0) this.held.splice(place, 1);
    });
    return item;
  }

  /** One at a time, so that a machine of few cores is not all at starting. */
  private refill(): void {
    const kind = this.lastKind;
    if (this.closed || kind === null) return;
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => this.empty(), idleMs);
    this.idle.unref();
    // What is killed is held no more: it takes a moment to be gone, and a job could be given it.
    const kept: T[] = [];
    for (const item of this.held.splice(0)) {
      if (item.isUsable && this.isSame(item.kind, kind)) kept.push(item);
      else item.kill();
    }
    this.held.push(...kept);
    if (kept.length + this.loans.taken >= this.loans.size) return;
    const item = this.create(kind);
    this.held.push(item);
    item.ready.then(
      () => this.refill(),
      () => undefined,
    );
  }

  private empty(): void {
    this.lastKind = null;
    for (const item of this.held.splice(0)) item.kill();
  }
}
