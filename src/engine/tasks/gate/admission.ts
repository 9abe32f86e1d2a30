import type { Effects } from '../../domain/ports';
import type { Task } from '../../domain/task';
import type { Refused } from '../makers/maker';
import { throughGate, type GateOptions, type Gated } from './gate';
import { asJson, gateKey, gateVersion, type GateReport } from './gateReport';

/** Kind of the effects under which reports are recorded, and of the runs that hold them. */
export const gateKind = 'gate';

/** What is recorded of a task: as it left the gate, and what each step saw. */
export interface GateRecord extends Gated {
  /** Its maker, without the version. */
  readonly maker: string;
}

/**
 * Lets tasks in, one after another: what was let in is the pool that the next one is compared with.
 * Every report is recorded, and every rejected task kept.
 */
export class Admission {
  readonly admitted: Task[] = [];
  readonly rejected: Task[] = [];
  private readonly records: GateRecord[] = [];
  private readonly seen = new Map<string, string>();

  constructor(private readonly options: GateOptions & { readonly effects: Effects }) {}

  /** The task as it was let in; null where it was not. */
  async take(task: Task): Promise<Task | null> {
    const { effects, pool, signal } = this.options;
    const twin = this.seen.get(task.hash);
    if (twin !== undefined) {
      this.keep(refusal({ task, reason: 'duplicate', saw: `the same work as ${twin}` }));
      return null;
    }
    this.seen.set(task.hash, task.id);
    const gated = await effects.once(
      keyOf(task),
      { gate: gateVersion, task: task.hash },
      async () => {
        const gated = await throughGate(task, this.options);
        signal.throwIfAborted();
        return { ...gated, maker: makerOf(task) };
      },
      ({ report }) => report.reason !== 'infrastructure',
    );
    this.keep(gated);
    const isIn = gated.report.state !== 'rejected';
    if (!isIn) return null;
    pool.add(gated.task);
    return gated.task;
  }

  /** Keeps a task that its maker refused. */
  async refuse(refused: Refused): Promise<void> {
    const { task } = refused;
    if (this.seen.has(task.hash)) return;
    this.seen.set(task.hash, task.id);
    const input = { gate: gateVersion, refused: task.hash };
    this.keep(
      await this.options.effects.once(keyOf(task), input, () => Promise.resolve(refusal(refused))),
    );
  }

  /** In the order in which they came. */
  all(): readonly GateRecord[] {
    return this.records;
  }

  /** Rejected tasks by reason. */
  reasons(maker?: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { report, maker: of } of this.records) {
      if (report.reason === undefined || (maker !== undefined && of !== maker)) continue;
      counts[report.reason] = (counts[report.reason] ?? 0) + 1;
    }
    return counts;
  }

  /** By maker: how many were let in, how many only for training, and why others were not. */
  byMaker(): Record<string, MakerCounts> {
    const makers = [...new Set(this.records.map(({ maker }) => maker))];
    return Object.fromEntries(
      makers.map((maker) => {
        const states = this.records
          .filter((one) => one.maker === maker)
          .map(({ report }) => report.state);
        const count = (state: string): number => states.filter((one) => one === state).length;
        const trainingOnly = count('trainingOnly');
        return [
          maker,
          { tasks: count('admitted') + trainingOnly, trainingOnly, rejected: this.reasons(maker) },
        ];
      }),
    );
  }

  /** Mean mutation score of what was let in; null where nothing was. */
  meanScore(): number | null {
    const scores = this.records.flatMap(({ report }) =>
      report.state === 'rejected' || !report.mutation ? [] : [report.mutation.score],
    );
    return scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length;
  }

  private keep(record: GateRecord): void {
    this.records.push(record);
    const { task, report } = record;
    const told = { ...task, extra: { ...task.extra, [gateKey]: asJson(report) } };
    (report.state === 'rejected' ? this.rejected : this.admitted).push(told);
  }
}

function refusal({ task, reason, saw }: Refused): GateRecord {
  const steps: GateReport['steps'] = [{ step: 'making', outcome: 'failed', saw }];
  const report = {
    version: gateVersion,
    state: 'rejected' as const,
    reason,
    steps,
    droppedTests: [],
  };
  return { task, report, maker: makerOf(task) };
}

export interface MakerCounts {
  readonly tasks: number;
  /** Of those. */
  readonly trainingOnly: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** `fault-injection` of `fault-injection@2`. */
export function makerOf({ source }: Task): string {
  return source.maker.replace(/@.*$/, '');
}

function keyOf(task: Task) {
  return { task: task.hash, sample: 0, turn: 0, kind: gateKind, ordinal: 0 };
}
