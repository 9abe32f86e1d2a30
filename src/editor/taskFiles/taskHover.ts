import * as vscode from 'vscode';
import type { TaskEntry } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { schemasAt } from './schemaAt';
import { maxLineChars } from './taskCompletion';
import { taskFilePattern, type TaskFiles } from './taskFiles';
import { taskSchema, type Schema } from './taskSchema';
import { stateName, taskFacts } from './taskWords';

const selector: vscode.DocumentSelector = { scheme: 'file', pattern: taskFilePattern };

/** Says what a key or a value means, and over the id what is known of the task. */
export function registerTaskHover(files: TaskFiles): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position) {
      const line = document.lineAt(position.line).text;
      if (line.length > maxLineChars) return null;
      const { getLocation, parse } = await import('jsonc-parser');
      const { path, previousNode, isAtPropertyKey } = getLocation(line, position.character);
      if (previousNode === undefined || path.length === 0) return null;
      const value: unknown = parse(line);
      const told = textOf(schemasAt(taskSchema(), path, value), previousNode.value);
      const isId = path.length === 1 && path[0] === 'id' && !isAtPropertyKey;
      const entry = isId ? await entryAt(files, document, position.line + 1) : undefined;
      const texts = [...(entry ? [entryText(entry)] : []), ...(told === '' ? [] : [told])];
      const { offset, length } = previousNode;
      const range = new vscode.Range(position.line, offset, position.line, offset + length);
      return texts.length === 0 ? null : new vscode.Hover(texts.map(literally), range);
    },
  });
}

function textOf(schemas: readonly Schema[], value: unknown): string {
  const [first] = schemas;
  const described = schemas.find(
    ({ const: only }) => only !== undefined && only === value,
  )?.description;
  const meaning = schemas
    .map(({ enum: all = [], enumDescriptions = [] }) =>
      typeof value === 'string' ? enumDescriptions[all.indexOf(value)] : undefined,
    )
    .find((text) => text !== undefined);
  return [described ?? first?.description, meaning].filter(Boolean).join(' ');
}

async function entryAt(
  files: TaskFiles,
  { uri }: vscode.TextDocument,
  line: number,
): Promise<TaskEntry | undefined> {
  const { tasks } = await files.read(uri.fsPath);
  return tasks.find((one) => one.file === uri.fsPath && one.line === line);
}

function entryText(entry: TaskEntry): string {
  const facts = [stateName(entry.state), ...taskFacts(entry)].join(' · ');
  return plainText(entry.saw === undefined ? facts : `${facts}\n${entry.saw}`);
}

/** Text of a file is shown as it is: nothing in it is a link or a picture. */
function literally(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}
