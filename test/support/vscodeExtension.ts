import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import type { Prompts } from '../../src/editor/prompts';

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

/**
 * Activates the extension and answers its questions, for nobody sits in front of a test: texts are
 * taken as proposed, of choices the first, folders are `folder`. `told` gathers what it says.
 */
export async function surface(
  folder?: vscode.Uri,
): Promise<{ surface: TestSurface; told: string[] }> {
  const activated = await extension().activate();
  const told: string[] = [];
  const keep = (message: string): Promise<undefined> => {
    told.push(message);
    return Promise.resolve(undefined);
  };
  const settings = vscode.workspace.getConfiguration();
  const target = vscode.ConfigurationTarget.Global;
  await settings.update('flywheel.model.name', 'search', target);
  // Faults that search cannot mend would each cost it thousands of programs.
  await settings.update('flywheel.search.maxCandidates', 200, target);
  const prompts: Partial<Prompts> = {
    ...{ tell: keep, warn: keep, fail: keep },
    text: async ({ title, value, check }) => {
      assert.equal(check(value), null, `what "${title}" proposes is taken`);
      return value;
    },
    // The first choice is the usual one.
    pick: async (_, choices) => choices[0]?.value,
    pickMany: async (_, choices) =>
      choices.filter(({ picked }) => picked).map(({ value }) => value),
    folder: async () => folder,
  };
  Object.assign(activated.prompts, prompts);
  return { surface: activated, told };
}

/** A file of the workspace, whether it exists or not. */
export function workspaceFile(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}
