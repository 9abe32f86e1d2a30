/**
 * Modules of Python's library that a worker may load ahead of programs that import them: none does
 * anything by being imported, starts a thread, or makes forking dear (as `threading` does).
 */
const loadable: ReadonlySet<string> = new Set(
  (
    'abc argparse array ast base64 bisect calendar cmath collections contextlib copy csv ' +
    'dataclasses datetime decimal difflib enum fractions functools hashlib heapq hmac html ' +
    'inspect ipaddress itertools json keyword math numbers operator pathlib pprint random re ' +
    'secrets statistics string struct sys textwrap time traceback types typing unicodedata ' +
    'unittest urllib uuid weakref zlib'
  ).split(' '),
);
const enough = 2;
const maxScanned = 64 * 1024;
/** In the JSON of a payload, where a line ends with `\n` as two characters. */
const importLine = /(?:"|\\n|;)[ ]*(?:import|from) +([a-z_\d]+(?:[ ]*,[ ]*[a-z_\d]+)*)/g;

/**
 * Which modules the programs of a worker import: one that two of them did is worth loading once
 * for all that follow, because importing costs each of them several times what it costs to fork
 * with it. What no program asks for is never loaded, for each page of it makes forking dearer.
 */
export class ImportsAhead {
  private readonly counts = new Map<string, number>();

  /** Names of modules that were seen often enough with this payload, each told once. */
  worth(payload: string): string[] {
    const names = new Set<string>();
    for (const [, list = ''] of payload.slice(0, maxScanned).matchAll(importLine)) {
      for (const name of list.split(',')) if (loadable.has(name.trim())) names.add(name.trim());
    }
    return [...names].filter((name) => {
      const count = (this.counts.get(name) ?? 0) + 1;
      this.counts.set(name, count);
      return count === enough;
    });
  }
}
