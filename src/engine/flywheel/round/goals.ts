import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../../domain/errors';
import { abilities, autonomies, directions } from '../../domain/rounds';
import { readProblem } from '../../files/lines';

export const goalsFormat = 'flywheel-goals-1';

const share = z.number().min(0).max(1);
const text = z.string().min(1).max(200);

const searchSolver = z.strictObject({
  kind: z.literal('search'),
  maxCandidates: z.int().min(1).max(1_000_000).default(200).describe('Of one task.'),
  learns: z
    .boolean()
    .default(true)
    .describe('Whether its policy is trained on what was verified; else it stays as it is.'),
});

const chatSolver = z.strictObject({
  kind: z.literal('chat'),
  model: text,
  baseUrl: z.url().optional(),
  turns: z.int().min(1).max(100).default(4),
  temperature: z.number().min(0).max(2).optional(),
  lessons: z.boolean().default(true).describe('Whether lessons are drawn and told to it.'),
  training: z
    .boolean()
    .default(false)
    .describe('Wait after each update until its data was trained on and the endpoint is named.'),
});

/** The form of a goals file, `*.goals.json`. Whatever is left out has the value given here. */
export const goalsSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(goalsFormat),
  name: text,
  ability: z.enum(abilities).default('repair'),
  direction: z.enum(directions).default('correct'),
  language: text.optional().describe('Tasks of this language only.'),
  concept: text.optional().describe('Tasks that this word stands in only.'),
  tasks: z.string().min(1).describe('A folder of code with tests, or a file of tasks.'),
  limit: z.int().min(4).max(100_000).default(60).describe('Most tasks made from a folder.'),
  heldOut: z
    .strictObject({
      tasks: z.string().min(1).optional().describe('A file of tasks to measure on.'),
      share: z.number().min(0.05).max(0.9).default(0.3).describe('Of families, without a file.'),
    })
    .prefault({}),
  solver: z.discriminatedUnion('kind', [searchSolver, chatSolver]).prefault({ kind: 'search' }),
  samples: z.int().min(2).max(64).default(6).describe('Rewards of each task.'),
  autonomy: z.enum(autonomies).default('middle'),
  budget: z
    .strictObject({
      candidates: z.int().min(1).optional().describe('Programs judged by search repair.'),
      tokens: z.int().min(1).optional(),
      usd: z.number().positive().optional(),
      minutes: z.number().positive().optional().describe('Of work, over all sittings.'),
    })
    .prefault({}),
  choose: z
    .strictObject({
      by: z.enum(['gap', 'maxMean', 'learnability', 'diversity', 'uniform']).default('gap'),
      draw: z.enum(['weighted', 'stratified', 'balanced', 'greedy']).default('weighted'),
      share: share.default(0.25),
    })
    .prefault({}),
  evolve: z
    .strictObject({
      variants: z.int().min(1).max(32).default(4).describe('Asked of each chosen task.'),
      old: share.default(0.2).describe('Share of tasks that are taken over.'),
      new: share.default(0.8).describe('Share of new tasks that are taken.'),
      model: text.optional().describe('A chat model that evolves tasks too.'),
      baseUrl: z.url().optional(),
    })
    .prefault({}),
  replay: z
    .strictObject({
      share: z.number().min(0).max(0.9).default(0.25).describe('Of the examples of an update.'),
      from: z.string().min(1).optional().describe('Folder of an earlier dataset.'),
    })
    .prefault({}),
  perTask: z.int().min(1).max(100).default(4).describe('Most examples of a task in an update.'),
  focus: z
    .array(z.strictObject({ language: text, concept: text, fault: text }))
    .max(20)
    .default([])
    .describe('What to work on first, as the round before wrote it.'),
  seed: z.int().min(0).default(1),
});

export type Goals = z.output<typeof goalsSchema>;

/**
 * The goals of a file, with the paths in it as they are from here. Throws UserError `badGoals`,
 * which names the file and each field that is wrong.
 */
export async function readGoals(file: string): Promise<Goals> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw readProblem(file, error);
  });
  const goals = goalsOf(parsed(content, file), file);
  const near = (place: string): string => path.resolve(path.dirname(file), place);
  const { heldOut, replay } = goals;
  return {
    ...goals,
    tasks: near(goals.tasks),
    heldOut: { ...heldOut, ...(heldOut.tasks === undefined ? {} : { tasks: near(heldOut.tasks) }) },
    replay: { ...replay, ...(replay.from === undefined ? {} : { from: near(replay.from) }) },
  };
}

function parsed(content: string, file: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw badGoals(`${file}: is not JSON: ${messageOf(error)}`);
  }
}

function badGoals(message: string): UserError {
  const mend = 'docs/rounds.md tells the fields of goals, and what each may be.';
  return new UserError({ code: 'badGoals', message, mend });
}

/** Checks goals that somebody wrote; `from` is where they stand. */
export function goalsOf(value: unknown, from: string): Goals {
  const parsed = goalsSchema.safeParse(value);
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(words);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw badGoals(problems.map((problem) => `${from}: ${problem}`).join('\n'));
}

function words(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.');
  const said = issue.message.replace(/^Invalid input: /, '');
  return field === '' ? said : `${field}: ${said}`;
}

/** What no single field shows. */
function contradictions({ autonomy, budget, solver, evolve }: Goals): string[] {
  const problems: string[] = [];
  const usesModel = solver.kind === 'chat' || evolve.model !== undefined;
  if (autonomy === 'high' && Object.keys(budget).length === 0) {
    problems.push('budget: with the autonomy high a budget is all that bounds the work; name one');
  }
  if (!usesModel && (budget.tokens !== undefined || budget.usd !== undefined)) {
    problems.push('budget: tokens and usd are for chat models; search repair has candidates');
  }
  if (solver.kind === 'chat' && budget.candidates !== undefined) {
    problems.push('budget.candidates: is for search repair; a chat model has tokens and usd');
  }
  if (evolve.baseUrl !== undefined && evolve.model === undefined) {
    problems.push('evolve.model: an address is named and no model');
  }
  return problems;
}

/** The form as a JSON schema, for editors that complete and check. */
export function goalsJsonSchema(): object {
  return z.toJSONSchema(goalsSchema, { io: 'input', target: 'draft-7' });
}
