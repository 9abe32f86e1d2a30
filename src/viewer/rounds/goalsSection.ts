import { html, nothing, type TemplateResult } from 'lit';
import type { RoundsStory } from '../../engine/domain/roundsStory';
import type { RoundsCommand } from './messages';
import type { RoundsTexts } from './texts';
import { countWords, rateWords } from './words';

/** What the rounds are for, what they may cost and did, and what the next ones would work on. */
export function goalsSection(
  { goals, next, spent }: RoundsStory,
  trusted: boolean,
  texts: RoundsTexts,
  onCommand: (command: RoundsCommand) => void,
): TemplateResult {
  const { file } = goals;
  return html`<dl class="goals">
      ${term(texts.ability, named(texts.abilities, goals.ability))}
      ${term(texts.direction, named(texts.directions, goals.direction))}
      ${term(texts.language, goals.language ?? texts.any)}
      ${term(texts.concept, goals.concept ?? texts.any)}
      ${term(texts.solver, goals.solver === 'search-repair' ? texts.searchRepair : goals.solver)}
      ${file === null ? nothing : term(texts.autonomy, texts.autonomies[file.autonomy])}
      ${term(texts.used, usedWords({ goals, spent }, texts))}
      ${term(texts.source, goals.tasks, true)}
      ${term(texts.heldOut, goals.heldOut ?? texts.heldOutShare(rateWords(goals.heldOutShare)), true)}
      ${
        goals.focus.length === 0
          ? nothing
          : term(
              texts.focus,
              goals.focus
                .map(
                  (cell) =>
                    `${cell.language} · ${cell.concept} · ${named(texts.faultNames, cell.fault)}`,
                )
                .join('; '),
              true,
            )
      }
    </dl>
    ${
      file === null
        ? nothing
        : html`<div class="buttons">
            <button class="quiet-button" @click=${() => onCommand('openGoals')}>
              <span class="codicon codicon-go-to-file" aria-hidden="true"></span>${texts.openGoals}
            </button>
          </div>`
    }
    <h3>${texts.nextGoals}</h3>
    ${nextGoals(next, texts)}
    ${
      (next?.file ?? null) === null
        ? nothing
        : html`<div class="buttons">
            <button class="quiet-button" @click=${() => onCommand('openNextGoals')}>
              <span class="codicon codicon-go-to-file" aria-hidden="true"></span>${texts.openNext}
            </button>
            ${
              trusted
                ? html`<button class="quiet-button" @click=${() => onCommand('runNextGoals')}>
                    <span class="codicon codicon-run" aria-hidden="true"></span>${texts.runNext}
                  </button>`
                : nothing
            }
          </div>`
    }`;
}

function nextGoals(next: RoundsStory['next'], texts: RoundsTexts): TemplateResult {
  if (next === null) return html`<p class="muted">${texts.noNext}</p>`;
  if (next.weakest.length === 0) return html`<p class="muted">${texts.allSolved}</p>`;
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${texts.nextGoals}>
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">${texts.concept}</th>
          <th scope="col">${texts.language}</th>
          <th scope="col">${texts.fault}</th>
          <th scope="col">${texts.passRate}</th>
          <th scope="col">${texts.tasksColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${next.weakest.map(
          ({ concept, language, fault, rate, tasks }) =>
            html`<tr>
              <th scope="row">${concept}</th>
              <td>${language}</td>
              <td>${named(texts.faultNames, fault)}</td>
              <td class="number">${rateWords(rate)}</td>
              <td class="number">${countWords(tasks, texts)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What was used, beside the bound where there is one. */
function usedWords(
  { goals, spent }: Pick<RoundsStory, 'goals' | 'spent'>,
  texts: RoundsTexts,
): string {
  const budget = goals.file?.budget ?? {};
  const count = (value: number): string => countWords(value, texts);
  const bound = (value: number | undefined): string | null =>
    value === undefined ? null : count(value);
  const parts = [texts.programsOf(count(spent.candidates), bound(budget.candidates))];
  if (spent.tokens !== null) {
    parts.push(texts.tokensOf(count(spent.tokens), bound(budget.tokens)));
  }
  if (spent.usd !== null) {
    const of = budget.usd === undefined ? null : `$${budget.usd}`;
    parts.push(texts.usdOf(`$${spent.usd.toFixed(2)}`, of));
  }
  if (budget.minutes !== undefined) parts.push(`≤ ${texts.minutes(budget.minutes)}`);
  return parts.join(', ');
}

/** The word for a name; the name itself where the engine knows more than we do. */
function named(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name;
}

function term(name: string, value: string, isWhole = false): TemplateResult {
  return html`<div class=${isWhole ? 'whole' : ''}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
