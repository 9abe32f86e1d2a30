import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

export interface Product {
  /** Working folder of the commands, empty at first. */
  readonly work: string;
  run(args: readonly string[], options?: RunOptions): ReturnType<typeof start>;
  /** A file of JSON lines in the working folder; gives its name. */
  write(name: string, lines: readonly unknown[]): string;
}

export interface RunOptions {
  /** The working folder is a disk of this size, empty at first and gone afterwards. */
  readonly diskBytes?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Killed with no chance to tidy up. */
  readonly killAfterMs?: number;
}

/** The built product in a folder of its own, with just these files as its samples. */
export function productIn(folder: string, samples: readonly string[]): Product {
  cpSync('dist', path.join(folder, 'dist'), {
    recursive: true,
    filter: (file) => !file.endsWith('.map'),
  });
  cpSync('package.json', path.join(folder, 'package.json'));
  mkdirSync(path.join(folder, 'samples'));
  for (const sample of samples) {
    cpSync(path.join('samples', sample), path.join(folder, 'samples', sample));
  }
  const work = path.join(folder, 'work');
  mkdirSync(work);
  const cli = path.join(folder, 'dist', 'cli.js');
  return {
    work,
    run: (args, options) => start(cli, work, args, options),
    write(name, lines) {
      const texts = lines.map((line) => JSON.stringify(line));
      writeFileSync(path.join(work, name), texts.join('\n'));
      return name;
    },
  };
}

/** The same for each test of a suite, in the folder of that test. */
export function productForEach(
  folder: { readonly path: string },
  samples: readonly string[],
): Product {
  let product: Product | null = null;
  beforeEach(() => {
    product = productIn(folder.path, samples);
  });
  const now = (): Product => {
    if (product === null) throw new Error('the product is made before each test');
    return product;
  };
  return {
    get work() {
      return now().work;
    },
    run: (args, options) => now().run(args, options),
    write: (name, lines) => now().write(name, lines),
  };
}

function start(cli: string, work: string, args: readonly string[], options: RunOptions = {}) {
  const command = [process.execPath, cli, ...args];
  const { diskBytes } = options;
  const disk = ['--bind', '/', '/', '--dev', '/dev', '--proc', '/proc'];
  const sized = ['--size', String(diskBytes), '--tmpfs', work, '--chdir', work];
  const [file = '', ...rest] =
    diskBytes === undefined ? command : ['bwrap', ...disk, ...sized, ...command];
  const killed =
    options.killAfterMs === undefined
      ? {}
      : ({ timeout: options.killAfterMs, killSignal: 'SIGKILL' } as const);
  return execa(file, rest, {
    cwd: work,
    reject: false,
    env: options.environment ?? {},
    ...killed,
  });
}

/** Small samples that turn the wheel in a few seconds. */
export const smallSamples = [
  'python/textkit/__init__.py',
  'python/textkit/money.py',
  'python/tests/test_money.py',
  'typescript/src/collections.ts',
  'typescript/test/collections.test.ts',
];

/** A small task whose starter is wrong. */
export const doublingTask = {
  id: 'double',
  language: 'python',
  prompt: 'Double it.',
  entryPoint: 'double',
  starter: 'def double(x):\n    return x - 2\n',
  tests: [
    { id: 'v', role: 'visible', kind: 'assert', source: 'assert double(2) == 4' },
    { id: 'h', role: 'hidden', kind: 'check', source: 'def check(c):\n    assert c(0) == 0' },
  ],
};
