// Our statistics against R on random cases, drawn anew by --seed: needs Rscript (r-base-core).
//   npm run bench withR -- [--cases 300] [--seed 1]
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { randomOf } from '../src/engine/domain/random';
import { betaBelow, betaQuantile, logGamma } from '../src/engine/statistics/betaDistribution';
import { sortedQuantile } from '../src/engine/statistics/bootstrap';
import { clopperPearson } from '../src/engine/statistics/clopperPearson';
import { holm } from '../src/engine/statistics/holm';
import { mcNemar } from '../src/engine/statistics/mcNemar';
import { normalBelow, normalQuantile } from '../src/engine/statistics/normal';
import { differenceInterval, powerOf } from '../src/engine/statistics/pairedComparison';
import { passAtK } from '../src/engine/statistics/passAtK';
import { signFlip } from '../src/engine/statistics/signFlip';
import { studentQuantile } from '../src/engine/statistics/studentT';

/** A call of R that prints numbers, and what we say they are. */
interface Case {
  readonly r: string;
  readonly ours: readonly number[];
}

const tolerance = 1e-8;
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const next = randomOf(Number(values.seed), 'withR');
const below = (most: number): number => Math.floor(next() * most);
const vector = (numbers: readonly number[]): string => `c(${numbers.map(String).join(',')})`;

const makers: Readonly<Record<string, () => Case>> = {
  'binom.test(x, n)$conf.int': () => {
    const n = 1 + below(1500);
    const x = below(n + 1);
    return {
      r: `binom.test(${String(x)},${String(n)})$conf.int`,
      ours: clopperPearson(x, n) ?? [],
    };
  },
  'binom.test(b, b + c)$p.value, McNemar': () => {
    const [b, c] = [1 + below(80), below(80)];
    return { r: `binom.test(${String(b)},${String(b + c)})$p.value`, ours: [mcNemar(b, c).p] };
  },
  '1 - dhyper(0, c, n - c, k), pass@k': () => {
    const n = 1 + below(300);
    const [c, k] = [below(n + 1), 1 + below(n)];
    return {
      r: `1-dhyper(0,${String(c)},${String(n - c)},${String(k)})`,
      ours: [passAtK(n, c, k) ?? NaN],
    };
  },
  'p.adjust(p, "holm")': () => {
    const p = Array.from({ length: 1 + below(12) }, () => next() ** 3);
    return { r: `p.adjust(${vector(p)},"holm")`, ours: holm(p) };
  },
  'quantile(x, share, type = 7)': () => {
    const x = Array.from({ length: 2 + below(40) }, () => below(50) / 7);
    const share = next();
    return {
      r: `quantile(${vector(x)},${String(share)},type=7)`,
      ours: [sortedQuantile(Float64Array.from(x).sort(), share)],
    };
  },
  'mean over all sign flips, expand.grid': () => {
    const x = Array.from({ length: 2 + below(8) }, () => (below(21) - 10) / 5).filter(Boolean);
    if (x.length === 0) x.push(1);
    return {
      r: `{x<-${vector(x)};s<-as.matrix(expand.grid(rep(list(c(-1,1)),length(x))));mean(abs(s%*%x)>=abs(sum(x))-1e-9)}`,
      ours: [signFlip(x, { seed: 1, key: 'r' })],
    };
  },
  'Bonett and Price by their formula': () => {
    const d = Array.from({ length: 3 + below(60) }, () => below(3) - 1);
    const [up, down] = [1, -1].map((side) => d.filter((one) => one === side).length);
    return {
      r: `{n<-${String(d.length)};a<-(${String(up)}+1)/(n+2);b<-(${String(down)}+1)/(n+2);h<-qnorm(.975)*sqrt((a+b-(a-b)^2)/(n+2));c(max(-1,a-b-h),min(1,a-b+h))}`,
      ours: differenceInterval(d),
    };
  },
  'power of McNemar by pnorm': () => {
    const square = 0.05 + next() * 0.4;
    const [difference, n] = [next() * square, 20 + below(1000)];
    return {
      r: `{p<-${String(square)};d<-${String(difference)};pnorm((d*sqrt(${String(n)})-qnorm(.975)*sqrt(p))/sqrt(p-d^2))}`,
      ours: [powerOf(difference, n, square)],
    };
  },
  'qbeta, pbeta': () => {
    const [a, b, x] = [0.2 + next() * 400, 0.2 + next() * 400, 0.001 + next() * 0.998];
    return {
      r: `c(qbeta(${[x, a, b].map(String).join(',')}),pbeta(${[x, a, b].map(String).join(',')}))`,
      ours: [betaQuantile(x, a, b), betaBelow(x, a, b)],
    };
  },
  'qt, qnorm, pnorm, lgamma': () => {
    const [share, degrees, z] = [0.5 + next() * 0.499, 1 + next() * 300, next() * 12 - 6];
    return {
      r: `c(qt(${String(share)},${String(degrees)}),qnorm(${String(share)}),pnorm(${String(z)}),lgamma(${String(degrees)}))`,
      ours: [
        studentQuantile(share, degrees),
        normalQuantile(share),
        normalBelow(z),
        logGamma(degrees),
      ],
    };
  },
};

const asked = Object.entries(makers).map(([name, make]) => ({
  name,
  cases: Array.from({ length: Number(values.cases) }, make),
}));
const script = asked
  .flatMap(({ cases }) => cases.map(({ r }) => `cat(format(${r},digits=17),"\\n")`))
  .join('\n');
const { stdout, error, status } = spawnSync('Rscript', ['-'], { input: script, encoding: 'utf8' });
if (error || status !== 0) {
  console.error('Rscript is missing or failed: apt-get install r-base-core');
  process.exit(3);
}
const lines = stdout.trim().split('\n');
let line = 0;
for (const { name, cases } of asked) {
  let [worst, wrong] = [0, ''];
  for (const { r, ours } of cases) {
    const theirs = (lines[line++] ?? '').trim().split(/\s+/).map(Number);
    for (const [place, value] of theirs.entries()) {
      const off = Math.abs((ours[place] ?? NaN) - value) / Math.max(1, Math.abs(value));
      if (!(off <= tolerance)) wrong = `${r}: R ${String(value)}, ours ${String(ours[place])}`;
      worst = Math.max(worst, off);
    }
  }
  console.log(
    `${name.padEnd(40)} ${String(cases.length)} cases, at most ${worst.toExponential(1)} apart${wrong && ` WRONG ${wrong}`}`,
  );
  if (wrong !== '') process.exitCode = 1;
}
