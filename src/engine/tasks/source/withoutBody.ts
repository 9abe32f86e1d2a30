import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import type { TestedFunction } from './testedFunctions';

/** The program with nothing left of the function but its signature and documentation. */
export function withoutBody(
  syntax: Syntax,
  { language, program, name, documentation }: TestedFunction,
): string | null {
  const place = functionsOf(syntax, language, program).find((one) => one.name === name);
  if (!place) return null;
  const { bodyStart, bodyEnd } = place;
  const indent = /[ \t]*$/.exec(program.slice(0, bodyStart))?.[0] ?? '';
  const body =
    language !== 'python'
      ? '{\n}'
      : documentation === null
        ? '...'
        : `${docstring(documentation, indent)}\n${indent}...`;
  return program.slice(0, bodyStart) + body + program.slice(bodyEnd);
}

/** As a person would write it; quoted as one line only where it could not stand between quotes. */
function docstring(documentation: string, indent: string): string {
  const text = documentation.trim();
  if (/"""|\\|"$/.test(text)) return JSON.stringify(text);
  const lines = text
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : indent + line));
  return lines.length === 1 ? `"""${text}"""` : `"""${lines.join('\n')}\n${indent}"""`;
}
