/** Two folders or more, or a drive, and a file: `/usr/lib/python3/json/decoder.py`. */
const place =
  /(?<![\w.~:/\\-])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`:()<>|/\\]+[\\/])+[^\s"'`:()<>|/\\]+/g;
const code = /\.(?:py|pyc|pyx|so|dll|js|mjs|cjs|ts|mts|cts|cpp|cc|c|h|rs|go|java|rb)$/;
const folders =
  /^(?:file:\/\/)?\/(?:root|tmp|private)\/|[\\/](?:\.\w+|site-packages|node_modules|python3[\d.]*)[\\/]/;

/**
 * A text that programs or their runtime wrote, with files of this machine by their last part alone:
 * where Python or a home folder lies is nobody's business, and differs from machine to machine.
 * A path that stands in `known`, the task's own text, is data and stays; so does one that is
 * neither a file of code nor in a folder of an installation, of the superuser or of temporary files.
 */
export function withPlainPaths(text: string, known: string): string {
  const named = text.replace(
    /(\bFile ")([^"\n]+)(?=", line \d)/g,
    (_, before: string, path: string) => {
      return before + lastPart(path);
    },
  );
  return named.replace(place, (path) => {
    const isOfMachine = code.test(path) || folders.test(path);
    return isOfMachine && !known.includes(path) ? lastPart(path) : path;
  });
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
