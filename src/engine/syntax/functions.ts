import type { Language } from '../domain/task';
import { docstringOf, docstringText, jsdocAbove, jsdocText } from './documentation';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { fieldOf, hasToken, named } from './walk';

export interface FunctionPlace {
  readonly name: string;
  /** UTF-16 offsets of the whole statement: decorators, `export` and a JSDoc block above too. */
  readonly start: number;
  readonly end: number;
  /** Lines of `start` and `end`, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** The docstring or JSDoc block without its marks. */
  readonly documentation: string | null;
  /** The text up to the body, without decorators and comments above. */
  readonly signature: string;
  readonly isAsync: boolean;
}

/** The named functions at the top level of a module, in source order. */
export function functionsOf(
  syntax: Syntax,
  language: Language,
  source: string,
): readonly FunctionPlace[] {
  const statements = named(readTree(syntax, language, source));
  return statements.flatMap((statement) =>
    language === 'python' ? pythonFunction(statement, source) : scriptFunction(statement, source),
  );
}

function pythonFunction(statement: Node, source: string): FunctionPlace[] {
  const definition =
    statement.type === 'decorated_definition' ? fieldOf(statement, 'definition') : statement;
  if (definition?.type !== 'function_definition') return [];
  const name = fieldOf(definition, 'name');
  const body = fieldOf(definition, 'body');
  if (name === null || body === null) return [];
  const docstring = docstringOf(body);
  const colon = definition.children.findLast((child) => child.type === ':');
  return [
    {
      name: name.text,
      start: statement.start,
      end: statement.end,
      startLine: statement.line,
      endLine: statement.endLine,
      bodyStart: body.start,
      bodyEnd: body.end,
      documentation: docstring === null ? null : docstringText(docstring),
      signature: source.slice(definition.start, colon?.end ?? body.start).trim(),
      isAsync: hasToken(definition, 'async'),
    },
  ];
}

function scriptFunction(statement: Node, source: string): FunctionPlace[] {
  const declaration =
    statement.type === 'export_statement' ? fieldOf(statement, 'declaration') : statement;
  const found = declaration === null ? null : nameAndFunction(declaration);
  if (found === null) return [];
  const body = fieldOf(found.definition, 'body');
  if (body === null) return [];
  const comment = jsdocAbove(statement);
  return [
    {
      name: found.name,
      start: comment?.start ?? statement.start,
      end: statement.end,
      startLine: comment?.line ?? statement.line,
      endLine: statement.endLine,
      bodyStart: body.start,
      bodyEnd: body.end,
      documentation: comment === null ? null : jsdocText(comment),
      signature: source.slice(statement.start, body.start).trim(),
      isAsync: hasToken(found.definition, 'async'),
    },
  ];
}

function nameAndFunction(declaration: Node): { name: string; definition: Node } | null {
  switch (declaration.type) {
    case 'function_declaration':
    case 'generator_function_declaration': {
      const name = fieldOf(declaration, 'name');
      return name === null ? null : { name: name.text, definition: declaration };
    }
    case 'lexical_declaration':
    case 'variable_declaration': {
      const declarators = named(declaration).filter(
        (child) => child.type === 'variable_declarator',
      );
      const [declarator] = declarators;
      if (declarator === undefined || declarators.length > 1) return null;
      const name = fieldOf(declarator, 'name');
      const value = fieldOf(declarator, 'value');
      const isFunction =
        value?.type === 'arrow_function' ||
        value?.type === 'function_expression' ||
        value?.type === 'generator_function';
      return name?.type === 'identifier' && value !== null && isFunction
        ? { name: name.text, definition: value }
        : null;
    }
    default:
      return null;
  }
}
