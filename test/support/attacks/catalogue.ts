import type { Attack } from './attack';
import { javascriptEscapes, javascriptExhausting, javascriptOutliving } from './javascriptEscapes';
import { javascriptForging } from './javascriptForging';
import type { Planted } from './planted';
import { pythonEscapes, pythonExhausting, pythonOutliving } from './pythonEscapes';
import { pythonForging } from './pythonForging';
import { pythonPatches } from './pythonPatches';

/** Wrong programs that want to be told right. */
export const forging: readonly Attack[] = [
  ...pythonForging,
  ...pythonPatches,
  ...javascriptForging,
];

/** Every attack; `planted` is what those that look outside look for. */
export function allAttacks(planted: Planted): readonly Attack[] {
  return [
    ...forging,
    ...pythonEscapes(planted),
    ...pythonExhausting,
    ...pythonOutliving,
    ...javascriptEscapes(planted),
    ...javascriptExhausting,
    ...javascriptOutliving,
  ];
}
