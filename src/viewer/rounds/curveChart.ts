import { svg, type SVGTemplateResult } from 'lit';
import type { CurvePoint } from '../../engine/domain/rounds';
import type { RoundsTexts } from './texts';
import { intervalWords, rateWords } from './words';

const height = 260;
const room = { left: 48, right: 18, top: 22, bottom: 40 };
const cap = 4;

/**
 * Pass rate over rounds as a picture: kept generations joined by a line, those that were rolled
 * back beside it as crosses on a dashed one, each with its interval. The table beside it says the
 * same in words.
 */
export function curveChart(
  points: readonly CurvePoint[],
  width: number,
  texts: RoundsTexts,
): SVGTemplateResult {
  const places = placesOf(points, width);
  const said = points.map((point) => pointWords(point, texts)).join('; ');
  return svg`<svg
    class="curve"
    role="img"
    aria-label=${texts.chartLabel(said)}
    viewBox=${`0 0 ${width} ${height}`}
    width=${width}
    height=${height}
  >
    ${[0, 0.25, 0.5, 0.75, 1].map((share) => gridLine(share, width))}
    ${joins(places).map(
      ({ from, to, isKept }) => svg`<line
      class=${isKept ? 'join' : 'join dropped'}
      x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}
    ></line>`,
    )}
    ${places.map((place, index) => mark(place, places[index + 1], texts))}
    <text class="axis" x=${(room.left + width - room.right) / 2} y=${height - 4}>${texts.roundAxis}</text>
  </svg>`;
}

export interface Place {
  readonly point: CurvePoint;
  readonly x: number;
  readonly y: number;
}

/** Where each point stands: rounds in equal steps, shares from 0 to 1 upwards. */
export function placesOf(points: readonly CurvePoint[], width: number): Place[] {
  const last = Math.max(1, ...points.map(({ round }) => round));
  // Half a step is left on both sides, so that no mark stands on the axis.
  const step = (width - room.left - room.right) / (last + 1);
  return points.map((point) => ({
    point,
    x: room.left + step * (point.round + 0.5),
    y: up(point.rate),
  }));
}

/** A point is joined to the last one before it that was kept: that is what it was made from. */
export function joins(
  places: readonly Place[],
): { readonly from: Place; readonly to: Place; readonly isKept: boolean }[] {
  return places.flatMap((to, index) => {
    const from = places.slice(0, index).findLast(({ point }) => point.isKept);
    return from ? [{ from, to, isKept: to.point.isKept }] : [];
  });
}

function up(share: number): number {
  return height - room.bottom - share * (height - room.bottom - room.top);
}

function gridLine(share: number, width: number): SVGTemplateResult {
  const y = up(share);
  return svg`<line class="grid-line" x1=${room.left} x2=${width - room.right} y1=${y} y2=${y}></line>
    <text class="tick-y" x=${room.left - 8} y=${y + 4}>${100 * share} %</text>`;
}

function mark({ point, x, y }: Place, next: Place | undefined, texts: RoundsTexts) {
  const [low, high] = [up(point.interval[0]), up(point.interval[1])];
  const { isKept, round } = point;
  const name = round === 0 ? texts.start : String(round);
  // Beside the line that goes on from here, and not on it.
  const valueY = next !== undefined && next.y < y ? y + 17 : y - 7;
  return svg`<g class=${isKept ? 'mark kept' : 'mark dropped'}>
    <title>${pointWords(point, texts)}</title>
    <path class="interval" d=${`M${x} ${low}V${high}M${x - cap} ${low}h${2 * cap}M${x - cap} ${high}h${2 * cap}`}></path>
    ${
      isKept
        ? svg`<circle cx=${x} cy=${y} r="4.5"></circle>`
        : svg`<path class="cross" d=${`M${x - 4.5} ${y - 4.5}l9 9m0 -9l-9 9`}></path>`
    }
    <text class="value" x=${x + 9} y=${valueY}>${rateWords(point.rate)}</text>
    <text class="tick" x=${x} y=${height - room.bottom + 18}>${name}</text>
  </g>`;
}

function pointWords({ round, rate, interval, isKept }: CurvePoint, texts: RoundsTexts): string {
  const name = round === 0 ? texts.start : texts.roundName(round);
  const kept = isKept ? texts.kept : texts.rolledBack;
  return texts.chartPoint(name, rateWords(rate), intervalWords(interval), kept);
}
