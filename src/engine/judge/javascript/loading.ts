import type { Script } from '../../sandbox/quickjs/protocol';
import type { Syntax } from '../../syntax/parser';
import type { CodeProgram } from '../languageJudge';
import { compileScript } from './compile';
import { lookupOf } from './jobs';
import type { NodeNeeds } from './nodeNeeds';
import { script } from './scripts';
import { unsupported } from './unsupported';

export const programId = ':program';
export const programFile = 'program.js';

export type Loading = { readonly scripts: readonly Script[] } | { readonly problem: string };

/**
 * Turns programs into the scripts that load them, so that their names stand in the global scope.
 * `source` is the program's own, or the same with watching calls put in.
 */
export function loader(
  syntax: Syntax,
  needs: NodeNeeds,
): (program: CodeProgram, source: string) => Loading {
  return (program, source) => {
    const compiled = compileScript(source);
    if ('problem' in compiled) return compiled;
    const problem = unsupported(syntax, source) ?? needs.otherFile(program);
    if (problem !== null) return { problem };
    const { entryPoint } = program;
    const main = { id: programId, file: programFile, source: compiled.code, required: true };
    return {
      scripts: [
        { ...main, lookup: lookupOf([entryPoint]) },
        script('entry', exposeEntryPoint(entryPoint)),
      ],
    };
  };
}

/** A program may export its entry point and not declare it: `module.exports = (a) => …`. */
function exposeEntryPoint(name: string): string {
  const exported = `module.exports?.[${JSON.stringify(name)}] ?? module.exports?.default ?? module.exports`;
  return `if (typeof ${name} === 'undefined') globalThis[${JSON.stringify(name)}] = ${exported};`;
}
