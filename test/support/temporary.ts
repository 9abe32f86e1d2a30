import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for each test of a suite, removed after it. */
export function temporaryFolder(): { readonly path: string; file(name: string): string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'flywheel-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get path() {
      return folder;
    },
    file: (name) => path.join(folder, name),
  };
}
