import { z } from 'zod';
import type { Language, Test } from '../../domain/task';
import { schemaProblem } from '../../files/json';
import { docExamples } from './docExamples';
import { importedTask, type TaskFormat } from './format';

const schema = z.looseObject({
  name: z.string().min(1),
  language: z.string().min(1),
  prompt: z.string(),
  tests: z.string(),
  doctests: z.string().optional(),
  original: z.string().optional(),
  prompt_terminology: z.string().optional(),
  stop_tokens: z.array(z.string()).default([]),
});

const languageOf: Readonly<Record<string, Language>> = { js: 'javascript', ts: 'typescript' };

/** MultiPL-E (Cassano et al. 2022, 2208.08227), in JavaScript and TypeScript. */
export const multiplE: TaskFormat = {
  name: 'multipl-e',
  roles: 'examples of the comment (>>>) visible, tests hidden',
  matches: (line) => 'name' in line && 'stop_tokens' in line && typeof line['tests'] === 'string',
  read(line, { syntax }) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const language = languageOf[data.language];
    if (language === undefined) {
      return {
        rejected: 'otherLanguage',
        problem: `language: ${data.language} of MultiPL-E is not read, js and ts are`,
      };
    }
    const entryPoint = lastFunction(data.prompt);
    if (entryPoint === null) return { problem: 'prompt: begins no function' };
    const tests: Test[] = [
      // What a comment above the function holds; the function itself has no end yet.
      ...docExamples(syntax, language, data.prompt, entryPoint),
      asCheck(data.tests, entryPoint) ?? {
        ...{ id: 'tests', role: 'hidden', kind: 'assert' },
        source: data.tests,
      },
    ];
    const { stop_tokens, original, doctests, prompt_terminology } = data;
    const task = importedTask(
      {
        language,
        prompt: data.prompt,
        promptKind: 'code',
        entryPoint,
        tests,
      },
      {
        id: data.name,
        name: `MultiPL-E ${data.language}`,
        license: 'MIT',
        maker: 'import-multipl-e@1',
        extra: {
          stop_tokens,
          ...(original === undefined ? {} : { original }),
          ...(doctests === undefined ? {} : { doctests }),
          ...(prompt_terminology === undefined ? {} : { prompt_terminology }),
        },
      },
    );
    return { task };
  },
};

/** The function that a prompt ends in the middle of. */
function lastFunction(prompt: string): string | null {
  const found = [...prompt.matchAll(/^(?:export\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/gm)];
  return found.at(-1)?.[1] ?? null;
}

/** Tests as MultiPL-E frames them, called with the entry point; null where the frame is another. */
function asCheck(tests: string, entryPoint: string): Test | null {
  const framed =
    /^([^]*?)function test\(\)\s*\{\s*let candidate = ([\w$]+);([^]*)\}\s*test\(\);\s*$/.exec(
      tests,
    );
  const [, head = '', name, body = ''] = framed ?? [];
  if (name !== entryPoint) return null;
  const source = `${head.replace(/^declare .*$/gm, '')}function check(candidate) {${body}}\n`;
  return { id: 'tests', role: 'hidden', kind: 'check', source: source.trimStart() };
}
