import { html, nothing, type TemplateResult } from 'lit';
import type { CurvePoint } from '../../engine/domain/rounds';
import type { RoundStory } from '../../engine/domain/roundsStory';
import type { RoundsTexts } from './texts';
import { countWords, intervalWords, pointsWords, rateWords } from './words';

/** The curve in numbers, a row for each generation. */
export function curveTable(
  points: readonly CurvePoint[],
  rounds: readonly RoundStory[],
  texts: RoundsTexts,
): TemplateResult {
  const hasFixes = points.some(({ candidatesToFix }) => candidatesToFix !== null);
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${texts.curve}>
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">${texts.round}</th>
          <th scope="col">${texts.passRate}</th>
          <th scope="col">${texts.interval}</th>
          <th scope="col">${texts.tasksColumn}</th>
          ${hasFixes ? html`<th scope="col">${texts.toFix}</th>` : nothing}
          <th scope="col">${texts.verdict}</th>
          <th scope="col">${texts.keptColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${points.map((point) => {
          const round = rounds.find(({ number }) => number === point.round);
          return row(point, point.round === 0 ? undefined : round, hasFixes, texts);
        })}
      </tbody>
    </table>
  </div>`;
}

function row(
  point: CurvePoint,
  round: RoundStory | undefined,
  hasFixes: boolean,
  texts: RoundsTexts,
): TemplateResult {
  const { rate, interval, tasks, candidatesToFix, isKept, faults } = point;
  const compare = round?.compare;
  return html`<tr class=${isKept ? '' : 'dropped'}>
    <th scope="row">${point.round === 0 ? texts.start : point.round}</th>
    <td class="number">${rateWords(rate)}</td>
    <td class="number">${intervalWords(interval)}</td>
    <td class="number" title=${faults === 0 ? '' : texts.faults(faults)}>
      ${countWords(tasks, texts)}${faults === 0 ? nothing : html`<span aria-label=${texts.faults(faults)}> *</span>`}
    </td>
    ${
      hasFixes
        ? html`<td class="number">
            ${candidatesToFix === null ? '–' : candidatesToFix.toFixed(1)}
          </td>`
        : nothing
    }
    <td class="words">
      ${
        compare === undefined
          ? html`<span class="muted">${texts.unrounded}</span>`
          : html`<span class="verdict ${compare.outcome}">${texts.outcomes[compare.outcome]}</span>
              <span class="muted">${texts.points(pointsWords(compare.difference))}</span>`
      }
    </td>
    <td>${point.round === 0 ? '–' : isKept ? texts.kept : texts.rolledBack}</td>
  </tr>`;
}
