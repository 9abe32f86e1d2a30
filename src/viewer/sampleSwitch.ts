import { html, nothing, type TemplateResult } from 'lit';
import type { SampleMark, TaskStory } from '../engine/domain/view';
import type { Texts } from './texts';

/** The samples of a task to choose from, as radio buttons: arrows move between them. */
export function sampleSwitch(
  story: TaskStory,
  texts: Texts,
  onSample: (sample: number) => void,
): TemplateResult | typeof nothing {
  const { samples, sample } = story;
  if (samples === undefined) return nothing;
  const solved = samples.filter(({ solvedVisible }) => solvedVisible === true).length;
  return html`<fieldset class="samples">
    <legend>${texts.samplesSolved(solved, samples.length)}</legend>
    <div class="sample-marks">
      ${samples.map((mark) => {
        const { tone, icon, words } = look(mark, texts);
        const label = texts.sampleLabel(mark.sample + 1, words, mark.turns);
        return html`<label class="sample ${tone}" title=${label}>
          <input
            type="radio"
            name="sample"
            class="visually-hidden"
            aria-label=${label}
            .checked=${mark.sample === sample}
            @change=${() => onSample(mark.sample)}
          />
          ${mark.sample + 1} <span class="codicon codicon-${icon}" aria-hidden="true"></span>
        </label>`;
      })}
    </div>
  </fieldset>`;
}

/** A shape and words for a sample; colour says nothing that they do not. */
function look(mark: SampleMark, texts: Texts): { tone: string; icon: string; words: string } {
  if (mark.solvedVisible === true) {
    if (mark.passedHidden === false) {
      return { tone: 'warned', icon: 'warning', words: texts.failsHidden };
    }
    return { tone: 'good', icon: 'check', words: texts.stops.solved };
  }
  if (mark.stop !== undefined) return { tone: 'bad', icon: 'close', words: texts.stops[mark.stop] };
  return mark.state === 'running'
    ? { tone: '', icon: 'play', words: texts.runningRow }
    : { tone: '', icon: 'dash', words: texts.waiting };
}
