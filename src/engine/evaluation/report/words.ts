import type { Rate } from '../metrics/rate';
import type { Cell } from './sheet';

/** `64.6 %`. */
export function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** `+5.2 points`. */
export function points(value: number): string {
  return `${signed(100 * value)} points`;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return text === '0.0' ? '0.0' : `${value > 0 ? '+' : '−'}${text}`;
}

/** `64.6 %  [49.5–77.8]`, or that it is undefined. */
export function rateCell(rate: Rate | null): Cell {
  if (!rate) return { text: '–', value: null };
  const { value, interval } = rate;
  if (value === null) return { text: 'undefined', value: null };
  return { text: `${percent(value)}${bracket(interval)}`, value, interval };
}

/** `+5.2  [−1.1, +11.4]`, in points. */
export function differenceCell(
  value: number | null,
  interval: readonly [number, number] | null,
): Cell {
  if (value === null) return { text: 'not measured', value: null };
  const range = interval ? `  [${signed(100 * interval[0])}, ${signed(100 * interval[1])}]` : '';
  return { text: `${signed(100 * value)}${range}`, value, interval };
}

export function numberCell(value: number | null, text?: string): Cell {
  if (value === null) return { text: 'unknown', value };
  return { text: text ?? quantity(value), value };
}

export function textCell(text: string): Cell {
  return { text };
}

/** `1,234`, `12.3`, `0.0042`: as many digits as say something. */
export function quantity(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
  }
  return Math.abs(value) >= 1 ? value.toFixed(1) : String(Number(value.toPrecision(2)));
}

export function dollars(value: number | null): string {
  if (value === null) return 'unknown';
  return `${value >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(2)} USD`;
}

export function duration(ms: number | null): string {
  if (ms === null) return 'unknown';
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 7_200_000 ? `${(ms / 60_000).toFixed(1)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** `p = 0.031`, `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toPrecision(2)}`;
}

/** `1 task`, `5 tasks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${quantity(count)} ${count === 1 ? one : many}`;
}

function bracket(interval: readonly [number, number] | null): string {
  if (!interval) return '';
  const [low, high] = interval.map((value) => endOf(value).padStart(4));
  return `  [${low ?? ''}–${high ?? ''}]`;
}

/** At most four wide, so that intervals stand below each other. */
function endOf(share: number): string {
  const text = (100 * share).toFixed(1);
  return text === '100.0' ? '100' : text;
}
