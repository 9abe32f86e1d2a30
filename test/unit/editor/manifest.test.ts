import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  commandIds,
  contextKeys,
  nodeContexts,
  proposalScheme,
  settingIds,
  viewIds,
} from '../../../src/editor/ids';
import { viewerCommands } from '../../../src/viewer/messages';

interface Item {
  readonly command: string;
  readonly when?: string;
}
interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Record<string, string>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly views: Record<string, readonly { id: string; icon: string }[]>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly commands: readonly {
      command: string;
      title: string;
      category: string;
      enablement?: string;
    }[];
    readonly menus: Record<string, readonly Item[]>;
    readonly configuration: {
      readonly properties: Record<string, { scope: string; default: unknown; order: number }>;
    };
  };
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const english = textsOf('package.nls.json');
const chinese = textsOf('package.nls.zh-cn.json');

describe('manifest', () => {
  it('declares the ids that the code uses', () => {
    const commands = contributes.commands.map(({ command }) => command);
    assert.deepEqual(commands.sort(), [...commandIds].sort());
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), Object.values(viewIds).sort());
    assert.deepEqual(Object.keys(contributes.views), ['flywheel']);
    assert.equal(contributes.viewsContainers.activitybar[0]?.id, 'flywheel');
    const settings = Object.keys(contributes.configuration.properties);
    assert.deepEqual(settings.sort(), Object.values(settingIds).sort());
    for (const command of viewerCommands) assert.ok(commandIds.some((id) => id === command));
  });

  it('has a text in both languages for every key, and no text too many', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  });

  it('gives every command a title and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.match(title, /^%command\./, command);
      assert.equal(category, 'Flywheel', command);
    }
  });

  it('uses only context keys that are ours or the editor’s, and node contexts that exist', () => {
    const whens = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ when }) => when),
      ...contributes.viewsWelcome.map(({ when }) => when),
      ...contributes.commands.map(({ enablement }) => enablement),
    ].filter((when) => when !== undefined);
    const known = [
      ...Object.values(contextKeys),
      ...Object.values(viewIds),
      ...Object.values(nodeContexts),
      ...['isWorkspaceTrusted', 'workspaceFolderCount', 'view', 'viewItem', 'false', 'file'],
      ...['resourceExtname', 'resourceScheme', 'editorLangId', proposalScheme],
      ...['resourceFilename', 'editorHasSelection', 'explorerResourceIsFolder'],
    ];
    for (const when of whens) {
      const patterns = [...when.matchAll(/=~ \/(.*?)\/(?= |$)/g)].map(([, text]) => text ?? '');
      const names = when.replace(/=~ \/.*?\/(?= |$)/g, '').match(/[A-Za-z][\w.-]*/g) ?? [];
      for (const name of names) assert.ok(known.includes(name), `${name} in ${when}`);
      if (!when.includes('viewItem =~')) continue;
      for (const pattern of patterns) {
        const fits = Object.values(nodeContexts).filter((one) => new RegExp(pattern).test(one));
        assert.ok(fits.length > 0, pattern);
      }
    }
  });

  it('names only its own commands in menus and links', () => {
    for (const { command } of Object.values(contributes.menus).flat()) {
      assert.ok(
        commandIds.some((id) => id === command),
        command,
      );
    }
    for (const texts of [english, chinese]) {
      for (const [, id] of Object.values(texts)
        .join('\n')
        .matchAll(/command:([\w.]+)/g)) {
        const editors = ['workbench.trust.manage', 'vscode.openFolder'];
        assert.ok(
          [...commandIds, ...editors].some((one) => one === id),
          id,
        );
      }
    }
  });

  it('keeps settings that name programs out of reach of a workspace', () => {
    const { properties } = contributes.configuration;
    assert.equal(properties[settingIds.pythonPath]?.scope, 'machine');
    assert.equal(properties[settingIds.nodePath]?.scope, 'machine');
    assert.equal(properties[settingIds.workers]?.scope, 'machine');
  });

  it('is activated by its views, its commands, a journal and JSON lines only, and its pictures exist', () => {
    // Files of tasks are JSON lines; being activated by others costs next to nothing.
    const events = ['workspaceContains:.flywheel/journal.db', 'onLanguage:jsonl'];
    assert.deepEqual(manifest.activationEvents, events);
    const views = Object.values(contributes.views).flat();
    const pictures = [...contributes.viewsContainers.activitybar, ...views].map(({ icon }) => icon);
    for (const picture of [manifest.icon, ...pictures]) assert.ok(statSync(picture).isFile());
  });

  it('is typed by the oldest editor that it says it runs in', () => {
    const types = textsOf('node_modules/@types/vscode/package.json');
    const minor = (version: string): string => version.replace(/^[\^~]/, '').replace(/\.\d+$/, '');
    assert.equal(minor(types['version'] ?? ''), minor(manifest.engines.vscode));
    assert.match(manifest.devDependencies['@types/vscode'] ?? '', /^~/);
  });
});

describe('messages of the editor', () => {
  it('each have a Chinese text with the same places, and none is left over', () => {
    const bundle = textsOf('l10n/bundle.l10n.zh-cn.json');
    const said = new Set(sourceFiles('src/editor').flatMap(messagesOf));
    assert.deepEqual([...said].sort(), Object.keys(bundle).sort());
    const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const [text, translated] of Object.entries(bundle)) {
      assert.deepEqual(places(translated), places(text), text);
    }
  });
});

function textsOf(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** Every first argument of `l10n.t`, which must be a plain string to be found by translators. */
function messagesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const calls = [...source.matchAll(/l10n\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")?/g)];
  return calls.map(([call, text]) => {
    assert.ok(text !== undefined, `${file}: ${call} is not given a plain string`);
    return text.slice(1, -1).replace(/\\(['"])/g, '$1');
  });
}
