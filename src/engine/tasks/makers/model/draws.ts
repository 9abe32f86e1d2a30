import { randomOf, shuffled } from '../../../domain/random';
import { isOurs, type Language, type Task } from '../../../domain/task';
import { fenced } from '../../../solvers/prompts/prompt';
import type { Syntax } from '../../../syntax/parser';
import type { SourceFile } from '../../source/findSources';
import type { TestedFunction } from '../../source/testedFunctions';
import { documentsPrompt } from './prompts/documents';
import { evolvePrompt } from './prompts/evolve';
import { formPrompt } from './prompts/form';
import { selfInstructPrompt } from './prompts/selfInstruct';
import { snippetsPrompt } from './prompts/snippets';
import { writtenTestsPrompt } from './prompts/writtenTests';
import { commonLanguage, seedFunctions, snippetOf } from './seeds';

export const modelMakers = [
  'from-snippets',
  'from-concepts',
  'self-instruct',
  'evolve',
  'from-documents',
  'written-tests',
] as const;
export type ModelMaker = (typeof modelMakers)[number];

/** Makers that make tasks from tasks. */
export const needPool: readonly ModelMaker[] = ['self-instruct', 'evolve'];

/** What the model is asked, and what the task is said to come from. */
export interface Draw {
  readonly language: Language;
  /** The prompts that the text was made of, with their versions. */
  readonly prompt: string;
  readonly text: string;
  readonly parents: readonly Task[];
  readonly from?: { readonly file: string; readonly line: number };
  /** A function that is there, which tests are to be written for. */
  readonly tested?: TestedFunction;
  /** A function that concepts are to be read from first. */
  readonly concepts?: { readonly program: string; readonly difficulty: string };
}

export interface Seeds {
  readonly syntax: Syntax;
  readonly modules: readonly SourceFile[];
  /** Documented functions that hardly any test calls. */
  readonly untested: readonly TestedFunction[];
  readonly sections: readonly {
    readonly file: string;
    readonly text: string;
    readonly line: number;
  }[];
  /** Of the pool, and those made so far. */
  readonly pool: readonly Task[];
  readonly made: readonly Task[];
}

/** In the order of the papers that they come from; drawn at random. */
const operators = [
  'add one more requirement that changes what a right program does.',
  'ask the same more deeply, so that a program must treat cases that it could leave out before.',
  'replace what is general in it by something concrete and rarer.',
  'ask for something that needs more steps of reasoning, one built upon the other.',
  'make its input harder: nested, malformed, much larger, or of several kinds.',
  'ask for the same skill in another domain, with other things and other words.',
] as const;
const combine = 'ask for one function that does what both tasks ask for, put together with sense.';
const shareCombined = 0.15;
const difficulties = ['easy', 'of medium difficulty', 'hard'] as const;
const humanExamples = 6;
const ownExamples = 2;

/** What the n-th call of a maker asks; null where what it needs is not there. */
export function drawOf(maker: ModelMaker, place: number, seed: number, seeds: Seeds): Draw | null {
  const random = randomOf(seed, `${maker} ${String(place)}`);
  const pick = <T>(items: readonly T[]): T | undefined =>
    items[Math.floor(random() * items.length)];
  switch (maker) {
    case 'from-snippets': {
      const file = pick(seeds.modules);
      const snippet = file && snippetOf(file, random);
      if (!file || !snippet) return null;
      const slots = { snippet: fenced('Lines', snippet.text), form: formFor(file.language) };
      return {
        ...plain(
          file.language,
          `${snippetsPrompt.id} ${formPrompt.id}`,
          snippetsPrompt.fill(slots),
        ),
        from: { file: file.file, line: snippet.line },
      };
    }
    case 'from-concepts': {
      const file = pick(seeds.modules);
      const from = file && pick(seedFunctions(seeds.syntax, file));
      if (!file || !from) return null;
      return {
        ...plain(file.language, '', ''),
        from: { file: file.file, line: from.line },
        concepts: { program: from.text, difficulty: pick(difficulties) ?? 'easy' },
      };
    }
    case 'self-instruct': {
      const own = shuffled(seeds.made, random).slice(0, ownExamples);
      const given = shuffled(seeds.pool, random).slice(0, humanExamples + ownExamples - own.length);
      const [first] = given;
      if (!first) return null;
      const tasks = shuffled([...given, ...own], random)
        .map(({ prompt }, at) => fenced(`Task ${String(at + 1)}`, prompt))
        .join('\n\n');
      const language = languageOf(first);
      const text = selfInstructPrompt.fill({ tasks, form: formFor(language) });
      return plain(language, `${selfInstructPrompt.id} ${formPrompt.id}`, text);
    }
    case 'evolve': {
      const first = pick(seeds.pool);
      const second = random() < shareCombined ? pick(seeds.pool) : undefined;
      if (!first) return null;
      const parents = second && second !== first ? [first, second] : [first];
      const task = parents.map(({ prompt }) => fenced('Task', prompt)).join('\n\n');
      const operator = parents.length > 1 ? combine : (pick(operators) ?? operators[0]);
      const language = languageOf(first);
      const text = evolvePrompt.fill({ task, operator, form: formFor(language) });
      return { ...plain(language, `${evolvePrompt.id} ${formPrompt.id}`, text), parents };
    }
    case 'from-documents': {
      const section = pick(seeds.sections);
      if (!section) return null;
      const language = commonLanguage(seeds.modules);
      const slots = { section: fenced('Section', section.text), form: formFor(language) };
      const prompt = `${documentsPrompt.id} ${formPrompt.id}`;
      return {
        ...plain(language, prompt, documentsPrompt.fill(slots)),
        from: { file: section.file, line: section.line },
      };
    }
    case 'written-tests': {
      // Each function once: what would come of a second time is mostly the same.
      const tested = seeds.untested[place];
      if (!tested) return null;
      const { language, program, name } = tested;
      const example =
        language === 'python'
          ? `def test_what_it_shows():\n    assert ${name}(1) == 2`
          : `test('what it shows', () => {\n  assert.deepStrictEqual(${name}(1), 2);\n});`;
      const slots = { function: fenced('Function', program), name, example };
      return { ...plain(language, writtenTestsPrompt.id, writtenTestsPrompt.fill(slots)), tested };
    }
  }
}

export function formFor(language: Language): string {
  const example =
    language === 'python' ? '`assert name(1) == 2`' : '`assert.deepStrictEqual(name(1), 2);`';
  const names = { python: 'Python', javascript: 'JavaScript', typescript: 'TypeScript' };
  return formPrompt.fill({ language: names[language], example });
}

function plain(language: Language, prompt: string, text: string): Draw {
  return { language, prompt, text, parents: [] };
}

function languageOf({ language }: Task): Language {
  return isOurs(language) ? language : 'python';
}
