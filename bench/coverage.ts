// How often 95 % intervals hold the truth, on simulated tasks whose true rates are known.
import { rateInterval, type TaskTally } from '../src/engine/statistics/rateInterval';
import { uniformOf } from '../src/engine/statistics/uniform';

const trials = Number(process.argv[2] ?? 4000);
const rates = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98];
const sizes = [20, 50, 164, 1000];

interface Shape {
  readonly name: string;
  readonly samples: number;
  /** True rate of one task drawn at random, where the mean is `rate`. */
  readonly draw: (rate: number, next: () => number) => number;
}

const shapes: readonly Shape[] = [
  { name: 'one sample', samples: 1, draw: (rate) => rate },
  // Tasks are nearly always solved or nearly never, as with real models.
  {
    name: 'five samples, bimodal tasks',
    samples: 5,
    draw: (rate, next) => {
      const [low, high] = rate <= 0.5 ? [rate / 10, 0.95] : [0.05, 1 - (1 - rate) / 10];
      return next() < (rate - low) / (high - low) ? high : low;
    },
  },
  { name: 'five samples, equal tasks', samples: 5, draw: (rate) => rate },
];

function covered(shape: Shape, tasks: number, rate: number): number {
  const next = uniformOf(1, `${shape.name} ${String(tasks)} ${String(rate)}`);
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const tallies = Array.from({ length: tasks }, (): TaskTally => {
      const p = shape.draw(rate, next);
      let c = 0;
      for (let sample = 0; sample < shape.samples; sample++) if (next() < p) c++;
      return { n: shape.samples, c };
    });
    const interval = rateInterval(tallies);
    if (interval && interval[0] <= rate && rate <= interval[1]) held++;
  }
  return held / trials;
}

console.log(`Coverage of 95 % intervals over ${String(trials)} simulated evaluations each, in %`);
let least = 1;
for (const shape of shapes) {
  console.log(
    `\n${shape.name}\n${'tasks'.padStart(6)} ${rates.map((rate) => String(rate).padStart(5)).join(' ')}`,
  );
  for (const tasks of sizes) {
    const found = rates.map((rate) => covered(shape, tasks, rate));
    least = Math.min(least, ...found);
    const cells = found.map((share) => (share * 100).toFixed(1).padStart(5));
    console.log(`${String(tasks).padStart(6)} ${cells.join(' ')}`);
  }
}
console.log(`\nleast: ${(least * 100).toFixed(1)} %; bar: 94.0 %`);
process.exitCode = least >= 0.94 ? 0 : 1;
