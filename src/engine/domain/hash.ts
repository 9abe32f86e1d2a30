import { createHash } from 'node:crypto';
import { canonicalJson } from './json';
import type { Task } from './task';

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** sha256 over the canonical JSON of a value. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/**
 * The hash that everything stored refers to: over what defines a task, so that two files that
 * give the same work other names, sources or families mean the same task.
 */
export function taskHash(task: Omit<Task, 'hash' | 'id' | 'family' | 'source' | 'extra'>): string {
  return hashOf({
    language: task.language,
    prompt: task.prompt,
    promptKind: task.promptKind,
    entryPoint: task.entryPoint,
    starter: task.starter,
    support: task.support,
    reference: task.reference,
    judging: task.judging,
    run: task.run,
    tests: task.tests,
    limits: task.limits,
  });
}
