import { endOfThoughts, marksOf, usualTags } from '../../models/thinkMarks';

const marks = [...usualTags, 'thought', 'reasoning', 'reflection'].map(marksOf);
const literal = (text: string): string => text.replace(/[[\]|/(){}^$*+?.\\]/g, '\\$&');
const thoughts = marks.map(({ opening, closing }) => ({
  whole: new RegExp(`^[ \\t]*${literal(opening)}[^]*?${literal(closing)}`, 'gim'),
  open: new RegExp(`^[ \\t]*${literal(opening)}[^]*$`, 'im'),
}));

/**
 * A reply without what carries no meaning: byte order mark, Windows line ends, marks of a chat
 * template with all behind them, and thoughts between marks. A thought that was never closed takes
 * all that follows it; one whose opening mark stood in the prompt takes all that precedes its end.
 */
export function plainReply(reply: string): string {
  let text = withoutMarks(reply.replaceAll('\uFEFF', '').replace(/\r\n?/g, '\n'));
  text = text.replaceAll('<|START_RESPONSE|>', '');
  for (const { whole } of thoughts) text = text.replace(whole, '');
  const end = endOfThoughts(text, marks);
  if (end) text = text.slice(end.end);
  for (const { open } of thoughts) text = text.replace(open, '');
  return text;
}

/** The marks by which chat templates end a turn: what follows one is no part of the reply. */
function withoutMarks(text: string): string {
  const marks =
    /<\|(?:im_end|endoftext|eot_id|end_of_text|end|eos|END_RESPONSE)\|>[ \t]*$|<end_of_turn>[ \t]*$|<｜end▁of▁sentence｜>|<\|(?:fim_pad|file_sep|fim_middle|im_start)\|>|\[DONE\][ \t]*$/gm;
  const end = [...text.matchAll(marks)].find(({ index }) => text.slice(0, index).trim() !== '');
  const told = end ? text.slice(0, end.index) : text;
  return withoutNextTurn(told).replace(/<\/s>\s*$/, '');
}

/** What a model goes on with behind its code as if it were the person: a turn of its own making. */
function withoutNextTurn(text: string): string {
  const turn = /^(?:Human|User|### (?:Instruction|Input|Question)):[ \t]*(?:\S.*)?$/gm;
  const begun = [...text.matchAll(turn)].find(({ index }) => {
    const fences = text.slice(0, index).match(/^[ \t]*(?:`{3,}|~{3,})/gm)?.length ?? 0;
    return fences >= 2 && fences % 2 === 0;
  });
  return begun ? text.slice(0, begun.index) : text;
}

const refusing =
  /\b(?:I(?:'m| am) (?:sorry|unable|not able)|I (?:can(?:'|’)?t|cannot|can not|won(?:'|’)t|will not) (?:help|assist|provide|comply|write|do|fulfil|create)|as an AI\b|against (?:my|our) (?:policy|guidelines)|unable to (?:assist|help|comply))/i;

/** True where a reply without code reads as a refusal to write any. */
export function readsAsRefusal(reply: string): boolean {
  return refusing.test(reply.slice(0, 600));
}

/** The line in which a model wrote down what it learned, as the prompts ask for; null where none. */
export function lessonIn(reply: string): string | null {
  const line = /^[ \t>*_#-]*lesson[*_]*[ \t]*:[*_ \t]*(.+)$/im.exec(plainReply(reply))?.[1];
  const text = line?.replace(/[*_\s]+$/, '').trim();
  return text === undefined || text === '' ? null : text.slice(0, maxLessonChars);
}

const maxLessonChars = 240;
