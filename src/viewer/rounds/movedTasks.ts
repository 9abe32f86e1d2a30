import { html, nothing, type TemplateResult } from 'lit';
import type { MovedTask } from '../../engine/domain/rounds';
import type { RoundStory } from '../../engine/domain/roundsStory';
import type { RoundsTexts } from './texts';
import { rateWords } from './words';

type Compare = NonNullable<RoundStory['compare']>;

/** Held-out tasks that are solved more or less often than before: those newly lost come first. */
export function movedTasks(
  { moved, movedMore, after }: Compare,
  texts: RoundsTexts,
  onTask: (run: string, task: string) => void,
): TemplateResult {
  if (moved.length === 0) return html`<p class="muted">${texts.noneMoved}</p>`;
  const { lost, won, others } = byKind(moved);
  const open = (task: string): void => onTask(after.run, task);
  return html`<div class="moved">
      ${list('lost', texts.lost(lost.length), lost, texts, open)}
      ${list('won', texts.won(won.length), won, texts, open)}
      ${others.length === 0 ? nothing : list('others', texts.others(others.length), others, texts, open)}
    </div>
    ${movedMore === 0 ? nothing : html`<p class="muted small">${texts.movedMore(movedMore)}</p>`}`;
}

/** Lost: it was solved and no sample solves it any more. Won: none did, and one does. */
export function byKind(moved: readonly MovedTask[]) {
  const won = moved.filter(({ before, after }) => before === 0 && after > 0);
  const lost = moved.filter(({ isForgotten }) => isForgotten);
  const others = moved.filter((task) => !won.includes(task) && !lost.includes(task));
  return { lost, won, others };
}

const icons = { lost: 'arrow-down', won: 'arrow-up', others: 'arrow-swap' } as const;

function list(
  kind: keyof typeof icons,
  name: string,
  tasks: readonly MovedTask[],
  texts: RoundsTexts,
  open: (task: string) => void,
): TemplateResult {
  return html`<section class="moved-list ${kind}">
    <h4>
      <span class="codicon codicon-${icons[kind]}" aria-hidden="true"></span>
      ${name}
    </h4>
    ${
      tasks.length === 0
        ? nothing
        : html`<table class="numbers">
            <thead>
              <tr>
                <th scope="col">${texts.task}</th>
                <th scope="col">${texts.before}</th>
                <th scope="col">${texts.after}</th>
              </tr>
            </thead>
            <tbody>
              ${tasks.map(
                ({ task, id, before, after }) =>
                  html`<tr>
                    <th scope="row">
                      <button class="link task-link" title=${id} @click=${() => open(task)}>
                        ${id}
                      </button>
                    </th>
                    <td class="number">${rateWords(before)}</td>
                    <td class="number">${rateWords(after)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}
