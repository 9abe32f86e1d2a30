import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../domain/errors';

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  /** Files that it changed and did not add, remove or rename, relative to the repository. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
}

export interface Repository {
  /** Its top folder. */
  readonly root: string;
  /** Newest first, without merges, those that changed something below the place asked for. */
  commits(most: number): Promise<readonly Commit[]>;
  /** A file as it was in a commit (`<hash>` or `<hash>^`); null where it was not there. */
  fileAt(revision: string, file: string): Promise<string | null>;
}

const mostBytes = 32 * 1024 * 1024;
const timeoutMs = 60_000;
/**
 * Reading alone, and nothing that a repository may have set up to be run while it is read: no hooks,
 * no file system monitor, no pager, no locks.
 */
const quiet = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
const run = promisify(execFile);

/** The repository around a file or folder. Throws `noRepository`. */
export async function openRepository(from: string, signal: AbortSignal): Promise<Repository> {
  const isFile = path.extname(from) !== '';
  const folder = isFile ? path.dirname(from) : from;
  const git = async (args: readonly string[]): Promise<string> => {
    const environment = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
    const { stdout } = await run('git', [...quiet, '-C', folder, ...args], {
      signal,
      timeout: timeoutMs,
      maxBuffer: mostBytes,
      encoding: 'utf8',
      env: environment,
    });
    return stdout;
  };
  const root = await git(['rev-parse', '--show-toplevel']).catch((error: unknown) => {
    signal.throwIfAborted();
    throw noRepository(from, error);
  });
  return {
    root: root.trim(),
    async commits(most) {
      const format = '--format=%x1e%H%x1f%s%x1f%b%x1f';
      const shape = ['--no-merges', '--name-status', '--no-renames', '--no-ext-diff'];
      const log = [
        'log',
        `--max-count=${String(most)}`,
        ...shape,
        format,
        '--',
        isFile ? ':/' : '.',
      ];
      const text = await git(log).catch(() => '');
      return text.split('\x1e').slice(1).map(commitOf);
    },
    fileAt: (revision, file) =>
      git(['cat-file', 'blob', `${revision}:${file}`]).catch(() => {
        signal.throwIfAborted();
        return null;
      }),
  };
}

function commitOf(record: string): Commit {
  const [hash = '', subject = '', body = '', names = ''] = record.split('\x1f');
  const files = names
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(({ length }) => length === 2);
  const of = (status: string): string[] =>
    files.flatMap(([told, file]) => (told === status && file !== undefined ? [file] : []));
  return { hash, subject, body: body.trim(), changed: of('M'), added: of('A') };
}

function noRepository(from: string, error: unknown): UserError {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return new UserError({
    code: 'noRepository',
    message: isMissing
      ? 'git is not installed here, and history is read with it'
      : `${from} is in no git repository that can be read`,
    mend: isMissing ? 'Install git.' : 'Name a folder of a repository, or another maker.',
  });
}
