import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  file(name: string): string;
  /** Ends something before the folder of this test is removed, the last first: it may write at its end. */
  closing(close: () => void | Promise<void>): void;
}

/** A folder for each test of a suite, removed after it. */
export function temporaryFolder(): TemporaryFolder {
  let folder = '';
  const closing: (() => void | Promise<void>)[] = [];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'flywheel-test-'));
  });
  afterEach(async () => {
    try {
      for (const close of closing.splice(0).reverse()) await close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return {
    get path() {
      return folder;
    },
    file: (name) => path.join(folder, name),
    closing: (close) => void closing.push(close),
  };
}
