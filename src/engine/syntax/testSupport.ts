import { isIdentifier, roleOf } from './identifiers';
import type { ModuleStatement } from './moduleStatements';
import { runAtOnce } from './testBody';

/** What stands around the tests of a file. */
export interface Surroundings {
  readonly support: readonly ModuleStatement[];
  /** Why code that mentions these names cannot run on its own, or null. */
  reasonAgainst(mentions: Iterable<string>): string | null;
  /** The names mentioned, and those that support reaches from them. */
  reached(mentions: Iterable<string>): readonly string[];
  /** The statements of support that give some of the names, or change what they hold. */
  giving(names: Iterable<string>): readonly ModuleStatement[];
}

/**
 * Chooses the statements that can be loaded apart from the code under test. `subject` are the
 * names of that code, `unavailable` the names that will be missing, each with why.
 */
export function surroundingsOf(
  statements: readonly ModuleStatement[],
  subject: ReadonlySet<string>,
  unavailable: ReadonlyMap<string, string>,
): Surroundings {
  const missing = new Map(unavailable);
  let support = statements.filter((one) => one.isImport || one.gives.length > 0);
  const reaches = (names: Iterable<string>, isMet: (name: string) => boolean): string | null => {
    const open = [...names];
    const seen = new Set(open);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (isMet(name)) return name;
      for (const statement of support) {
        if (!statement.gives.includes(name)) continue;
        for (const taken of statement.takes) {
          if (seen.has(taken)) continue;
          seen.add(taken);
          open.push(taken);
        }
      }
    }
    return null;
  };
  // Support is loaded before the program, so it must not need it, nor anything left out.
  for (let isSettled = false; !isSettled;) {
    const kept = support.filter((statement) => {
      const needs = readsAtOnce(statement);
      return reaches(needs, (name) => subject.has(name) || missing.has(name)) === null;
    });
    for (const left of support) {
      if (kept.includes(left)) continue;
      for (const name of left.gives) {
        if (!missing.has(name))
          missing.set(name, `uses ${name}, which cannot be loaded on its own`);
      }
    }
    isSettled = kept.length === support.length;
    support = kept;
  }
  return {
    support,
    reasonAgainst(mentions) {
      const name = reaches(mentions, (one) => missing.has(one));
      return name === null ? null : (missing.get(name) ?? null);
    },
    reached(mentions) {
      const seen = new Set(mentions);
      reaches(seen, (name) => {
        seen.add(name);
        return false;
      });
      return [...seen];
    },
    giving(names) {
      const wanted = new Set(names);
      return support.filter(({ gives }) => gives.some((name) => wanted.has(name)));
    },
  };
}

function readsAtOnce({ node, isImport }: ModuleStatement): readonly string[] {
  if (isImport) return [];
  return [...runAtOnce(node)]
    .filter((inner) => isIdentifier(inner) && !isType(inner.type))
    .filter((inner) => roleOf(inner) === 'read' || roleOf(inner) === 'target')
    .map((inner) => inner.text);
}

function isType(type: string): boolean {
  return type === 'type_identifier';
}

export function supportText(statements: readonly ModuleStatement[], source: string): string {
  let text = '';
  let previous: ModuleStatement | undefined;
  for (const statement of statements) {
    if (previous !== undefined) {
      const isBlock = /\n/.test(previous.node.text) || /\n/.test(statement.node.text);
      text += isBlock ? '\n\n' : '\n';
    }
    text += source.slice(statement.start, statement.end);
    previous = statement;
  }
  return text;
}
