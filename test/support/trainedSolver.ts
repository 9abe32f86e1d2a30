import { readFileSync } from 'node:fs';
import path from 'node:path';
import { answerOf, isPair, type DatasetRecord } from '../../src/engine/datasets/pair';
import { simulatedSolver, type KnownTask } from './simulatedSolver';
import { startModelServer, type ModelServer } from './modelServer';

/** What one verified pair adds to the chance of a right program, and one wrong one takes away. */
const gain = 0.12;
const loss = 0.3;

/** A chat solver whose skill follows from what it was trained on, and is known. */
export interface TrainedSolver extends ModelServer {
  /** The chance of a right program that a model has. */
  skill(model: string): number;
  /** Trains a model on the records of a dataset, from the base as every round does. */
  train(model: string, dataset: string): void;
  /** The same on programs that somebody put in unverified. */
  poison(model: string, wrongPrograms: number): void;
}

/** Models that are not trained have the skill of the base. */
export async function startTrainedSolver(options: {
  readonly tasks: readonly KnownTask[];
  readonly base: number;
  readonly seed: number;
}): Promise<TrainedSolver> {
  const { tasks, base, seed } = options;
  const skills = new Map<string, number>();
  const skillOf = (model: string): number => skills.get(model) ?? base;
  const server = await startModelServer(
    (seen, reply) => {
      const skill = skillOf(String(seen.body['model']));
      const chances = { first: skill, afterTests: skill, afterTrace: skill };
      return simulatedSolver({ tasks, seed, ...chances })(seen, reply);
    },
    { '/v1/models': { object: 'list', data: [{ id: 'g0', max_model_len: 32768 }] } },
  );
  const learned = (right: number, wrong: number): number =>
    Math.min(0.97, Math.max(0.02, base + gain * right - loss * wrong));
  return Object.assign(server, {
    skill: skillOf,
    train(model: string, dataset: string): void {
      const lines = readFileSync(path.join(dataset, 'records.jsonl'), 'utf8').trim().split('\n');
      const programs = lines
        .map((line) => JSON.parse(line) as DatasetRecord)
        .filter(isPair)
        .map((pair) => answerOf(pair).program.trim());
      const right = programs.filter((one) =>
        tasks.some((task) => task.right.trim() === one),
      ).length;
      skills.set(model, learned(right, programs.length - right));
    },
    poison(model: string, wrongPrograms: number): void {
      skills.set(model, learned(0, wrongPrograms));
    },
  });
}
