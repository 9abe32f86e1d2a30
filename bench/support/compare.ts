import { loadavg } from 'node:os';
import { concurrently } from '../../src/engine/domain/concurrently';
import { median } from '../../src/engine/statistics/median';
import { openProcessorTime, type ProcessorTime } from './processorTime';

export interface Contender {
  readonly name: string;
  /** Programs judged in a round. */
  readonly count: number;
  /** Judges all of them, `workers` at a time; throws where a right one was judged wrong. */
  readonly round: () => Promise<void>;
  /** How many times as fast as this one ours should be. */
  readonly atLeastRatio?: number;
}

/** What ours should reach by itself. */
export interface Bars {
  readonly mostCpuMs?: number;
  readonly perSecondPerCore?: number;
}

/** From the first moment: workers that were started before would not be counted. */
const time = openProcessorTime();

const rounds = 5;
const quietLoad = 1.5;
export const workers = 2;

interface Figures {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/**
 * All in interleaved rounds of one run. Prints for each the median of its rounds and, because a
 * ratio within one round depends least on what else the machine does, the median ratio to ours.
 */
export async function compare(
  ours: Contender,
  others: readonly Contender[],
  bars: Bars = {},
): Promise<void> {
  const load = Number(process.env['FLYWHEEL_BENCH_LOAD'] ?? loadavg()[0]);
  try {
    await ours.round();
    const measured: Figures[][] = [];
    for (let round = 0; round < rounds; round++) {
      const figures: Figures[] = [];
      for (const contender of [ours, ...others]) figures.push(await measure(contender, time));
      measured.push(figures);
    }
    print(ours, others, measured, { load, bars, source: time.source });
  } finally {
    time.close();
  }
}

/** A round that judges the programs one by one. */
export function oneByOne(
  count: number,
  judge: (place: number) => Promise<boolean>,
  atATime: number = workers,
): () => Promise<void> {
  return async () => {
    const places = Array.from({ length: count }, (_, place) => place);
    const right = await concurrently(places, atATime, new AbortController().signal, judge);
    const wrong = right.filter((isRight) => !isRight).length;
    if (wrong > 0) throw new Error(`${String(wrong)} right programs were not judged right`);
  };
}

async function measure({ count, round }: Contender, time: ProcessorTime): Promise<Figures> {
  const cpuBefore = time.usedMs();
  const began = performance.now();
  await round();
  const seconds = (performance.now() - began) / 1000;
  return { perSecond: count / seconds, cpuMs: (time.usedMs() - cpuBefore) / count };
}

function print(
  ours: Contender,
  others: readonly Contender[],
  measured: readonly Figures[][],
  told: { readonly load: number; readonly bars: Bars; readonly source: string },
): void {
  const doubt = told.load > quietLoad ? ' (not measurable: the machine was busy)' : '';
  const middle = (read: (round: Figures[]) => number): number => median(measured.map(read)) ?? 0;
  const of = (round: Figures[], place: number): Figures =>
    round[place] ?? { perSecond: Number.NaN, cpuMs: Number.NaN };
  console.log(
    `load ${told.load.toFixed(2)} before, ${String(rounds)} rounds, ${String(workers)} workers, Node ${process.version}, processor time from ${told.source}`,
  );
  const width = Math.max(...[ours, ...others].map(({ name }) => name.length));
  [ours, ...others].forEach(({ name }, place) => {
    const rate = middle((round) => of(round, place).perSecond).toFixed(1);
    const cpu = middle((round) => of(round, place).cpuMs).toFixed(2);
    console.log(`${name.padEnd(width)}  ${rate} a second  ${cpu} ms of processor each${doubt}`);
  });
  const bar = (text: string, isMet: boolean): string =>
    `${text}: ${isMet ? 'met' : 'missed'}${doubt}`;
  others.forEach(({ name, atLeastRatio }, place) => {
    const ratio = middle((round) => of(round, 0).perSecond / of(round, place + 1).perSecond);
    const wanted =
      atLeastRatio === undefined
        ? ''
        : bar(`, wanted at least ${String(atLeastRatio)}`, ratio >= atLeastRatio);
    console.log(`ratio to ${name}: ${ratio.toFixed(2)}${wanted}`);
  });
  const { mostCpuMs, perSecondPerCore } = told.bars;
  if (mostCpuMs !== undefined) {
    const cpu = middle((round) => of(round, 0).cpuMs);
    console.log(
      bar(
        `processor time ${cpu.toFixed(2)} ms, wanted at most ${String(mostCpuMs)}`,
        cpu <= mostCpuMs,
      ),
    );
  }
  if (perSecondPerCore !== undefined) {
    const rate = middle((round) => of(round, 0).perSecond / workers);
    console.log(
      bar(
        `${rate.toFixed(0)} a second and core, wanted at least ${String(perSecondPerCore)}`,
        rate >= perSecondPerCore,
      ),
    );
  }
}
