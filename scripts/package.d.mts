export const maxPackageBytes: number;
export function packagePath(): Promise<string>;
export function packExtension(): Promise<{ file: string; bytes: number }>;
