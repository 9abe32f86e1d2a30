import { html, nothing, type TemplateResult } from 'lit';
import type { TaskRow, TurnCell } from '../engine/domain/view';
import { markOf, noProgram, quartersOf } from './marks';
import { lastCells } from './gridShape';
import type { Texts } from './texts';
import { cellLabel } from './words';

/** The last turns of a row that have room, with a count of those before them. */
export function turnCells(
  row: TaskRow,
  room: number,
  running: boolean,
  texts: Texts,
): TemplateResult {
  const { shown, earlier } = lastCells(row.turns, room - (running ? 1 : 0));
  return html`${
    earlier === 0
      ? nothing
      : html`<span class="cell earlier" role="img" title=${texts.earlier(earlier)}
          >+${earlier}</span
        >`
  }${shown.map((cell) => turnCell(cell, texts))}${
    running
      ? html`<span class="cell now" role="img" aria-label=${texts.runningRow}
          ><span class="codicon codicon-play" aria-hidden="true"></span
        ></span>`
      : nothing
  }`;
}

/** One verdict: colour, shape and label together, and its height filled by the tests passed. */
export function turnCell(cell: TurnCell, texts: Texts): TemplateResult {
  const { tone, icon, letter } = cell.nothing === undefined ? markOf(cell.status) : noProgram;
  const label = cellLabel(cell, texts);
  return html`<span
    class="cell ${tone} q${quartersOf(cell.passed, cell.of)}"
    role="img"
    aria-label=${label}
    title=${label}
    >${
      icon === undefined
        ? letter
        : html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>`
    }</span
  >`;
}
