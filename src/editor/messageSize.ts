import type { TaskRow, TaskStory, TurnStory } from '../engine/domain/view';
import { maxMessageChars } from '../viewer/messages';

/** Room for the summary and the list of runs that travel beside rows. */
const rowsBound = maxMessageChars / 2;

/** Rows in pages that each fit a message; one empty page where there are none. */
export function pagesOf(rows: readonly TaskRow[]): TaskRow[][] {
  let page: TaskRow[] = [];
  const pages = [page];
  let chars = 0;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    if (chars + size > rowsBound && page.length > 0) {
      page = [];
      pages.push(page);
      chars = 0;
    }
    page.push(row);
    chars += size;
  }
  return pages;
}

/**
 * A story that fits one message: where it does not, its long texts are cut to what is left for
 * each. The whole programs stay one click away, in the editor's own difference view.
 */
export function fitStory(story: TaskStory): TaskStory {
  if (JSON.stringify(story).length <= maxMessageChars) return story;
  const shares = 5 * (story.turns.length + 1);
  // A quarter of the bound, for JSON may write one character as up to six, rarely as more than two.
  const bound = Math.floor(maxMessageChars / 4 / shares);
  return {
    ...story,
    prompt: cut(story.prompt, bound),
    ...(story.starter === undefined
      ? {}
      : { starter: { ...story.starter, program: cut(story.starter.program, bound) } }),
    turns: story.turns.map((turn) => fitTurn(turn, bound)),
  };
}

function fitTurn(turn: TurnStory, bound: number): TurnStory {
  const difference: TurnStory['difference'][number][] = [];
  let chars = 0;
  for (const line of turn.difference) {
    chars += line.text.length + 30;
    if (chars > bound) {
      difference.push({ kind: 'gap', text: '' });
      break;
    }
    difference.push(line);
  }
  return {
    ...turn,
    difference,
    ...(turn.feedback === undefined ? {} : { feedback: cut(turn.feedback, bound) }),
    ...(turn.output === undefined ? {} : { output: cut(turn.output, bound) }),
    ...(turn.message === undefined ? {} : { message: cut(turn.message, bound) }),
  };
}

function cut(text: string, bound: number): string {
  return text.length <= bound ? text : `${text.slice(0, bound)}…`;
}
