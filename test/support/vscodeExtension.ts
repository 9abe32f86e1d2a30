import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';

export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

/** The extension under test, as VS Code has it. */
export function extension(): vscode.Extension<TestSurface> {
  const found = vscode.extensions.getExtension<TestSurface>('code-flywheel.code-flywheel');
  assert.ok(found, 'VS Code does not know the extension');
  return found;
}

export function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}

/** Activates the extension and answers its questions: nobody sits in front of a test. */
export async function surface(): Promise<{ surface: TestSurface; told: string[] }> {
  const activated = await extension().activate();
  const told: string[] = [];
  const keep = (message: string): Promise<undefined> => {
    told.push(message);
    return Promise.resolve(undefined);
  };
  Object.assign(activated.prompts, { tell: keep, warn: keep, fail: keep });
  return { surface: activated, told };
}
