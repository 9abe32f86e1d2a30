import type { Language } from '../../domain/task';
import type { ModuleStatement } from '../../syntax/moduleStatements';
import type { Syntax } from '../../syntax/parser';
import { defines, readingOf, type Reading } from './reading';

/**
 * A part of a program put into the whole that it belongs to: what it defines replaces what the
 * base defines under the same name, its new imports come first, its new definitions stand before
 * the entry point. Where it needs nothing of the base, or the base cannot be read, it is the
 * whole. `wanted` are names that tests use.
 */
export function spliced(
  part: Reading,
  options: {
    readonly syntax: Syntax;
    readonly language: Language;
    readonly base: string;
    readonly entryPoint: string;
    readonly wanted: ReadonlySet<string>;
  },
): string {
  const { syntax, language, entryPoint } = options;
  const base = readingOf(syntax, language, options.base);
  const needed = [...part.lacks, ...options.wanted].filter(
    (name) => !part.gives.has(name) && base.gives.has(name),
  );
  if (!part.parses || needed.length === 0) return part.text;
  const textOf = ({ start, end }: ModuleStatement): string => part.text.slice(start, end);
  const imports = part.statements.filter(
    ({ isImport, gives }) => isImport && gives.some((name) => !base.gives.has(name)),
  );
  const others = part.statements.filter(({ isImport }) => !isImport);
  const replaced = new Map<ModuleStatement, string[]>();
  const added: string[] = [];
  for (const statement of others) {
    const place = base.statements.find(
      ({ isImport, gives }) => !isImport && gives.some((name) => statement.gives.includes(name)),
    );
    if (place) replaced.set(place, [...(replaced.get(place) ?? []), textOf(statement)]);
    else added.push(textOf(statement));
  }
  return assembled(base, { imports: imports.map(textOf), replaced, added, entryPoint, language });
}

function assembled(
  base: Reading,
  parts: {
    readonly imports: readonly string[];
    readonly replaced: ReadonlyMap<ModuleStatement, readonly string[]>;
    readonly added: readonly string[];
    readonly entryPoint: string;
    readonly language: Language;
  },
): string {
  const gap = parts.language === 'python' ? '\n\n\n' : '\n\n';
  const first = base.statements.find(({ node }) => node.type !== 'future_import_statement');
  const entry = base.statements.find(
    ({ isImport, gives }) => !isImport && gives.includes(parts.entryPoint),
  );
  let text = '';
  let at = 0;
  for (const statement of base.statements) {
    text += base.text.slice(at, statement.start);
    if (statement === first) text += parts.imports.map((line) => `${line}\n`).join('');
    if (statement === entry) text += parts.added.map((one) => `${one}${gap}`).join('');
    const own = base.text.slice(statement.start, statement.end);
    text += parts.replaced.get(statement)?.join(gap) ?? own;
    at = statement.end;
  }
  text += base.text.slice(at);
  return entry ? text : [text.trimEnd(), ...parts.added].join(gap) + '\n';
}

/** The import statements of a program alone. */
export function importsOf(syntax: Syntax, language: Language, source: string): string {
  const reading = readingOf(syntax, language, source);
  return reading.statements
    .filter(({ isImport }) => isImport)
    .map(({ start, end }) => `${source.slice(start, end)}\n`)
    .join('');
}

/** A program whose entry point is a method of a class, with a function of that name beside it. */
export function unwrapped(reading: Reading, language: Language, entryPoint: string): string | null {
  if (!reading.parses || defines(reading, entryPoint)) return null;
  for (const { node } of reading.statements) {
    const found = classWithMethod(node, entryPoint);
    if (found === null) continue;
    const { owner, isOfClass } = found;
    const text = reading.text.trimEnd();
    return language === 'python'
      ? `${text}\n\n\n${entryPoint} = ${owner}${isOfClass ? '' : '()'}.${entryPoint}\n`
      : `${text}\n\nconst ${entryPoint} = (...given) => new ${owner}().${entryPoint}(...given);\n`;
  }
  return null;
}

/** The class that has the method, which belongs to the class itself where it takes no `self`. */
function classWithMethod(
  statement: ModuleStatement['node'],
  method: string,
): { readonly owner: string; readonly isOfClass: boolean } | null {
  const inner = statement.children.find((child) =>
    /^class_(definition|declaration)$/.test(child.type),
  );
  const found = /^class_(definition|declaration)$/.test(statement.type) ? statement : inner;
  if (!found) return null;
  const name = found.children.find(({ field }) => field === 'name')?.text ?? null;
  const body = found.children.find(({ field }) => field === 'body');
  const methods = (body?.children ?? []).map((child) =>
    child.type === 'decorated_definition'
      ? child.children.find(({ field }) => field === 'definition')
      : child,
  );
  const nameOf = (of: ModuleStatement['node'] | undefined): string | undefined =>
    of?.children.find(({ field }) => field === 'name')?.text;
  const maker = methods.find((one) => /^(__init__|constructor)$/.test(nameOf(one) ?? ''));
  const parameters = maker?.children.find(({ field }) => field === 'parameters');
  const required = (parameters?.children ?? []).filter(
    ({ type, text }) =>
      /^(identifier|typed_parameter|required_parameter)$/.test(type) && text !== 'self',
  );
  const own = methods.find((one) => nameOf(one) === method);
  if (required.length > 0 || own === undefined || name === null) return null;
  const given = own.children.find(({ field }) => field === 'parameters')?.text ?? '';
  const isOfClass =
    own.type === 'function_definition' && !/^\(\s*(?:self|cls|_|this)\b/.test(given);
  return { owner: name, isOfClass };
}
