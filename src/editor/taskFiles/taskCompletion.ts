import * as vscode from 'vscode';
import { taskFilePattern } from './taskFiles';
import { schemasAt } from './schemaAt';
import { taskSchema, type Schema } from './taskSchema';

const selector: vscode.DocumentSelector = { scheme: 'file', pattern: taskFilePattern };
/** Longer lines are not looked into while a person types. */
export const maxLineChars = 1024 * 1024;

/** Completes keys and values of the task on a line, by the schema of a task. */
export function registerTaskCompletion(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    selector,
    { provideCompletionItems: completionsAt },
    '"',
    ':',
    ',',
    ' ',
    '{',
  );
}

async function completionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const line = document.lineAt(position.line).text;
  if (line.length > maxLineChars) return [];
  if (line.trim() === '') return wholeTasks();
  const { getLocation, parse } = await import('jsonc-parser');
  const { path, isAtPropertyKey, previousNode } = getLocation(line, position.character);
  const value: unknown = parse(line, [], { allowTrailingComma: true });
  const { start, end } = replaced(position.character, previousNode);
  const range = new vscode.Range(position.line, start, position.line, end);
  const schema = taskSchema();
  const after = line.slice(end);
  if (!isAtPropertyKey) return valuesOf(schemasAt(schema, path, value), range);
  const parent = path.slice(0, -1);
  const present = new Set(keysAt(value, parent));
  present.delete(String(path.at(-1)));
  return keysOf(schemasAt(schema, parent, value), { present, range, after });
}

/** What is typed over: the text that the cursor is in, else nothing. */
function replaced(
  at: number,
  node: { readonly offset: number; readonly length: number; readonly type: string } | undefined,
): { readonly start: number; readonly end: number } {
  const isIn = node && node.type !== 'object' && node.type !== 'array';
  const touches = isIn === true && node.offset <= at && at <= node.offset + node.length;
  return touches ? { start: node.offset, end: node.offset + node.length } : { start: at, end: at };
}

function keysOf(
  schemas: readonly Schema[],
  { present, range, after }: { present: ReadonlySet<string>; range: vscode.Range; after: string },
): vscode.CompletionItem[] {
  const required = new Set(schemas.flatMap((schema) => schema.required ?? []));
  const keys = new Map(schemas.flatMap(({ properties = {} }) => Object.entries(properties)));
  const hasColon = /^\s*:/.test(after);
  const comma = /^\s*"/.test(after) ? ',' : '';
  return [...keys]
    .filter(([key]) => !present.has(key))
    .map(([key, schema]) => {
      const item = new vscode.CompletionItem(key, vscode.CompletionItemKind.Property);
      item.range = range;
      // What is replaced has its quotes, and so must what is compared with it.
      item.filterText = `"${key}"`;
      const value = hasColon ? '' : `: ${placeholder(schema)}${comma}`;
      item.insertText = new vscode.SnippetString(`"${key}"${value}`);
      item.sortText = `${required.has(key) ? '0' : '1'}${key}`;
      if (required.has(key)) item.detail = vscode.l10n.t('required');
      if (schema.description !== undefined) item.documentation = schema.description;
      return item;
    });
}

function placeholder({ type, default: usual, enum: values, const: only }: Schema): string {
  if (only !== undefined) return '"$1"';
  if (values !== undefined) return '"$1"';
  if (typeof usual === 'number') return `\${1:${usual}}`;
  return (type && placeholders[type]) ?? '$1';
}

const placeholders: Readonly<Record<string, string>> = {
  object: '{$1}',
  array: '[$1]',
  string: '"$1"',
};

function valuesOf(schemas: readonly Schema[], range: vscode.Range): vscode.CompletionItem[] {
  const values = new Map<string, string>();
  for (const { enum: all = [], enumDescriptions = [], const: only, description } of schemas) {
    all.forEach((value, place) => values.set(value, enumDescriptions[place] ?? ''));
    if (only !== undefined) values.set(only, description ?? '');
  }
  return [...values].map(([value, description]) => {
    const item = new vscode.CompletionItem(value, vscode.CompletionItemKind.EnumMember);
    item.range = range;
    item.filterText = `"${value}"`;
    item.insertText = JSON.stringify(value);
    item.documentation = description;
    return item;
  });
}

function keysAt(value: unknown, path: readonly (string | number)[]): string[] {
  let inside = value;
  for (const step of path) {
    if (typeof inside !== 'object' || inside === null) return [];
    inside = (inside as Readonly<Record<string | number, unknown>>)[step];
  }
  return typeof inside === 'object' && inside !== null ? Object.keys(inside) : [];
}

/** A line to begin a task with, for an empty one. */
function wholeTasks(): vscode.CompletionItem[] {
  const task = (language: string, name: string, test: string): vscode.CompletionItem => {
    const label = vscode.l10n.t('Task in {0}', name);
    const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Snippet);
    item.insertText = new vscode.SnippetString(
      `{"id": "\${1:name}", "language": "${language}", "prompt": "$2", "entryPoint": "\${3:solve}", ` +
        `"reference": "$4", "tests": [{"id": "t1", "role": "visible", "kind": "assert", "source": "${test}"}]}`,
    );
    item.documentation = vscode.l10n.t('A new task with one visible test.');
    return item;
  };
  return [
    task('python', 'Python', 'assert $3($5) == $6'),
    task('javascript', 'JavaScript', 'assert.deepStrictEqual($3($5), $6)'),
    task('typescript', 'TypeScript', 'assert.deepStrictEqual($3($5), $6)'),
  ];
}
