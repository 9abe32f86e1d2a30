import type { Estimate } from '../domain/view';
import { clopperPearson } from './clopperPearson';

/** A share with its exact 95 % interval. */
export function estimate(count: number, of: number): Estimate {
  return { count, of, interval: clopperPearson(count, of) };
}
