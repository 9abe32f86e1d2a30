import { byTask, mean, mostVerdicts, type ArmOn } from './measure';

const panel = { width: 380, height: 260, left: 46, top: 30, bottom: 40 };
const keyWidth = 150;
const keyRow = 17;
/** Arms differ in dash and colour: no colour need be told from another. */
const dashes = ['', '7 3', '2 3', '9 3 2 3', '5 2', '1 2', '12 4', '3 5', '6 2 1 2'];
const light = [
  '#555555',
  '#b35900',
  '#0050b3',
  '#8a8a8a',
  '#a8071a',
  '#08979c',
  '#531dab',
  '#237804',
  '#9e1068',
];
const dark = [
  '#bbbbbb',
  '#ffa940',
  '#69b1ff',
  '#8c8c8c',
  '#ff7875',
  '#5cdbd3',
  '#b37feb',
  '#95de64',
  '#ff85c0',
];

/** "Mended within B verdicts", a panel for each set of tasks, as SVG for light and dark pages. */
export function pictureOf(
  sets: readonly { readonly name: string; readonly arms: readonly ArmOn[] }[],
): string {
  const width = sets.length * panel.width + keyWidth;
  const panels = sets.map(({ name, arms }, at) => panelOf(name, arms, at * panel.width));
  const names = sets[0]?.arms ?? [];
  const key = names.map(({ arm }, at) => {
    const y = panel.top + 6 + at * keyRow;
    const x = sets.length * panel.width + 8;
    return `<line class="a${at}" x1="${x}" x2="${x + 26}" y1="${y}" y2="${y}" stroke-dasharray="${dashes[at] ?? ''}"/><text x="${x + 32}" y="${y + 4}">${arm}</text>`;
  });
  const label = `Share of tasks mended within B verdicts, by arm: ${sets.map(({ name }) => name).join('; ')}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" viewBox="0 0 ${width} ${panel.height}" width="${width}" height="${panel.height}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${label}</title>`,
    `<style>${style()}</style>`,
    `<rect class="page" width="${width}" height="${panel.height}"/>`,
    ...panels,
    ...key,
    '</svg>\n',
  ].join('\n');
}

function style(): string {
  const colours = (all: readonly string[]): string =>
    all.map((colour, at) => `.a${at}{stroke:${colour}}`).join('');
  return [
    `line,polyline{fill:none;stroke-width:1.8}text{fill:#222}.page{fill:#fff}.grid{stroke:#ccc;stroke-width:.6}`,
    colours(light),
    `@media (prefers-color-scheme:dark){text{fill:#ddd}.page{fill:#1e1e1e}.grid{stroke:#555}${colours(dark)}}`,
  ].join('');
}

function panelOf(name: string, arms: readonly ArmOn[], from: number): string {
  const left = from + panel.left;
  const right = from + panel.width - 12;
  const bottom = panel.height - panel.bottom;
  const across = (verdicts: number): number =>
    left + (Math.log(verdicts) / Math.log(mostVerdicts)) * (right - left);
  const up = (share: number): number => bottom - share * (bottom - panel.top);
  const n = (value: number): string => String(Math.round(value * 10) / 10);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line class="grid" x1="${left}" x2="${right}" y1="${n(up(share))}" y2="${n(up(share))}"/><text text-anchor="end" x="${left - 6}" y="${n(up(share) + 4)}">${100 * share} %</text>`,
  );
  const ticks = [1, 10, 100, 500, 2000].map(
    (verdicts) =>
      `<text text-anchor="middle" x="${n(across(verdicts))}" y="${bottom + 15}">${verdicts}</text>`,
  );
  const lines = arms.map((on, at) => {
    const points = steps().map((verdicts) => {
      const share = mean(byTask(on, (fixed) => (fixed !== null && fixed <= verdicts ? 1 : 0)));
      return `${n(across(verdicts))},${n(up(share))}`;
    });
    return `<polyline class="a${at}" stroke-dasharray="${dashes[at] ?? ''}" points="${points.join(' ')}"/>`;
  });
  const title = `<text x="${left}" y="${panel.top - 12}" font-weight="600">${name}</text>`;
  const axis = `<text text-anchor="middle" x="${n((left + right) / 2)}" y="${bottom + 32}">verdicts (logarithmic)</text>`;
  return [title, ...grid, ...ticks, ...lines, axis].join('\n');
}

/** Forty budgets, evenly apart on the logarithmic axis. */
function steps(): number[] {
  return [...new Set(Array.from({ length: 41 }, (_, at) => Math.round(mostVerdicts ** (at / 40))))];
}
