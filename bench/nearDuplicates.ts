// Near duplicates among 100,000 programs: how many that an exact comparison finds are found, and that
// none below 0.7 is merged.
//   npm run bench nearDuplicates -- [--tasks HumanEval.jsonl.gz] [--programs 100000] [--sample 4000]
// The programs are functions of Python's own library and canonical programs of HumanEval, and
// variants of them: names, numbers, lines and layout changed, a little or much.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { shuffled, randomOf } from '../src/engine/domain/random';
import { bandKeys, signatureOf } from '../src/engine/similarity/minHash';
import { shinglesOf } from '../src/engine/similarity/shingles';
import { clopperPearson } from '../src/engine/statistics/clopperPearson';
import { nearDuplicates } from '../test/support/nearDuplicates';
import { loadLine } from './support/load';
import { realPrograms, variantsOf } from './support/programs';

const bounds = { recall: 0.99, above: 0.75, merge: 0.7 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: 'HumanEval.jsonl.gz' },
      programs: { type: 'string', default: '100000' },
      sample: { type: 'string', default: '4000' },
    },
  });
  console.log(loadLine());
  const real = await realPrograms(existsSync(values.tasks) ? values.tasks : null);
  const all = variantsOf(real, Number(values.programs));
  console.log(`${String(all.length)} programs from ${String(real.length)} functions`);
  const before = process.cpuUsage();
  const found = nearDuplicates(all);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${String(found.length)} near duplicates, processor time ${((user + system) / 1e6).toFixed(1)} s`,
  );
  merges(all, found);
  recall(all, new Set(found.map(({ item }) => item)), Number(values.sample));
}

/** Each merge again by the words themselves, without the hashes that it was found by. */
function merges(
  all: readonly string[],
  found: readonly { readonly item: number; readonly of: number }[],
): void {
  let [least, wrong] = [1, 0];
  for (const { item, of } of found) {
    const similarity = similarityOf(all[item] ?? '', all[of] ?? '');
    least = Math.min(least, similarity);
    if (similarity < bounds.merge) wrong++;
  }
  console.log(
    `merges below ${String(bounds.merge)}: ${String(wrong)} of ${String(found.length)}; the least similar at ${least.toFixed(4)}`,
  );
  if (wrong > 0) process.exitCode = 1;
}

function similarityOf(a: string, b: string): number {
  const [left, right] = [runsOf(a), runsOf(b)];
  const both = [...left].filter((run) => right.has(run)).length;
  return both / (left.size + right.size - both);
}

function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const plain = text.toLowerCase().replace(/\s+/g, ' ').trim();
  const [parts, join] = words.length < 50 ? [Array.from(plain), ''] : [words, ' '];
  return new Set(
    Array.from({ length: Math.max(1, parts.length - 4) }, (_, at) =>
      parts.slice(at, at + 5).join(join),
    ),
  );
}

/** Exact over all pairs of a sampled program and any other, by what they share. */
function recall(all: readonly string[], left: ReadonlySet<number>, size: number): void {
  const places = all.map((_, place) => place);
  const sample = shuffled(places, randomOf(1, 'sample')).slice(0, size);
  const sets = all.map(shinglesOf);
  const holders = new Map<number, number[]>();
  sample.forEach((place, at) => {
    for (const shingle of sets[place] ?? []) {
      const known = holders.get(shingle);
      if (known) known.push(at);
      else holders.set(shingle, [at]);
    }
  });
  const keys = sample.map((place) => bandKeys(signatureOf(sets[place] ?? new Uint32Array())));
  const alike = new Set<number>();
  let [pairs, sharing] = [0, 0];
  sets.forEach((set, other) => {
    const shared = new Map<number, number>();
    for (const shingle of set) {
      for (const at of holders.get(shingle) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    let own: Uint32Array | null = null;
    for (const [at, both] of shared) {
      const place = sample[at] ?? 0;
      const similarity = both / ((sets[place]?.length ?? 0) + set.length - both);
      if (place === other || similarity <= bounds.above) continue;
      pairs++;
      own ??= bandKeys(signatureOf(set));
      if (keys[at]?.some((key, band) => key === own?.[band])) sharing++;
      if (other < place && !left.has(other)) alike.add(place);
    }
  });
  const found = [...alike].filter((place) => left.has(place)).length;
  const text = (some: number, of: number): string => {
    const [low = 0, high = 1] = clopperPearson(some, of) ?? [];
    return `${((100 * some) / of).toFixed(3)} % (${String(some)} of ${String(of)}, 95 % interval ${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)} %)`;
  };
  console.log(`programs of a sample of ${String(size)} that are above ${String(bounds.above)}`);
  console.log(`  like one kept before them, left out: ${text(found, alike.size)}`);
  console.log(`  pairs that share a band: ${text(sharing, pairs)}`);
  if (found / alike.size < bounds.recall) process.exitCode = 1;
}

void main();
