import type { Language } from '../domain/task';
import { moduleStatements, type ModuleStatement } from './moduleStatements';
import { readTree } from './node';
import type { Syntax } from './parser';
import { syntaxProblem } from './problem';
import { Scopes } from './scopes';

export interface SpliceOptions {
  readonly language: Language;
  /** The whole file. */
  readonly file: string;
  /** The part of it that was worked on, as `sliceFor` cut it out. */
  readonly before: string;
  /** The same part as it shall be. */
  readonly after: string;
  /** New definitions are put in front of this one. */
  readonly entryPoint: string;
}

export type Spliced = { readonly text: string } | { readonly problem: string };

/**
 * Puts a changed part back into its file. Statements that changed take the place of those that
 * give the same name, new imports stand with the imports, other new statements before the entry
 * point. What the new part left out stays: other code of the file may need it.
 */
export function spliceInto(syntax: Syntax, options: SpliceOptions): Spliced {
  const { language, file, before, after, entryPoint } = options;
  const problem = syntaxProblem(syntax, language, after);
  if (problem !== null) return { problem: `line ${String(problem.line)}: ${problem.message}` };
  const read = (source: string): readonly ModuleStatement[] => {
    const root = readTree(syntax, language, source);
    return moduleStatements(root, language, source, new Scopes(root));
  };
  const statements = read(file);
  const textIn = (source: string) => (one: ModuleStatement) => source.slice(one.start, one.end);
  const known = new Set(read(before).map(textIn(before)));
  const now = read(after);
  const kept = new Set(now.map(textIn(after)));
  // A name may be given several times, as by overloads: those that stay as they are stay.
  const changeable = statements.filter((one) => !kept.has(textIn(file)(one)));
  const edits: Insertion[] = [];
  const taken = new Set<ModuleStatement>();
  for (const one of now) {
    const text = textIn(after)(one);
    if (known.has(text)) continue;
    const old = changeable.find((other) => !taken.has(other) && givesTheSame(other, one));
    if (old) {
      taken.add(old);
      edits.push({ start: old.start, end: old.end, text });
    } else if (!statements.some((other) => textIn(file)(other) === text)) {
      edits.push(placeFor(one, text, { statements, file, entryPoint, language }));
    }
  }
  return { text: applied(file, edits) };
}

interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Imports are replaced by no other statement: what they give the file may need otherwise. */
function givesTheSame(old: ModuleStatement, now: ModuleStatement): boolean {
  const [name] = now.gives;
  return name !== undefined && !old.isImport && !now.isImport && old.gives[0] === name;
}

function placeFor(
  statement: ModuleStatement,
  text: string,
  where: {
    readonly statements: readonly ModuleStatement[];
    readonly file: string;
    readonly entryPoint: string;
    readonly language: Language;
  },
): Insertion {
  const { statements, file, entryPoint, language } = where;
  const lastImport = statements.findLast(({ isImport }) => isImport);
  if (statement.isImport && lastImport) {
    return { start: lastImport.end, end: lastImport.end, text: `\n${text}` };
  }
  const entry = statements.find((one) => !one.isImport && one.gives.includes(entryPoint));
  const start = entry?.start ?? statements[0]?.start ?? file.length;
  const isBlock = language === 'python' && !statement.isImport && text.includes('\n');
  return { start, end: start, text: `${text}${isBlock ? '\n\n\n' : '\n\n'}` };
}

function applied(file: string, edits: readonly Insertion[]): string {
  let text = '';
  let at = 0;
  const inOrder = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.order - b.order);
  for (const { edit } of inOrder) {
    text += file.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + file.slice(at);
}
