import { concurrently } from '../../src/engine/domain/concurrently';
import { median } from '../../src/engine/statistics/median';

export interface Contender {
  readonly name: string;
  /** Programs judged in a round. */
  readonly count: number;
  /** Judges one right program; false where it was judged wrong. */
  readonly judge: () => Promise<boolean>;
}

const rounds = 5;
export const workers = 2;

/** Both in alternating rounds of one run: the median of each, and the median ratio within rounds. */
export async function compare(ours: Contender, theirs: Contender): Promise<void> {
  await ours.judge();
  const rates: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    rates.push({ ours: await perSecond(ours), theirs: await perSecond(theirs) });
  }
  const width = Math.max(ours.name.length, theirs.name.length);
  const tell = (name: string, values: readonly number[], unit: string): void => {
    console.log(`${name.padEnd(width)}  ${(median(values) ?? 0).toFixed(1)}${unit}`);
  };
  console.log(`${String(rounds)} rounds, ${String(workers)} workers, Node ${process.version}`);
  tell(
    ours.name,
    rates.map((rate) => rate.ours),
    ' programs per second',
  );
  tell(
    theirs.name,
    rates.map((rate) => rate.theirs),
    ' programs per second',
  );
  tell(
    'ratio',
    rates.map((rate) => rate.ours / rate.theirs),
    '',
  );
}

async function perSecond({ count, judge }: Contender): Promise<number> {
  const began = performance.now();
  const items = Array.from({ length: count }, (_, index) => index);
  const right = await concurrently(items, workers, new AbortController().signal, judge);
  if (right.includes(false)) throw new Error('a right program was not judged right');
  return count / ((performance.now() - began) / 1000);
}
