import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SandboxOutcome } from '../../domain/ports';
import type { Script, ScriptResult } from '../../sandbox/quickjs/protocol';

export function script(id: string, source: string): Script {
  return { id, source, file: `${id.replace(/\W/g, '')}.js` };
}

/** A script whose value, a text, is told. */
export function telling(id: string, source: string): Script {
  return { ...script(id, source), value: true };
}

/** Scripts that come with the product, by their names. */
export function ownScripts(assetsFolder: string, names: readonly string[]): Script[] {
  return names.map((name) => {
    const file = `${name}.js`;
    const source = readFileSync(path.join(assetsFolder, file), 'utf8');
    return { ...script(file, source), required: true };
  });
}

/** What came of each script. The sandbox is our own code: what it posts is typed, not checked. */
export function results(outcome: SandboxOutcome): ScriptResult[] {
  return outcome.messages as ScriptResult[];
}
