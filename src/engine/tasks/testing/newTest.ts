import type { AssertTest, Language } from '../../domain/task';
import { literalOf, type LiteralNames } from '../../judge/differential/literalOf';
import type { Telling } from '../gate/tellApart';

/** A call with what it must give, as source of its language. */
export interface NewTest {
  readonly call: string;
  /** What it gives; or the name of what it raises. */
  readonly gives: { readonly value: string } | { readonly raises: string };
}

/** The test that a telling call makes; null where its values have no literals. */
export function newTest(
  telling: Telling,
  entryPoint: string,
  language: Language,
  names: LiteralNames,
): NewTest | null {
  const { input, wanted, what } = telling;
  if (what !== 'value' || !Array.isArray(input.args)) return null;
  const args = input.args.map((arg: unknown) => literalOf(arg, language, names));
  const named = entriesOf(input.kwargs).map(([name, value]) => {
    const text = literalOf(value, language, names);
    return text === null ? null : `${String(name)}=${text}`;
  });
  const all = [...args, ...named];
  if (all.includes(null)) return null;
  const call = `${entryPoint}(${all.join(', ')})`;
  if (wanted.raised !== undefined) return { call, gives: { raises: wanted.raised } };
  const value = literalOf(wanted.value ?? null, language, names);
  return value === null ? null : { call, gives: { value } };
}

/** The same without any framework, as the judge runs it. */
export function judgedTest(test: NewTest, id: string, language: Language): AssertTest {
  return { kind: 'assert', id, role: 'hidden', source: plainSource(test, language) };
}

function plainSource({ call, gives }: NewTest, language: Language): string {
  if (language !== 'python') {
    return 'value' in gives
      ? `assert.deepStrictEqual(${call}, ${gives.value});`
      : `assert.throws(() => ${call}, { name: '${gives.raises}' });`;
  }
  if ('value' in gives) return `import datetime\nassert ${call} == ${gives.value}`;
  return [
    'import datetime',
    'try:',
    `    ${call}`,
    `except ${gives.raises}:`,
    '    pass',
    'else:',
    `    raise AssertionError("${gives.raises} was not raised")`,
  ].join('\n');
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  const held = (value as { v?: unknown } | null)?.v;
  return Array.isArray(held) ? (held as (readonly [unknown, unknown])[]) : [];
}
