import { globSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { EventReporter } from '../../scripts/testing/events.mjs';

/** What VS Code calls in the extension host: runs every suite of the folder it is told. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 20_000,
    forbidOnly: true,
    reporter: EventReporter as unknown as Mocha.ReporterConstructor,
  });
  const folder = path.join(__dirname, process.env['FLYWHEEL_TEST_FOLDER'] ?? '.');
  for (const file of globSync('*.test.js', { cwd: folder }).sort()) {
    mocha.addFile(path.join(folder, file));
  }
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
