import type { Goals } from './goals';

/** The text of a goals file; what is as usual in it stands there too, so that it can be changed. */
export function nextGoals({ $schema: _, ...goals }: Goals): string {
  return `${JSON.stringify(goals, null, 2)}\n`;
}
