import type { SandboxReport } from '../domain/ports';
import { usualCommand, usualLanguages } from '../judge/io/usualCommands';
import type { Tool } from '../sandbox/command/findTool';

/** The report of the sandbox for commands, with the languages whose usual commands are here. */
export async function withUsualLanguages(
  report: SandboxReport,
  find: (name: string) => Promise<Tool | null>,
): Promise<SandboxReport> {
  const found = await Promise.all(
    usualLanguages.map(async (language) => {
      const run = usualCommand(language);
      const names = [run?.compile?.[0], run?.command[0]].filter((name) => name !== undefined);
      const tools = names.filter((name) => !name.includes('/'));
      const there = await Promise.all(tools.map(find));
      return there.includes(null) ? [] : [language];
    }),
  );
  const languages = found.flat();
  if (!report.usable) return { ...report, languages };
  const node = await find('node');
  const scripts =
    node === null
      ? 'no Node 22 or newer for JavaScript and TypeScript programs that read and print'
      : `Node at ${node.executable} for JavaScript and TypeScript programs that read and print`;
  const detail = [report.detail, scripts].filter(Boolean).join(', ');
  return { ...report, languages, detail };
}
