import type { SandboxReport } from '../domain/ports';
import { isOurs } from '../domain/task';
import { messageOf, UserError } from '../domain/errors';
import type { Engine } from './engine';
import type { DoctorReport } from './workbench';
import { howMany } from '../domain/howMany';

/** What this machine has for the work, found by trying. Never fails: problems are its answer. */
export async function doctor(engine: Engine): Promise<DoctorReport> {
  const sandboxes = await Promise.all((await engine.probe()).map((r) => withSelfTest(engine, r)));
  const python = sandboxes.find(({ languages }) => languages.includes('python'));
  return {
    version: engine.options.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    python: python?.usable === true ? (python.detail ?? null) : null,
    journal: { file: engine.options.journalFile, state: journalState(engine) },
    sandboxes,
  };
}

/** What the judge makes of programs that are known, where it may judge at all. */
async function withSelfTest(engine: Engine, report: SandboxReport): Promise<SandboxReport> {
  const language = report.languages.find(isOurs);
  if (!report.usable || language === undefined) return report;
  return { ...report, selfTest: await (await engine.judge()).selfTest(language) };
}

function journalState(engine: Engine): string {
  if (!engine.hasJournal) return 'not made yet';
  try {
    const [problem] = engine.journal.check();
    if (problem !== undefined) return `damaged: ${problem}`;
    const runs = engine.journal.runs().filter(({ kind }) => kind !== 'verify');
    return `readable, ${howMany(runs.length, 'run')}`;
  } catch (error) {
    const mend = error instanceof UserError && error.mend !== undefined ? ` ${error.mend}` : '';
    return `${messageOf(error)}.${mend}`;
  }
}
