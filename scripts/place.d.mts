export const root: string;
export const cacheFolder: string;
export const outFolder: string;
export const failuresFolder: string;
export const pinnedNode: string;
export function inRoot(...names: string[]): string;
