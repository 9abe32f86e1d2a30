import { messageOf } from '../domain/errors';
import type { JsonObject } from '../domain/json';
import type { Syntax } from '../syntax/parser';
import { evalPlus } from './formats/evalPlus';
import type { FormatName, ReadTask, TaskFormat } from './formats/format';
import { humanEval } from './formats/humanEval';
import { humanEvalX } from './formats/humanEvalX';
import { liveCodeBench } from './formats/liveCodeBench';
import { mbpp } from './formats/mbpp';
import { multiplE } from './formats/multiplE';
import { ownFormat } from './formats/ownFormat';
import { parsePythonJson } from './formats/rawMembers';
import { sweSmith } from './formats/sweSmith';

/** In the order in which they are tried: a line of EvalPlus looks like HumanEval too. */
export const taskFormats: readonly TaskFormat[] = [
  ownFormat,
  evalPlus,
  humanEval,
  mbpp,
  multiplE,
  humanEvalX,
  liveCodeBench,
  sweSmith,
];

/**
 * One task of its JSON text, in the format named or in that which its keys tell. Never throws: what
 * is no task is a `problem`.
 */
export function readTask(
  text: string,
  syntax: Syntax,
  only?: FormatName,
): ReadTask & { readonly format?: FormatName } {
  let line: unknown;
  try {
    line = parsePythonJson(text);
  } catch (error) {
    return { problem: messageOf(error) };
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    return { problem: 'is not a JSON object' };
  }
  const object = line as JsonObject;
  const format = taskFormats.find((one) =>
    only === undefined ? one.matches(object) : one.name === only,
  );
  if (!format) {
    return { problem: 'is not a task of a known format (entryPoint and tests are missing)' };
  }
  return { ...format.read(object, { syntax, text }), format: format.name };
}
