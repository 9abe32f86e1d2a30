import { readFileSync } from 'node:fs';

/** Where things lie beside the entry point; the one value from which all assets are found. */
export interface Places {
  readonly assetsFolder: string;
  readonly samplesFolder: string;
  readonly packageFile: string;
}

export function readVersion(packageFile: string): string {
  const manifest = JSON.parse(readFileSync(packageFile, 'utf8')) as { version?: unknown };
  return typeof manifest.version === 'string' ? manifest.version : 'unknown';
}
