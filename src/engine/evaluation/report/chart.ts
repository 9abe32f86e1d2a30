import { html } from './html';
import type { BarsChart, Chart, IntervalsChart, LinesChart } from './sheet';

const width = 720;
const height = 300;
const inner = { left: 56, right: 150, top: 16, bottom: 44 };
const rowHeight = 34;
/** Series differ in dash and mark too, so that no colour need be told from another. */
const dashes = ['', '6 4', '2 3', '9 3 2 3'];

/** A chart as inline SVG: no script, nothing loaded, colours from the page's own variables. */
export function chartSvg(chart: Chart): string {
  switch (chart.kind) {
    case 'lines':
      return linesSvg(chart);
    case 'bars':
      return barsSvg(chart);
    case 'intervals':
      return intervalsSvg(chart);
  }
}

function svg(label: string, high: number, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${html(label)}" viewBox="0 0 ${String(width)} ${String(high)}" width="${String(width)}" height="${String(high)}">${parts.join('')}</svg>`;
}

function linesSvg({ label, x, series }: LinesChart): string {
  const points = series.flatMap((one) => one.points);
  if (points.length === 0) return '';
  const least = Math.min(...points.map((point) => point.x));
  const most = Math.max(...points.map((point) => point.x));
  const right = width - inner.right;
  const across = scale([least, most === least ? least + 1 : most], [inner.left, right]);
  const up = scale([0, 1], [height - inner.bottom, inner.top]);
  const places = new Map<number, number>();
  const drawn = series.flatMap(({ name, points: all }, index) => {
    const last = all.at(-1);
    if (!last) return [];
    const line = all.map((point) => `${n(across(point.x))},${n(up(point.y))}`).join(' ');
    const banded = all.filter((point) => point.interval);
    const upper = banded.map((p) => `${n(across(p.x))},${n(up(p.interval?.[1] ?? p.y))}`);
    const lower = banded.map((p) => `${n(across(p.x))},${n(up(p.interval?.[0] ?? p.y))}`);
    const band =
      banded.length > 1
        ? `<polygon class="band s${String(index)}" points="${[...upper, ...lower.reverse()].join(' ')}"/>`
        : '';
    const marks = all
      .map(
        (p) =>
          `<circle class="s${String(index)}" cx="${n(across(p.x))}" cy="${n(up(p.y))}" r="3"/>`,
      )
      .join('');
    places.set(index, up(last.y));
    return [
      `${band}<polyline class="line s${String(index)}" stroke-dasharray="${dashes[index] ?? ''}" points="${line}"/>${marks}`,
      nameAt(name, index, right + 14, apart(places, index)),
    ];
  });
  return svg(label, height, [shareGrid(up), ticksAcross(points, across), axisName(x), ...drawn]);
}

/** Names of lines that end close to each other are moved apart. */
function apart(places: Map<number, number>, index: number): number {
  const wanted = places.get(index) ?? 0;
  const others = [...places].filter(([other]) => other !== index).map(([, y]) => y);
  const isFree = (y: number): boolean => others.every((other) => Math.abs(other - y) >= 14);
  const steps = Array.from({ length: 12 }, (_, step) => wanted + 14 * step);
  const free = steps.find(isFree) ?? wanted;
  places.set(index, free);
  return free;
}

function barsSvg({ label, bars }: BarsChart): string {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const left = 190;
  const across = scale([0, most], [left, width - 60]);
  const drawn = bars.map(({ name, count }, index) => {
    const y = 8 + index * rowHeight;
    return `<text class="end" x="${String(left - 8)}" y="${String(y + 17)}">${html(name)}</text><rect class="s0" x="${String(left)}" y="${String(y)}" width="${n(across(count) - left)}" height="24"/><text x="${n(across(count) + 6)}" y="${String(y + 17)}">${String(count)}</text>`;
  });
  return svg(label, 16 + bars.length * rowHeight, drawn);
}

function intervalsSvg({ label, rows }: IntervalsChart): string {
  if (rows.length === 0) return '';
  const far = Math.max(0.05, ...rows.flatMap(({ interval }) => interval.map(Math.abs)));
  const left = 190;
  const across = scale([-far, far], [left, width - 60]);
  const bottom = 8 + rows.length * rowHeight;
  const zero = n(across(0));
  const drawn = rows.map(({ name, value, interval: [low, high] }, index) => {
    const y = 8 + index * rowHeight + 12;
    return `<text class="end" x="${String(left - 8)}" y="${String(y + 5)}">${html(name)}</text><line class="line s0" x1="${n(across(low))}" x2="${n(across(high))}" y1="${String(y)}" y2="${String(y)}"/><circle class="s0" cx="${n(across(value))}" cy="${String(y)}" r="5"/>`;
  });
  const ends = [-far, 0, far].map(
    (value) =>
      `<text class="middle" x="${n(across(value))}" y="${String(bottom + 18)}">${(100 * value).toFixed(1)}</text>`,
  );
  const axis = `<line class="grid" x1="${zero}" x2="${zero}" y1="4" y2="${String(bottom)}"/>`;
  return svg(label, bottom + 28, [axis, ...drawn, ...ends]);
}

function shareGrid(up: (y: number) => number): string {
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const y = n(up(share));
      return `<line class="grid" x1="${String(inner.left)}" x2="${String(width - inner.right)}" y1="${y}" y2="${y}"/><text class="end" x="${String(inner.left - 8)}" y="${n(up(share) + 4)}">${String(100 * share)} %</text>`;
    })
    .join('');
}

function ticksAcross(points: readonly { x: number }[], across: (x: number) => number): string {
  const all = points.map(({ x }) => x);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const nice = niceStep((most - least) / 6);
  const step = all.every(Number.isInteger) ? Math.max(1, nice) : nice;
  const first = Math.ceil(least / step) * step;
  const count = Math.floor((most - first) / step + 1e-9) + 1;
  return Array.from({ length: Math.max(1, count) }, (_, index) => first + index * step)
    .map(
      (x) =>
        `<text class="middle" x="${n(across(x))}" y="${String(height - inner.bottom + 18)}">${String(Number(x.toPrecision(6)))}</text>`,
    )
    .join('');
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
}

function axisName(name: string): string {
  const x = (inner.left + width - inner.right) / 2;
  return `<text class="middle" x="${n(x)}" y="${String(height - 6)}">${html(name)}</text>`;
}

function nameAt(name: string, index: number, x: number, y: number): string {
  const mark = `<circle class="s${String(index)}" cx="${n(x)}" cy="${n(y)}" r="4"/>`;
  return `${mark}<text x="${n(x + 10)}" y="${n(y + 4)}">${html(name)}</text>`;
}

function scale(from: readonly [number, number], to: readonly [number, number]) {
  return (value: number): number =>
    to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
