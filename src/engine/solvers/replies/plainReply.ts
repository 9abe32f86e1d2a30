/**
 * A reply without what carries no meaning: byte order mark, Windows line ends, marks of a chat
 * template with all behind them, and thoughts in tags. A thought that was never closed takes all
 * that follows it; one whose opening tag stood in the prompt takes all that precedes its end,
 * unless code precedes it: then the tag is a stray one.
 */
export function plainReply(reply: string): string {
  let text = withoutMarks(reply.replaceAll('\uFEFF', '').replace(/\r\n?/g, '\n'));
  const names = 'think|thinking|thought|reasoning|reflection';
  text = text.replace(new RegExp(`^[ \\t]*<(${names})>[^]*?</\\1>`, 'gim'), '');
  const code = text.search(codeBegins);
  const before = code < 0 ? text : text.slice(0, code);
  const end = [...before.matchAll(new RegExp(`^(?!.*(?:#|//)).*</(?:${names})>`, 'gim'))].at(-1);
  if (end) text = text.slice(end.index + end[0].length);
  else text = behindDrafts(text, names);
  return text.replace(new RegExp(`^[ \\t]*<(?:${names})>[^]*$`, 'im'), '');
}

/** Where code begins that is set off, or a definition that is not. */
const codeBegins =
  /`{3}|~{3}|^[ \t]*[<[](?:pre|python|code|javascript|typescript)\b|^(?:(?:async )?def \w+\(|class \w+.*[:{]$|(?:export |async )*function \w+\()/im;

/** Thoughts that hold drafts in blocks, before a program that is not set off. */
function behindDrafts(text: string, names: string): string {
  const end = [...text.matchAll(new RegExp(`^[ \\t]*</(?:${names})>[ \\t]*$`, 'gim'))].at(-1);
  const rest = end ? text.slice(end.index + end[0].length) : text;
  return !/`{3}|~{3}/.test(rest) && definition.test(rest) ? rest : text;
}

const definition = /^(?:(?:async )?def \w+\(|(?:export |async )*function \w+\()/m;

/** The marks by which chat templates end a turn: what follows one is no part of the reply. */
function withoutMarks(text: string): string {
  const marks =
    /<\|(?:im_end|endoftext|eot_id|end_of_text|end|eos)\|>[ \t]*$|<end_of_turn>[ \t]*$|<｜end▁of▁sentence｜>/gm;
  const end = [...text.matchAll(marks)].find(({ index }) => text.slice(0, index).trim() !== '');
  return (end ? text.slice(0, end.index) : text).replace(/<\/s>\s*$/, '');
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
