import type { VisibleTest } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import { shorten } from '../../judge/bounded';

const mostShown = 2;
const longest = 160;

/**
 * What somebody would report who met the fault: what they called, what they expected and what they
 * got. Told from visible tests alone; one line of text.
 */
export function issueText(name: string, visible: readonly VisibleTest[], verdict: Verdict): string {
  const isVisible = new Set(visible.map(({ id }) => id));
  const seen = verdict.tests
    .filter(
      ({ id, outcome }) => isVisible.has(id) && (outcome === 'failed' || outcome === 'errored'),
    )
    .map(({ statement, expected, actual, message }) => {
      const at = statement === undefined ? '' : ` at \`${oneLine(statement)}\``;
      if (expected !== undefined && actual !== undefined) {
        return `I expected ${oneLine(expected)} and got ${oneLine(actual)}${at}.`;
      }
      return message === undefined ? '' : `It ends with "${oneLine(message)}"${at}.`;
    })
    .filter((text) => text !== '');
  const shown = [...new Set(seen)].slice(0, mostShown).join(' ');
  return `The function \`${name}\` does not do what it should.${shown === '' ? '' : ` ${shown}`} Find what is wrong and mend it.`;
}

function oneLine(text: string): string {
  return shorten(text.replace(/\s+/g, ' ').trim(), longest);
}
