import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { decoratorsOf } from './decorators';

/** A test function, with the class that it is a method of. */
export interface Case {
  /** `TestSlugify.test_joins`. */
  readonly name: string;
  readonly line: number;
  readonly definition: Node;
  /** Its own and those of its class. */
  readonly decorators: readonly Node[];
  readonly owner: Owner | null;
}

/** A class of tests. */
export interface Owner {
  readonly definition: Node;
  readonly name: string;
  readonly isCase: boolean;
  /** Texts of what it derives from. */
  readonly bases: readonly string[];
  readonly isNested: boolean;
}

/**
 * The tests that a statement defines: functions, methods of classes whose names begin with `Test`
 * or that derive from `TestCase` or one of the given classes.
 */
export function casesIn(statement: Node, caseClasses: ReadonlySet<string>): readonly Case[] {
  const decorators = decoratorsOf(statement);
  const definition = decorators.length > 0 ? fieldOf(statement, 'definition') : statement;
  const name = definition === null ? '' : (fieldOf(definition, 'name')?.text ?? '');
  if (definition?.type === 'function_definition' && name.startsWith('test')) {
    return [{ name, line: definition.line, definition, decorators, owner: null }];
  }
  const body = definition?.type === 'class_definition' ? fieldOf(definition, 'body') : null;
  if (definition === null || body === null) return [];
  const isCase = isCaseClass(definition, caseClasses);
  if (!isCase && !name.startsWith('Test')) return [];
  const owner = { definition, name, isCase, bases: basesOf(definition), isNested: false };
  return named(body).flatMap((member) =>
    casesIn(member, caseClasses).map((one) => ({
      ...one,
      name: `${name}.${one.name}`,
      decorators: [...one.decorators, ...decorators],
      owner: one.owner === null ? owner : { ...one.owner, isNested: true },
    })),
  );
}

/** Whether a class derives from `TestCase`, itself or through one of the given classes. */
export function isCaseClass(node: Node, caseClasses: ReadonlySet<string>): boolean {
  if (node.type !== 'class_definition') return false;
  return basesOf(node).some((base) => isTestCase(base) || caseClasses.has(base));
}

export function isTestCase(base: string): boolean {
  return /^(?:unittest\.)?(?:IsolatedAsyncio)?TestCase$/.test(base);
}

/** Names that a class body gives: methods and attributes. */
export function namesInClass(owner: Node): readonly string[] {
  return named(fieldOf(owner, 'body') ?? owner).flatMap((node) => {
    const definition = node.type === 'decorated_definition' ? fieldOf(node, 'definition') : node;
    const value = node.type === 'expression_statement' ? named(node)[0] : undefined;
    const name = fieldOf(definition ?? node, 'name') ?? (value && fieldOf(value, 'left'));
    return name === null || name === undefined ? [] : [name.text];
  });
}

function basesOf(definition: Node): readonly string[] {
  const list = fieldOf(definition, 'superclasses');
  return list === null ? [] : named(list).map(({ text }) => text);
}
