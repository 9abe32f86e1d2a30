import type { RunCommand } from '../../domain/task';

/**
 * How programs of a language are usually built and started, where their task does not say. Flags
 * as judges of programming contests have them. `{memoryMb}` stands for the memory of the task.
 */
const commands: Readonly<Record<string, RunCommand>> = {
  c: compiled('main.c', 'gcc', '-std=gnu17', '-O2', '-o', 'main', 'main.c', '-lm'),
  cpp: compiled('main.cpp', 'g++', '-std=gnu++20', '-O2', '-o', 'main', 'main.cpp'),
  rust: compiled('main.rs', 'rustc', '--edition', '2021', '-O', '-o', 'main', 'main.rs'),
  go: compiled('main.go', 'go', 'build', '-o', 'main', 'main.go'),
  haskell: compiled('main.hs', 'ghc', '-O', '-o', 'main', 'main.hs'),
  java: {
    file: 'Main.java',
    compile: ['javac', '-J-Xmx{memoryMb}m', '-encoding', 'UTF-8', 'Main.java'],
    command: [
      ...['java', '-Xmx{memoryMb}m', '-Xss16m', '-XX:+UseSerialGC', '-XX:-UsePerfData'],
      ...['-cp', '.', 'Main'],
    ],
  },
  bash: { file: 'main.sh', command: ['bash', 'main.sh'] },
  sh: { file: 'main.sh', command: ['sh', 'main.sh'] },
  perl: { file: 'main.pl', command: ['perl', 'main.pl'] },
  ruby: { file: 'main.rb', command: ['ruby', 'main.rb'] },
  php: { file: 'main.php', command: ['php', 'main.php'] },
  lua: { file: 'main.lua', command: ['lua', 'main.lua'] },
  r: { file: 'main.R', command: ['Rscript', 'main.R'] },
};

const otherNames: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  golang: 'go',
  rs: 'rust',
  shell: 'bash',
  rb: 'ruby',
  hs: 'haskell',
};

/** The usual command of a language, by any of its common names; null for one that is not known. */
export function usualCommand(language: string): RunCommand | null {
  const name = language.toLowerCase();
  return commands[otherNames[name] ?? name] ?? null;
}

/** Languages that have a usual command. */
export const usualLanguages: readonly string[] = Object.keys(commands);

/** JavaScript as a file that may use `require`, whatever stands beside it. */
export const nodeCommand: RunCommand = {
  file: 'main.cjs',
  command: ['node', '--max-old-space-size={memoryMb}', 'main.cjs'],
};

function compiled(file: string, ...compile: string[]): RunCommand {
  return { file, compile, command: ['./main'] };
}
