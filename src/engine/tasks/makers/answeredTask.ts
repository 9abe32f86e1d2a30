import { UserError } from '../../domain/errors';
import { taskHash } from '../../domain/hash';
import { isOurs, type Language, type Task } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';
import { syntaxProblem } from '../../syntax/problem';

const longestAnswer = 2000;

/**
 * The task with one more visible test: that the call returns what a person says that it should,
 * an expression of the language, or that it `raises NAME`. The task that it was is left as it is.
 * Throws UserError `badAnswer` for what is no single expression.
 */
export function answeredTask(
  syntax: Syntax,
  task: Task,
  { call, returns }: { readonly call: string; readonly returns: string },
): Task {
  const { language, tests } = task;
  if (!isOurs(language)) throw badAnswer(`Programs in ${language} are not called`, usual);
  const expected = returns.trim();
  for (const text of [call, expected]) refuseUnlessExpression(syntax, language, text);
  const source = testSource(language, call, expected);
  const number = tests.filter(({ id }) => id.startsWith('answer-')).length + 1;
  const { hash: _, ...rest } = task;
  const test = { id: `answer-${String(number)}`, role: 'visible', kind: 'assert', source } as const;
  const made = { ...rest, tests: [...tests, test] };
  return { ...made, hash: taskHash(made) };
}

const raises = /^(?:raises|throws)\s+([A-Za-z_$][\w$.]*)$/;

function testSource(language: Language, call: string, expected: string): string {
  const error = raises.exec(expected)?.[1];
  if (language === 'python') {
    if (error === undefined) return `assert ${call} == (${expected})`;
    return `try:\n    ${call}\nexcept ${error}:\n    pass\nelse:\n    raise AssertionError('${error} was not raised')`;
  }
  return error === undefined
    ? `assert.deepStrictEqual(${call}, (${expected}));`
    : `assert.throws(() => ${call}, { name: '${error}' });`;
}

const noValue = /^(?:|comment|assignment_expression|sequence_expression|named_expression)$/;

/** One that closes no bracket it did not open, and holds no second statement. */
function refuseUnlessExpression(syntax: Syntax, language: Language, text: string): void {
  if (raises.test(text)) return;
  const isShort = text.length > 0 && text.length <= longestAnswer;
  // As an argument and between brackets: `1); f(` is none.
  const forms = language === 'python' ? [`f((${text}))\n`, `x = ${text}\n`] : [`f((${text}));\n`];
  const isOne =
    isShort &&
    forms.every((form) => syntaxProblem(syntax, language, form) === null) &&
    syntax.read(language, forms[0] ?? '', (root) => {
      const [statement, ...more] = root.namedChildren;
      const inner = statement?.namedChildren[0]?.namedChildren.at(-1)?.namedChildren ?? [];
      const [one, ...others] = inner;
      const kinds = [one, ...(one?.namedChildren ?? [])].map((node) => node?.type ?? '');
      return more.length === 0 && others.length === 0 && !kinds.some((kind) => noValue.test(kind));
    });
  if (!isOne)
    throw badAnswer(`${text === '' ? 'Nothing' : text} is no value of ${language}`, usual);
}

const usual = "Give one expression, such as [1, 2] or 'a', or: raises ValueError";

function badAnswer(message: string, mend: string): UserError {
  return new UserError({ code: 'badAnswer', message, mend });
}
