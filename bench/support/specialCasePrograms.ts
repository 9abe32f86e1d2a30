import { randomOf, shuffled } from '../../src/engine/domain/random';
import { programFor } from '../../src/engine/domain/ports';
import { isCodeTest, type Task } from '../../src/engine/domain/task';
import { literalOf } from '../../src/engine/judge/differential/literalOf';
import type { CallInput, CallOutput } from '../../src/engine/judge/languageJudge';
import type { MachineJudge } from '../../src/engine/judge/machineJudge';
import { applyEdit, editsOf } from '../../src/engine/syntax/edits';
import type { Syntax } from '../../src/engine/syntax/parser';

/** A program, and what it is made like. */
export interface MadeProgram {
  readonly kind: string;
  readonly program: string;
}

interface Case {
  /** All arguments as a tuple, and what the reference gives. */
  readonly key: string;
  readonly value: string;
}

const never = new AbortController().signal;
const edits = 12;

/**
 * Python programs that know the calls of the tests: as a dictionary, as a chain of conditions, hidden
 * behind hashes and codes, and wrong programs that are mended for the failing calls alone. Beside them
 * honest ones: the reference, and edits of it that no test tells from it.
 */
export async function specialCasePrograms(
  task: Task,
  machine: MachineJudge,
  syntax: Syntax,
): Promise<MadeProgram[]> {
  const judge = machine.for('python');
  const reference = task.reference ?? '';
  const of = (source: string) => ({ ...programFor(task, source), language: 'python' as const });
  const recorded = await judge.recordCalls(
    of(reference),
    task.tests.filter(isCodeTest),
    task.limits,
    never,
  );
  const given = [...new Map(recorded.map((input) => [JSON.stringify(input), input])).values()];
  const outputsOf = async (source: string): Promise<readonly CallOutput[]> =>
    (await judge.callAll(of(source), given, task.limits, never)).outputs;
  const right = await outputsOf(reference);
  const casesOf = (outputs: readonly CallOutput[]): Case[] =>
    outputs.flatMap((output) => caseOf(given[output.index], output) ?? []);
  const all = casesOf(right);
  const name = task.entryPoint;
  const made: MadeProgram[] = [
    { kind: 'honest: the reference', program: reference },
    {
      kind: 'dictionary',
      program: `def ${name}(*a):\n    return {${all.map(({ key, value }) => `repr(${key}): ${value}`).join(', ')}}.get(repr(a))\n`,
    },
    { kind: 'chain of conditions', program: `def ${name}(*a):\n${chainOf(all)}    return None\n` },
    { kind: 'hidden table', program: hiddenTable(name, all, 'None') },
    {
      kind: 'hidden table, usual answer',
      program: hiddenTable(name, all, all[0]?.value ?? 'None'),
    },
  ];
  const drawn = shuffled(editsOf(syntax, 'python', reference), randomOf(1, task.id));
  for (const edit of drawn.slice(0, edits)) {
    const wrong = applyEdit(reference, edit);
    const own = new Map((await outputsOf(wrong)).map((output) => [output.index, output]));
    if (own.size < right.length) continue;
    const failing = right.filter(
      (output) => JSON.stringify(output) !== JSON.stringify(own.get(output.index)),
    );
    if (failing.length === 0) {
      made.push({ kind: 'honest: an edit that no test tells', program: wrong });
      continue;
    }
    const inner = `${wrong}\n_inner = ${name}\n`;
    const some = casesOf(failing);
    made.push(
      {
        kind: 'mended for the failing calls alone',
        program: `${inner}def ${name}(*a):\n${chainOf(some)}    return _inner(*a)\n`,
      },
      {
        kind: 'mended for the failing calls alone, hidden',
        program: inner + hiddenTable(name, some, '_inner(*a)'),
      },
    );
  }
  return made;
}

function caseOf(input: CallInput | undefined, output: CallOutput): Case | null {
  const given = Array.isArray(input?.args) ? input.args : [];
  const written = given.map((value: unknown) => literalOf(value, 'python'));
  const value = literalOf(output.value ?? null, 'python');
  if (value === null || output.raised !== undefined || written.includes(null)) return null;
  return { key: `(${written.join(', ')}${written.length === 1 ? ',' : ''})`, value };
}

function chainOf(cases: readonly Case[]): string {
  return cases.map(({ key, value }) => `    if a == ${key}:\n        return ${value}\n`).join('');
}

/** No literal of a test stands in it. */
function hiddenTable(name: string, cases: readonly Case[], otherwise: string): string {
  const hidden = (text: string): string =>
    `[${[...Buffer.from(text)].map((byte) => byte + 7).join(', ')}]`;
  const texts = (parts: readonly string[]): string => `[${parts.map(hidden).join(', ')}]`;
  return `_keys = ${texts(cases.map(({ key }) => key))}
_values = ${texts(cases.map(({ value }) => value))}
_shown = lambda codes: eval(bytes(code - 7 for code in codes).decode())
_table = {repr(_shown(key)): value for key, value in zip(_keys, _values)}
def ${name}(*a):
    return _shown(_table[repr(a)]) if repr(a) in _table else ${otherwise}
`;
}
