import { z } from 'zod';
import { UserError } from '../../../domain/errors';
import { hashOf } from '../../../domain/hash';
import { readJson } from '../../../files/json';
import { readLines } from '../../../files/lines';

const maxProgramChars = 200_000;
const mostSteps = 8;
const mostSuspicious = 20_000;
/** Examples that one file may hold. */
export const maxExamples = 50_000;

const program = z.string().min(1).max(maxProgramChars);
const line = z.number().int().min(1).max(1e7);

export const exampleSchema = z
  .strictObject({
    kind: z.literal('code-flywheel-edit-example'),
    version: z.literal(1),
    /** Hash of the task. */
    task: z.string().regex(/^[0-9a-f]{64}$/, 'is no sha256'),
    family: z.string().min(1).max(400),
    language: z.enum(['python', 'javascript', 'typescript']),
    entryPoint: z.string().min(1).max(400),
    /** Its numbers and words are put in by edits. */
    prompt: z.string().max(maxProgramChars),
    program,
    /** The program after one more edit. */
    becomes: program,
    /** What judging `program` on visible tests showed. */
    outcome: z.strictObject({
      status: z.string().max(40),
      passed: z
        .string()
        .regex(/^[01]*$/, 'is no list of 0 and 1')
        .max(100_000),
      symptom: z.string().max(200),
    }),
    /** The edits that made `program`, first to last. */
    steps: z.array(z.strictObject({ operator: z.string().min(1).max(60), line })).max(mostSteps),
    /** Ochiai by line of `program`; null where nothing could be watched. */
    suspicion: z
      .array(z.tuple([line, z.number().min(0).max(1)]))
      .max(mostSuspicious)
      .nullable(),
    /** Share of the tests that `becomes` passes. */
    reward: z.number().min(0).max(1),
    /** The edits of its trajectory end in a program that was verified, hidden tests included. */
    verified: z.literal(true),
  })
  .refine(({ program: before, becomes }) => before !== becomes, 'changes nothing');

/** One right decision: in this state, this edit was a step to a verified program. */
export type PolicyExample = z.infer<typeof exampleSchema>;

export function exampleHash(example: PolicyExample): string {
  return hashOf(example);
}

/** Reads examples, one a line. Throws UserError `badExample` with file and line at the first bad one. */
export async function readExamples(file: string): Promise<PolicyExample[]> {
  const examples: PolicyExample[] = [];
  const seen = new Set<string>();
  for await (const { number, text } of readLines(file)) {
    const read = readJson(exampleSchema, text);
    if ('problem' in read) throw bad(file, number, read.problem);
    const hash = exampleHash(read.value);
    if (seen.has(hash)) continue;
    seen.add(hash);
    examples.push(read.value);
    if (examples.length > maxExamples) {
      throw bad(file, number, `there are more than ${String(maxExamples)} examples`);
    }
  }
  return examples;
}

function bad(file: string, number: number, problem: string): UserError {
  return new UserError({
    code: 'badExample',
    message: `${file}, line ${String(number)}: no example of an edit: ${problem}`,
    mend: 'Nothing was learned from it. Take the line out, or name a file that `flywheel round` wrote.',
  });
}
