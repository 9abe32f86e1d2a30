export const oldestNode: string;
export function ensureOldestNode(): Promise<string>;
